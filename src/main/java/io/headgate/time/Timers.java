package io.headgate.time;

import java.time.Duration;

/**
 * Timers that run an action later, on the event loop that asked when it was one. Not for precise work: an action runs
 * at its time or a few milliseconds after.
 */
public interface Timers {
    /** Runs the action once, after the delay, unless cancelled before. */
    Timer once(Duration delay, Runnable action);

    /** Runs the action again and again, first after one period, until cancelled. */
    Timer every(Duration period, Runnable action);

    /** A timer that was set. */
    interface Timer {
        /** The action will not run any more; harmless when it has run already. */
        void cancel();
    }
}

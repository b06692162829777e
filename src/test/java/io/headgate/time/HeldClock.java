package io.headgate.time;

import java.time.Duration;

/** Clocks that stand still until a test moves them, each by itself. */
public final class HeldClock implements Clock {
    private long wallMillis = 1_763_688_289_123L;
    private long nanos;
    private long bootNanos;
    private String bootId = "the first start";

    /** Time passes. */
    public synchronized void pass(Duration time) {
        nanos += time.toNanos();
        bootNanos += time.toNanos();
        wallMillis += time.toMillis();
    }

    /** The machine sleeps, and wakes after this time. */
    public synchronized void sleep(Duration time) {
        bootNanos += time.toNanos();
        wallMillis += time.toMillis();
    }

    /** The boot clock is read a little late or coarsely. */
    public synchronized void drift(Duration by) {
        bootNanos += by.toNanos();
    }

    /** Somebody sets the wall clock; no time passes. */
    public synchronized void step(Duration by) {
        wallMillis += by.toMillis();
    }

    /** The machine is started anew; the boot clock begins anew, the monotonic one of this process goes on. */
    public synchronized void boot(String id) {
        bootId = id;
        bootNanos = 0;
    }

    @Override
    public synchronized long wallMillis() {
        return wallMillis;
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized long bootNanos() {
        return bootNanos;
    }

    @Override
    public synchronized String bootId() {
        return bootId;
    }
}

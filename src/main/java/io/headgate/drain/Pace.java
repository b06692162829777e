package io.headgate.drain;

import java.time.Duration;

/**
 * How many events a call of the drain has, and how long the drain rests after it.
 *
 * <p>A Redis that has just come back is not hit by the whole backlog: the first call is small, and each that is answered
 * quickly allows the next to be twice as large. Then the drain rests as long as each call took, so that half of Redis is
 * left to others; but it rests only while it moves three times as many events as arrive, for what arrives stands behind
 * the backlog, and the way back would never end. Belongs to the partition's event loop.
 */
final class Pace {
    static final int EVENTS_MIN = 16;
    static final int EVENTS_MAX = 256;
    private static final long QUICK_NANOS = 25_000_000;
    private static final long SLOW_NANOS = 100_000_000;
    private static final long SAMPLE_NANOS = 250_000_000;
    private static final int AHEAD_TIMES = 3;

    private int events = EVENTS_MIN;
    private long restNanos;
    private boolean behind;
    private long sampleNanos;
    private long sampleArrived;
    private long sampleMoved;

    /** Events of the next call, at most. */
    int events() {
        return events;
    }

    /** How long to rest before it. */
    Duration rest() {
        return behind ? Duration.ZERO : Duration.ofNanos(Math.min(restNanos, SLOW_NANOS));
    }

    /** A call was answered well after this time. */
    void went(long nanos) {
        restNanos = nanos;
        if (nanos <= QUICK_NANOS) {
            events = Math.min(EVENTS_MAX, events * 2);
        } else if (nanos >= SLOW_NANOS) {
            events = Math.max(EVENTS_MIN, events / 2);
        }
    }

    /** A call failed, or a new backlog begins. */
    void begin() {
        events = EVENTS_MIN;
        restNanos = 0;
    }

    /** How many events have come to the partition's backlog and left it, ever, at this moment. */
    void look(long nowNanos, long arrived, long moved) {
        if (nowNanos - sampleNanos >= SAMPLE_NANOS) {
            behind = moved - sampleMoved < AHEAD_TIMES * (arrived - sampleArrived);
            sampleNanos = nowNanos;
            sampleArrived = arrived;
            sampleMoved = moved;
        }
    }
}

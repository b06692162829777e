package io.headgate.process;

import io.headgate.time.Clock;

/** So many events a second, saved up for one second at most; a batch may overdraw it. Belongs to the loop of the processing. */
final class Rate {
    private static final double SECOND = 1_000_000_000.0;

    private final int perSecond;
    private final Clock clock;
    private double saved;
    private long atNanos;

    /** {@code perSecond} 0: no limit. */
    Rate(int perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        this.saved = perSecond;
        this.atNanos = clock.nanos();
    }

    void take(int events) {
        refill();
        saved -= events;
    }

    /** 0 when something may go now. */
    long nanosUntilFree() {
        if (perSecond == 0) {
            return 0;
        }
        refill();
        return saved > 0 ? 0 : (long) Math.ceil((1 - saved) * SECOND / perSecond);
    }

    private void refill() {
        long now = clock.nanos();
        saved = Math.min(perSecond, saved + (now - atNanos) * perSecond / SECOND);
        atNanos = now;
    }
}

package io.headgate.fault;

import java.time.Duration;

/**
 * What happens to bytes in one direction.
 *
 * @param delay of {@code DELAY}
 * @param bytes of {@code CUT}: how many still pass
 */
record Rule(Kind kind, Duration delay, long bytes) {
    enum Kind {
        PASS,
        DELAY,
        STALL,
        SWALLOW,
        SLICE,
        CUT
    }

    static final Rule PASS = new Rule(Kind.PASS, Duration.ZERO, 0);
    static final Rule STALL = new Rule(Kind.STALL, Duration.ZERO, 0);
    static final Rule SWALLOW = new Rule(Kind.SWALLOW, Duration.ZERO, 0);
    static final Rule SLICE = new Rule(Kind.SLICE, Duration.ZERO, 0);

    Rule {
        if (delay.isNegative() || bytes < 0) {
            throw new IllegalArgumentException("delay " + delay + " and bytes " + bytes + " are not negative");
        }
    }

    static Rule delay(Duration delay) {
        return new Rule(Kind.DELAY, delay, 0);
    }

    static Rule cut(long bytes) {
        return new Rule(Kind.CUT, Duration.ZERO, bytes);
    }
}

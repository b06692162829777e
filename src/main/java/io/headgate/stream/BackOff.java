package io.headgate.stream;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: doubled after each failure up to a limit, and shortened by up to a half at
 * random, so that several gateways do not come back in step.
 */
public record BackOff(Duration first, Duration max) {
    static final BackOff DEFAULTS = new BackOff(Duration.ofMillis(50), Duration.ofSeconds(5));

    private static final int DOUBLINGS_MAX = 20;

    public BackOff {
        if (first.toMillis() < 1 || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("back-off from " + first + " to " + max);
        }
    }

    /** The wait after this many failures in a row, 1 at least. */
    public Duration after(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, DOUBLINGS_MAX);
        long limited = Math.min(doubled, max.toMillis());
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(limited / 2, limited + 1));
    }

    /** The longest wait, jittered too: for what will not get better in a moment, such as a wrong password. */
    public Duration longest() {
        return after(DOUBLINGS_MAX + 1);
    }
}

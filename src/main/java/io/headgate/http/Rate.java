package io.headgate.http;

import io.headgate.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket that holds one second's allowance: idle for a second, it lets that many through at once; busy, that many
 * a second. Safe for use by any thread; one atomic step, no timer.
 *
 * <p>Instead of tokens it keeps the moment at which the bucket will be full again (GCRA). A demand for more than the
 * bucket holds is met when the bucket is full, and paid for by a longer wait after it: refusing it for ever would lose
 * its events, for a client sends the same batch again.
 */
final class Rate {
    private static final long SECOND = 1_000_000_000L;

    private final Clock clock;
    private final long perSecond;
    private final AtomicLong fullAt;

    /** {@code perSecond} at least 1; costs are rounded down to whole nanoseconds. */
    Rate(Clock clock, long perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("a rate of " + perSecond + " a second: at least 1");
        }
        this.clock = clock;
        this.perSecond = perSecond;
        this.fullAt = new AtomicLong(clock.nanos());
    }

    /** Takes {@code n} tokens and returns 0; or takes none and returns the nanoseconds until they could be had. */
    long take(int n) {
        long cost = n * SECOND / perSecond;
        long allowed = Math.max(SECOND, cost);
        while (true) {
            long now = clock.nanos();
            long full = fullAt.get();
            long next = (full - now > 0 ? full : now) + cost;
            long wait = next - now - allowed;
            if (wait > 0) {
                return wait;
            }
            if (fullAt.compareAndSet(full, next)) {
                return 0;
            }
        }
    }
}

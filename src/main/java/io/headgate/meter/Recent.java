package io.headgate.meter;

import org.HdrHistogram.Histogram;

/**
 * Durations of late, so that percentiles can be asked for: of the last {@value #SECONDS} to {@value #SECONDS} times two seconds.
 * Safe for use by any thread.
 */
public final class Recent {
    private static final int SECONDS = 30;
    private static final long PERIOD_NANOS = SECONDS * 1_000_000_000L;
    /** In microseconds: an hour, beyond which all is the same. */
    private static final long HIGHEST = 3_600_000_000L;

    private static final int DIGITS = 2;

    private Histogram current = new Histogram(HIGHEST, DIGITS);
    private Histogram before = new Histogram(HIGHEST, DIGITS);
    private long sinceNanos;

    /** {@code nowNanos} of the monotonic clock, here and below. */
    public Recent(long nowNanos) {
        this.sinceNanos = nowNanos;
    }

    /** Takes a duration, so many times. */
    public synchronized void record(long nowNanos, long durationNanos, int times) {
        turn(nowNanos);
        current.recordValueWithCount(Math.max(0, Math.min(HIGHEST, durationNanos / 1_000)), times);
    }

    /** In milliseconds; 0 when there was nothing of late. */
    public synchronized double percentileMillis(long nowNanos, double percentile) {
        turn(nowNanos);
        Histogram both = before.copy();
        both.add(current);
        return both.getTotalCount() == 0 ? 0 : both.getValueAtPercentile(percentile) / 1_000.0;
    }

    private void turn(long nowNanos) {
        long passed = nowNanos - sinceNanos;
        if (passed < PERIOD_NANOS) {
            return;
        }
        Histogram old = before;
        before = current;
        current = old;
        current.reset();
        if (passed >= 2 * PERIOD_NANOS) {
            before.reset();
        }
        sinceNanos = nowNanos;
    }
}

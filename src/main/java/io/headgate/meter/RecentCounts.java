package io.headgate.meter;

/**
 * Two counts of late, of all and of those that failed: over the last {@value #MINUTES} minutes, to a minute. Safe for use by any
 * thread.
 */
public final class RecentCounts {
    public static final int MINUTES = 5;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final long[] all = new long[MINUTES + 1];
    private final long[] failed = new long[MINUTES + 1];
    private final long startNanos;
    private long minute;

    public RecentCounts(long nowNanos) {
        this.startNanos = nowNanos;
    }

    public synchronized void add(long nowNanos, long count, long ofThemFailed) {
        turn(nowNanos);
        all[slot(minute)] += count;
        failed[slot(minute)] += ofThemFailed;
    }

    public synchronized long all(long nowNanos) {
        turn(nowNanos);
        return sum(all);
    }

    public synchronized long failed(long nowNanos) {
        turn(nowNanos);
        return sum(failed);
    }

    private void turn(long nowNanos) {
        long now = (nowNanos - startNanos) / MINUTE_NANOS;
        for (long m = Math.max(minute + 1, now - MINUTES); m <= now; m++) {
            all[slot(m)] = 0;
            failed[slot(m)] = 0;
        }
        minute = Math.max(minute, now);
    }

    private static int slot(long minute) {
        return (int) (minute % (MINUTES + 1));
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}

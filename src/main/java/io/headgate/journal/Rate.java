package io.headgate.journal;

import io.headgate.time.Clock;

/** How much comes in a second, over the last ten seconds. Safe for use by any thread. */
final class Rate {
    private static final int SECONDS = 10;
    private static final long NANOS = 1_000_000_000L;

    private final Clock clock;
    private final long start;
    private final long[] sums = new long[SECONDS];
    private long second;

    Rate(Clock clock) {
        this.clock = clock;
        this.start = clock.nanos();
    }

    synchronized void add(long amount) {
        forget();
        sums[(int) (second % SECONDS)] += amount;
    }

    synchronized double perSecond() {
        forget();
        long all = 0;
        for (long sum : sums) {
            all += sum;
        }
        return (double) all / SECONDS;
    }

    private void forget() {
        long now = (clock.nanos() - start) / NANOS;
        for (long past = Math.max(second + 1, now - SECONDS + 1); past <= now; past++) {
            sums[(int) (past % SECONDS)] = 0;
        }
        second = now;
    }
}

package io.headgate.loadtest;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * How long answers took: from when each request was sent, and from when it was due. The second is what a user felt who
 * came at that moment; it holds the time that a generator running late would hide (coordinated omission).
 *
 * <p>Promise: each answer is in one interval, no matter how many threads tell of them, and in the totals if it was told
 * after {@link #measure}. One that is told at that very moment may have its time on one side and its count on the other.
 * A failed request has a time too, for one that ran into its limit is the longest of all; its events were not answered
 * and do not count. Times are kept in microseconds to three digits; one over two minutes counts as two minutes, one
 * below zero as 0.
 *
 * <p>{@link #answered(long, long, long, int, boolean)} is for any number of threads and waits for none; all else takes
 * turns.
 */
final class Timings {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Series answered = new Series();
    private final Series corrected = new Series();
    private final LongAdder events = new LongAdder();
    private final LongAdder failed = new LongAdder();

    private final long originNanos = System.nanoTime();
    /** Since the origin, so that the largest is the latest. */
    private final LongAccumulator lastAnswerNanos = new LongAccumulator(Math::max, 0);

    private boolean measuring;
    private long measuredFromNanos;
    private Counts intervalFrom = new Counts(0, 0);
    private Counts measuredFrom = new Counts(0, 0);

    /** What was answered in an interval; the times are corrected, in milliseconds, 0 where there was no answer. */
    record Interval(long events, long failed, double p50, double p99) {}

    private record Counts(long events, long failed) {}

    /**
     * A request was answered, or given up. Moments are those of {@link System#nanoTime}.
     *
     * @param dueNanos when the plan would have had it sent
     * @param events that it held
     * @param ok whether the answer was as expected
     */
    void answered(long dueNanos, long sentNanos, long answeredNanos, int events, boolean ok) {
        answered.record(answeredNanos - sentNanos);
        corrected.record(answeredNanos - dueNanos);
        lastAnswerNanos.accumulate(answeredNanos - originNanos);
        if (ok) {
            this.events.add(events);
        } else {
            failed.increment();
        }
    }

    /** From now on it is the measured part: what was before is warm-up and in no total. A new interval begins. */
    synchronized void measure() {
        interval();
        answered.forgetTotal();
        corrected.forgetTotal();
        measuredFrom = intervalFrom;
        measuredFromNanos = System.nanoTime() - originNanos;
        measuring = true;
    }

    /** Ends an interval, begins the next, and tells of the one that ended. */
    synchronized Interval interval() {
        Counts now = new Counts(events.sum(), failed.sum());
        answered.fold();
        corrected.fold();
        Interval ended = new Interval(
                now.events - intervalFrom.events,
                now.failed - intervalFrom.failed,
                Series.millis(corrected.interval, 50),
                Series.millis(corrected.interval, 99));
        answered.interval.reset();
        corrected.interval.reset();
        intervalFrom = now;
        return ended;
    }

    /** The measured part's times from when each request was sent; all 0 where there was no answer. */
    synchronized Report.Times answered() {
        return measuring ? answered.times() : Series.NO_TIMES;
    }

    /** The same from when each was due. */
    synchronized Report.Times corrected() {
        return measuring ? corrected.times() : Series.NO_TIMES;
    }

    /** Requests of the measured part, failed ones too. */
    synchronized long requests() {
        return measuring ? corrected.count() : 0;
    }

    /** Events of the measured part's requests that were answered as expected. */
    synchronized long events() {
        return measuring ? events.sum() - measuredFrom.events : 0;
    }

    /** Requests of the measured part that were not. */
    synchronized long failed() {
        return measuring ? failed.sum() - measuredFrom.failed : 0;
    }

    /** From the beginning of the measured part to its last answer; 0 where there was none. */
    synchronized double seconds() {
        return measuring ? Math.max(0, lastAnswerNanos.get() - measuredFromNanos) / NANOS_PER_SECOND : 0;
    }

    /** One kind of time: of the interval, and of the measured part. Guarded by its owner, but for {@link #record}. */
    private static final class Series {
        static final Report.Times NO_TIMES = new Report.Times(0, 0, 0, 0, 0);

        private static final long MICROS_MAX = 120_000_000;
        private static final int DIGITS = 3;
        private static final int NANOS_PER_MICRO = 1_000;
        private static final double MICROS_PER_MILLI = 1_000;

        private final Recorder recorder = new Recorder(MICROS_MAX, DIGITS);
        private final Histogram interval = new Histogram(MICROS_MAX, DIGITS);
        private final Histogram total = new Histogram(MICROS_MAX, DIGITS);
        private Histogram spare;

        void record(long nanos) {
            recorder.recordValue(Math.min(Math.max(nanos / NANOS_PER_MICRO, 0), MICROS_MAX));
        }

        /** Takes what was recorded since the last time into the interval and the total. */
        void fold() {
            spare = recorder.getIntervalHistogram(spare);
            interval.add(spare);
            total.add(spare);
        }

        void forgetTotal() {
            total.reset();
        }

        long count() {
            fold();
            return total.getTotalCount();
        }

        Report.Times times() {
            fold();
            return new Report.Times(
                    millis(total, 50), millis(total, 90), millis(total, 99), millis(total, 99.9), millis(total, 100));
        }

        /** The top of the step that the time is in; the histogram's largest is what was recorded, to three digits. */
        static double millis(Histogram histogram, double percentile) {
            return Math.min(histogram.getValueAtPercentile(percentile), MICROS_MAX) / MICROS_PER_MILLI;
        }
    }
}

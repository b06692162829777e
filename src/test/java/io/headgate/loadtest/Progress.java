package io.headgate.loadtest;

import java.io.PrintStream;
import java.util.Locale;

/** A line each five samples' time for whoever waits for a long run. Owned by one thread. */
final class Progress {
    private static final int LINE_EVERY_SAMPLES = 5;

    private final PrintStream out;
    private final double lineEverySeconds;
    private double zero;
    private boolean measuring;
    private double lineAt;
    private int samples;
    private double eventsPerSecond;
    private double worstP99;
    private long failed;

    Progress(PrintStream out, double sampleEverySeconds) {
        this.out = out;
        this.lineEverySeconds = LINE_EVERY_SAMPLES * sampleEverySeconds;
    }

    /** A sample as {@link Samples#take} gives it: its second counts from the first reading. */
    void heard(Sample sample) {
        samples++;
        eventsPerSecond += sample.eventsPerSecond();
        worstP99 = Math.max(worstP99, sample.p99Millis());
        failed += sample.failed();
        // one that is due at the same time may be some milliseconds early
        if (sample.second() >= lineAt + 0.95 * lineEverySeconds) {
            print(sample);
        }
    }

    /** The measured part begins at this second. */
    void measure(double second) {
        zero = second;
        lineAt = second;
        measuring = true;
        samples = 0;
        eventsPerSecond = 0;
        worstP99 = 0;
        out.println("  measuring from here on");
    }

    private void print(Sample sample) {
        out.printf(
                Locale.ROOT,
                "%7.0f s %s %,11.0f events/s   p99 in the worst second %,9.1f ms   %-8s  backlog %,9d   failed %,d%n",
                sample.second() - zero,
                measuring ? "       " : "warm-up",
                eventsPerSecond / samples,
                worstP99,
                sample.mode(),
                sample.backlog(),
                failed);
        lineAt = sample.second();
        samples = 0;
        eventsPerSecond = 0;
        worstP99 = 0;
    }
}

package io.headgate.loadtest;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Samples a run once a second, on a schedule that does not drift, from a thread of its own that nothing the target does can
 * stop; a second that could not be kept is left out.
 *
 * <p>All methods are for any thread and take turns; each may wait for a target that hangs, for four fifths of the time
 * between two samples.
 */
final class Sampler implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final long everyNanos;

    private final Probe probe;
    private final Timings timings;
    private final Progress progress;
    private Samples samples;
    private long lastNanos;
    private long nextNanos;
    private boolean stopped;

    Sampler(Target target, Timings timings, PrintStream out) {
        this(target, timings, out, EVERY);
    }

    /** One that samples more often, for tests. */
    Sampler(Target target, Timings timings, PrintStream out, Duration every) {
        this.everyNanos = every.toNanos();
        this.probe = new Probe(target, everyNanos / 5 * 4);
        this.timings = timings;
        this.progress = new Progress(out, everyNanos / NANOS_PER_SECOND);
    }

    /** Begins with a first reading; what is sampled from now on is warm-up. To be called once, first. */
    synchronized void start() {
        Reading first = probe.read();
        samples = new Samples(first);
        lastNanos = first.nanos();
        nextNanos = lastNanos + everyNanos;
        Thread thread = new Thread(this::run, "loadtest-sampler");
        thread.setDaemon(true);
        thread.start();
    }

    /** The measured part begins, here and in the timings: this moment is the second 0. */
    synchronized void measure() {
        Timings.Interval interval = timings.interval();
        timings.measure();
        Sample sample = sample(interval);
        samples.measure();
        progress.measure(sample.second());
        nextNanos = lastNanos + everyNanos;
    }

    /** Ends it with a last sample, if it has not ended; all samples. */
    synchronized List<Sample> stop() {
        boolean running = samples != null && !stopped;
        stopped = true;
        if (running) {
            notifyAll();
            sample(timings.interval());
        }
        probe.close();
        return samples == null ? List.of() : samples.list();
    }

    /** What the measured part cost up to the last sample. */
    synchronized Report.Costs costs() {
        return samples.costs(timings.events());
    }

    @Override
    public void close() {
        stop();
    }

    private synchronized void run() {
        try {
            while (!stopped) {
                long left = nextNanos - System.nanoTime();
                if (left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } else {
                    sample(timings.interval());
                    nextNanos += everyNanos * (1 + (lastNanos - nextNanos) / everyNanos);
                }
            }
        } catch (InterruptedException e) {
            // nobody but a virtual machine that ends would do so
            Thread.currentThread().interrupt();
        }
    }

    private Sample sample(Timings.Interval interval) {
        Reading reading = probe.read();
        lastNanos = reading.nanos();
        Sample sample = samples.take(reading, interval);
        progress.heard(sample);
        return sample;
    }
}

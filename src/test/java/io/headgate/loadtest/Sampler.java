package io.headgate.loadtest;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Samples a run once a second, on a schedule that does not drift, from a thread of its own that nothing the target does can
 * stop; a second that could not be kept is left out.
 *
 * <p>All methods are for any thread and take turns; each may wait for a target that hangs, for 0.8 s at most.
 */
final class Sampler implements AutoCloseable {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Probe probe;
    private final Timings timings;
    private final Progress progress;
    private Samples samples;
    private long lastNanos;
    private long nextNanos;
    private boolean stopped;

    Sampler(Target target, Timings timings, PrintStream out) {
        this.probe = new Probe(target);
        this.timings = timings;
        this.progress = new Progress(out);
    }

    /** Begins with a first reading; what is sampled from now on is warm-up. To be called once, first. */
    synchronized void start() {
        Reading first = probe.read();
        samples = new Samples(first);
        lastNanos = first.nanos();
        nextNanos = lastNanos + SECOND_NANOS;
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
        nextNanos = lastNanos + SECOND_NANOS;
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
                    nextNanos += SECOND_NANOS * (1 + (lastNanos - nextNanos) / SECOND_NANOS);
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

package io.headgate.loadtest;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for the first request, tells the sampler when the warm-up is over, and breaks and mends what the scenario says.
 * Serves once.
 */
final class Director extends Thread {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int AWAY_SECONDS_MAX = 30;

    private final Run run;
    private final Sampler sampler;
    private final Subject subject;
    private final boolean breaks;
    /** How long Redis is away, and how much of the measured part comes before: a quarter of it at most. */
    private final int awaySeconds;

    private volatile boolean over;
    private volatile boolean broken;
    private volatile boolean mended;
    private volatile String fault = "";

    Director(Run run, Sampler sampler, Subject subject, boolean breaks) {
        super("director");
        this.run = run;
        this.sampler = sampler;
        this.subject = subject;
        this.breaks = breaks;
        this.awaySeconds = Math.min(AWAY_SECONDS_MAX, run.shape().seconds() / 4);
    }

    /** Nothing more is posted; waits until what was broken is mended. */
    void end() throws InterruptedException {
        over = true;
        join();
    }

    /** Whether Redis was away, the gateway felt it, and it was mended. */
    Check outage(List<Sample> samples) {
        long felt = samples.stream()
                .filter(sample -> sample.second() > awaySeconds && sample.second() <= 2 * awaySeconds + 1)
                .filter(sample -> !sample.mode().equals("stream") || sample.backlog() > 0)
                .count();
        long backlog = samples.stream().mapToLong(Sample::backlog).max().orElse(0);
        return new Check(
                "Redis was away, and is back",
                broken && mended && fault.isEmpty() && felt > 0 && backlog > 0,
                "killed_at_s=%d away_s=%d seconds_not_stream=%d backlog_max=%d %s"
                        .formatted(awaySeconds, awaySeconds, felt, backlog, fault));
    }

    @Override
    public void run() {
        while (!run.begun() && !over) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        long began = System.nanoTime();
        sampler.start();
        await(began, run.shape().warmUp());
        sampler.measure();
        if (breaks) {
            try {
                breakAndMend(began);
            } catch (RuntimeException e) {
                fault = "could not be broken or mended: " + e;
                System.out.println(fault);
            }
        }
    }

    private void breakAndMend(long began) {
        await(began, run.shape().warmUp() + awaySeconds);
        System.out.println("Redis is killed");
        subject.breakRedis();
        broken = true;
        try {
            await(began, run.shape().warmUp() + 2 * awaySeconds);
        } finally {
            subject.mendRedis();
            mended = true;
            System.out.println("Redis is started");
        }
    }

    private void await(long began, int seconds) {
        long left = seconds * SECOND - (System.nanoTime() - began);
        while (!over && left > 0) {
            LockSupport.parkNanos(Math.min(LOOK_NANOS, left));
            left = seconds * SECOND - (System.nanoTime() - began);
        }
    }
}

package io.headgate.loadtest;

import com.sun.management.OperatingSystemMXBean;
import io.headgate.loadtest.Reading.Spent;
import io.headgate.loadtest.Reading.Stand;
import io.headgate.loadtest.Reading.Vitals;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Takes readings of a target: its questions at the same time, each with the same deadline. Owned by one thread. */
final class Probe implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Question<Stand> status;
    private final Question<Vitals> metrics;
    private final Question<Spent> redis;

    private final long answeredWithinNanos;

    /** Of this target, which is given so much time for an answer. */
    Probe(Target target, long answeredWithinNanos) {
        this.answeredWithinNanos = answeredWithinNanos;
        this.status = new Question<>("status", () -> Stand.of(target.status()));
        this.metrics = new Question<>("metrics", () -> Vitals.of(target.metrics(), System.nanoTime()));
        this.redis = new Question<>("redis", () -> Reading.redisCpu(target.redisInfo("cpu"), System.nanoTime()));
    }

    /** How all stand now; whatever does not answer in time is empty. */
    Reading read() {
        long now = System.nanoTime();
        status.ask();
        metrics.ask();
        redis.ask();
        Optional<Spent> client = ownCpu(now);
        long until = now + answeredWithinNanos;
        return new Reading(now, status.answer(until), metrics.answer(until), redis.answer(until), client);
    }

    @Override
    public void close() {
        status.close();
        metrics.close();
        redis.close();
    }

    private static Optional<Spent> ownCpu(long now) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                        && system.getProcessCpuTime() >= 0
                ? Optional.of(new Spent(system.getProcessCpuTime() / NANOS_PER_SECOND, now))
                : Optional.empty();
    }
}

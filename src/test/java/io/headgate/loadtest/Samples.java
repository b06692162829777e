package io.headgate.loadtest;

import io.headgate.loadtest.Reading.Stand;
import io.headgate.loadtest.Reading.Vitals;
import io.headgate.loadtest.Rising.Rise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Makes samples of readings, and the costs of the measured part. A sample tells of the time up to its moment, so the
 * measured ones are those after the second 0; one of less than a tenth of a second is not kept, for its rates say nothing.
 * Owned by one thread.
 */
final class Samples {
    private static final double SAMPLE_SECONDS_MIN = 0.1;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;

    private static final Report.Costs NO_COSTS = new Report.Costs(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final long beginNanos;
    private final Rising gateway = new Rising();
    private final Rising redis = new Rising();
    private final Rising client = new Rising();
    private final Rising pauses = new Rising();
    private final List<Sample> samples = new ArrayList<>();
    private double last;
    private double zero = Double.NaN;
    private double longestPauseMillis;

    /** Begins with a reading, for a sample tells what happened since the one before. */
    Samples(Reading first) {
        this.beginNanos = first.nanos();
        count(first);
    }

    /** The sample of the time since the reading before. */
    Sample take(Reading reading, Timings.Interval interval) {
        double second = (reading.nanos() - beginNanos) / NANOS_PER_SECOND;
        double elapsed = second - last;
        last = second;
        Counted counted = count(reading);
        Sample sample = new Sample(
                second,
                elapsed > 0 ? interval.events() / elapsed : 0,
                interval.p50(),
                interval.p99(),
                interval.failed(),
                reading.stand().map(Stand::mode).orElse("?"),
                reading.stand().map(Stand::backlog).orElse(0L),
                counted.gateway.perSecond(),
                counted.redis.perSecond(),
                reading.gateway().map(Vitals::heapMiB).orElse(0.0),
                counted.pauses.seconds() * MILLIS_PER_SECOND,
                reading.gateway().map(Vitals::files).orElse(0L));
        if (elapsed >= SAMPLE_SECONDS_MIN) {
            samples.add(sample);
        }
        return sample;
    }

    /** The measured part begins with the last sample's moment. */
    void measure() {
        zero = last;
        longestPauseMillis = 0;
        List.of(gateway, redis, client, pauses).forEach(Rising::forget);
    }

    /** All samples; before {@link #measure} all are warm-up. */
    List<Sample> list() {
        double from = Double.isNaN(zero) ? last : zero;
        return samples.stream().map(sample -> moved(sample, from)).toList();
    }

    /** What the measured part cost up to the last sample; 0 is what is not known, or was before it. */
    Report.Costs costs(long events) {
        if (Double.isNaN(zero)) {
            return NO_COSTS;
        }
        double seconds = last - zero;
        List<Sample> all = list();
        List<Sample> measured = after(all, 0);
        List<Sample> withZero = all.stream().filter(s -> s.second() >= 0).toList();
        return new Report.Costs(
                over(gateway.total() * MICROS_PER_SECOND, (double) events),
                over(redis.total() * MICROS_PER_SECOND, (double) events),
                over(gateway.total(), seconds),
                over(redis.total(), seconds),
                over(client.total(), seconds),
                known(measured, Sample::heapMiB).max().orElse(0),
                known(after(all, seconds / 2), Sample::heapMiB).min().orElse(0),
                pauses.total() * MILLIS_PER_SECOND,
                longestPauseMillis,
                measured.stream().mapToLong(Sample::backlog).max().orElse(0),
                files(withZero).findFirst().orElse(0),
                files(withZero).reduce((a, b) -> b).orElse(0));
    }

    private record Counted(Rise gateway, Rise redis, Rise pauses) {}

    /**
     * Metrics tell of a long pause for minutes after it, warm-up's too; so no pause is taken for longer than all pauses
     * since the reading before.
     */
    private Counted count(Reading reading) {
        client.read(reading.client());
        Rise paused = pauses.read(reading.gateway().map(Vitals::pauses));
        double longest = reading.gateway().map(Vitals::longestPauseMillis).orElse(0.0);
        longestPauseMillis = Math.max(longestPauseMillis, Math.min(longest, paused.seconds() * MILLIS_PER_SECOND));
        return new Counted(gateway.read(reading.gateway().map(Vitals::cpu)), redis.read(reading.redis()), paused);
    }

    private static List<Sample> after(List<Sample> samples, double second) {
        return samples.stream().filter(s -> s.second() > second).toList();
    }

    private static double over(double cost, double by) {
        return by > 0 ? cost / by : 0;
    }

    /** Values of the samples in which the gateway told them. */
    private static DoubleStream known(List<Sample> samples, ToDoubleFunction<Sample> value) {
        return samples.stream().mapToDouble(value).filter(v -> v > 0);
    }

    private static LongStream files(List<Sample> samples) {
        return samples.stream().mapToLong(Sample::files).filter(files -> files > 0);
    }

    private static Sample moved(Sample s, double from) {
        return new Sample(
                s.second() - from,
                s.eventsPerSecond(),
                s.p50Millis(),
                s.p99Millis(),
                s.failed(),
                s.mode(),
                s.backlog(),
                s.gatewayCores(),
                s.redisCores(),
                s.heapMiB(),
                s.gcMillis(),
                s.files());
    }
}

package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headgate.loadtest.Reading.Spent;
import io.headgate.loadtest.Reading.Stand;
import io.headgate.loadtest.Reading.Vitals;
import io.headgate.loadtest.Timings.Interval;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final Offset<Double> NOTHING = within(1e-9);
    private static final Report.Costs NO_COSTS = new Report.Costs(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final Interval QUIET = new Interval(0, 0, 0, 0);

    @Test
    void aSampleTellsWhatHappenedSinceTheOneBefore() {
        Samples samples = new Samples(at(0, 10.0, 20.0));

        Sample sample = samples.take(at(2, 11.0, 20.5), new Interval(3_000, 4, 1.5, 9.5));

        assertThat(sample.eventsPerSecond()).isCloseTo(1_500, NOTHING);
        assertThat(sample.p50Millis()).isEqualTo(1.5);
        assertThat(sample.p99Millis()).isEqualTo(9.5);
        assertThat(sample.failed()).isEqualTo(4);
        assertThat(sample.gatewayCores()).isCloseTo(0.5, NOTHING);
        assertThat(sample.redisCores()).isCloseTo(0.25, NOTHING);
        assertThat(sample.mode()).isEqualTo("stream");
    }

    @Test
    void secondsCountFromTheMeasuredPartAndWarmUpIsBeforeIt() {
        Samples samples = new Samples(at(0, 0, 0));
        samples.take(at(1, 0, 0), QUIET);
        samples.take(at(1.5, 0, 0), QUIET);
        samples.measure();
        samples.take(at(2.5, 0, 0), QUIET);

        assertThat(samples.list()).extracting(Sample::second).containsExactly(-0.5, 0.0, 1.0);
    }

    @Test
    void withoutAMeasuredPartAllIsWarmUpAndCostsNothing() {
        Samples samples = new Samples(at(0, 0, 0));
        samples.take(at(1, 1, 1), QUIET);

        assertThat(samples.list()).extracting(Sample::second).containsExactly(0.0);
        assertThat(samples.costs(10)).isEqualTo(NO_COSTS);
    }

    @Test
    void whatWarmUpCostIsInNoCost() {
        Samples samples = new Samples(at(0, 0, 0));
        samples.take(at(10, 100, 100), QUIET);
        samples.measure();
        samples.take(at(12, 101, 100.5), QUIET);

        Report.Costs costs = samples.costs(1_000_000);

        assertThat(costs.gatewayMicrosPerEvent()).isCloseTo(1, NOTHING);
        assertThat(costs.redisMicrosPerEvent()).isCloseTo(0.5, NOTHING);
        assertThat(costs.gatewayCores()).isCloseTo(0.5, NOTHING);
        assertThat(costs.redisCores()).isCloseTo(0.25, NOTHING);
    }

    @Test
    void withoutEventsNothingIsDividedByZero() {
        Samples samples = new Samples(at(0, 0, 0));
        samples.measure();

        assertThat(samples.costs(0)).isEqualTo(NO_COSTS);

        samples.take(at(1, 1, 1), QUIET);
        assertThat(samples.costs(0).gatewayMicrosPerEvent()).isZero();
    }

    @Test
    void whoDoesNotAnswerIsAQuestionMarkAndItsNextAnswerCountsForTheTimeBetween() {
        Samples samples = new Samples(at(0, 0, 0));
        samples.measure();

        Sample silent = samples.take(silence(1), QUIET);
        Sample back = samples.take(at(2, 1, 1), QUIET);

        assertThat(silent).isEqualTo(new Sample(1, 0, 0, 0, 0, "?", 0, 0, 0, 0, 0, 0));
        assertThat(back.gatewayCores()).isCloseTo(0.5, NOTHING);
        assertThat(samples.costs(1_000_000).gatewayMicrosPerEvent()).isCloseTo(1, NOTHING);
    }

    @Test
    void aProcessThatWasStartedAgainCountsFromZero() {
        Samples samples = new Samples(at(0, 50, 50));
        samples.measure();
        samples.take(at(1, 51, 51), QUIET);

        Sample sample = samples.take(at(2, 0.25, 0.5), QUIET);

        assertThat(sample.gatewayCores()).isCloseTo(0.25, NOTHING);
        assertThat(sample.redisCores()).isCloseTo(0.5, NOTHING);
        assertThat(samples.costs(1_000_000).redisMicrosPerEvent()).isCloseTo(1.5, NOTHING);
    }

    @Test
    void aSampleOfNoTimeIsNotKeptAndNothingOfItIsLost() {
        Samples samples = new Samples(at(0, 0, 0));
        samples.measure();
        samples.take(at(0.001, 0.5, 0), QUIET);
        samples.take(at(0.001, 0.75, 0), QUIET);
        samples.take(at(1, 1, 0), QUIET);

        assertThat(samples.list()).hasSize(1);
        assertThat(samples.costs(1_000_000).gatewayMicrosPerEvent()).isCloseTo(1, NOTHING);
    }

    @Test
    void aPauseOfWarmUpThatMetricsStillTellOfIsNotTheLongest() {
        Samples samples = new Samples(vitals(0, new Vitals(spent(0, 0), 10, spent(0.5, 0), 300, 61)));
        samples.measure();

        Sample sample = samples.take(vitals(1, new Vitals(spent(0, 1), 10, spent(0.512, 1), 300, 61)), QUIET);
        samples.take(vitals(2, new Vitals(spent(0, 2), 10, spent(0.522, 2), 7, 61)), QUIET);

        assertThat(sample.gcMillis()).isCloseTo(12, NOTHING);
        assertThat(samples.costs(1).gcLongestMillis()).isCloseTo(12, NOTHING);
        assertThat(samples.costs(1).gcMillis()).isCloseTo(22, NOTHING);
    }

    @Test
    void theLiveHeapIsTheLeastAfterTheFirstHalf() {
        Samples samples = new Samples(at(0, 0, 0));
        samples.take(heap(1, 500), QUIET);
        samples.measure();
        samples.take(heap(2, 5), QUIET);
        samples.take(heap(3, 90), QUIET);
        samples.take(heap(4, 40), QUIET);
        samples.take(silence(5), QUIET);
        samples.take(heap(6, 60), QUIET);

        assertThat(samples.costs(1).heapMaxMiB()).isEqualTo(90);
        assertThat(samples.costs(1).heapLiveMiB()).isEqualTo(40);
    }

    @Test
    void filesAreThoseThatWereToldFirstAndLast() {
        Samples samples = new Samples(silence(0));
        samples.take(silence(1), QUIET);
        samples.measure();
        samples.take(vitals(2, new Vitals(spent(0, 2), 10, spent(0, 2), 0, 61)), QUIET);
        samples.take(vitals(3, new Vitals(spent(0, 3), 10, spent(0, 3), 0, 70)), QUIET);
        samples.take(silence(4), QUIET);

        assertThat(samples.costs(1).filesFirst()).isEqualTo(61);
        assertThat(samples.costs(1).filesLast()).isEqualTo(70);
    }

    @Test
    void theLargestBacklogIsKept() {
        Samples samples = new Samples(at(0, 0, 0));
        samples.measure();
        for (int backlog : new int[] {0, 700, 300}) {
            Stand stand = new Stand("journal", backlog);
            samples.take(
                    new Reading(
                            nanos(1 + backlog),
                            Optional.of(stand),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    QUIET);
        }

        assertThat(samples.costs(1).backlogMax()).isEqualTo(700);
        assertThat(samples.list()).extracting(Sample::mode).containsOnly("journal");
    }

    private static Reading at(double second, double gatewayCpu, double redisCpu) {
        Vitals vitals = new Vitals(spent(gatewayCpu, second), 0, spent(0, second), 0, 61);
        return new Reading(
                nanos(second),
                Optional.of(new Stand("stream", 0)),
                Optional.of(vitals),
                Optional.of(spent(redisCpu, second)),
                Optional.empty());
    }

    private static Reading heap(double second, double mib) {
        return vitals(second, new Vitals(spent(0, second), mib, spent(0, second), 0, 61));
    }

    private static Reading vitals(double second, Vitals vitals) {
        return new Reading(nanos(second), Optional.empty(), Optional.of(vitals), Optional.empty(), Optional.empty());
    }

    private static Reading silence(double second) {
        return new Reading(nanos(second), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Spent spent(double seconds, double at) {
        return new Spent(seconds, nanos(at));
    }

    private static long nanos(double second) {
        return (long) (second * TimeUnit.SECONDS.toNanos(1));
    }
}

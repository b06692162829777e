package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TimingsTest {
    /** Three digits of 1,000 ms. */
    private static final Offset<Double> A_MILLI = within(1.0);

    private static final Report.Times NO_TIMES = new Report.Times(0, 0, 0, 0, 0);

    private final Timings timings = new Timings();

    @Test
    void aTimeCountsFromWhenItWasSentAndCorrectedFromWhenItWasDue() {
        timings.measure();

        answer(900, 100, 1, true);

        assertThat(timings.answered().p50()).isCloseTo(100, A_MILLI);
        assertThat(timings.corrected().p50()).isCloseTo(1_000, A_MILLI);
        assertThat(timings.interval().p50()).isCloseTo(1_000, A_MILLI);
    }

    @Test
    void percentilesAreThoseOfAllAnswers() {
        timings.measure();

        for (int millis = 1; millis <= 1_000; millis++) {
            answer(0, millis, 1, true);
        }

        Report.Times times = timings.answered();
        assertThat(times.p50()).isCloseTo(500, A_MILLI);
        assertThat(times.p90()).isCloseTo(900, A_MILLI);
        assertThat(times.p99()).isCloseTo(990, A_MILLI);
        assertThat(times.p999()).isCloseTo(999, A_MILLI);
        assertThat(times.max()).isCloseTo(1_000, A_MILLI);
    }

    @Test
    void warmUpIsInNoTotal() {
        answer(0, 5_000, 50, true);
        answer(0, 5_000, 50, false);

        timings.measure();
        answer(0, 10, 7, true);

        assertThat(timings.answered().max()).isCloseTo(10, A_MILLI);
        assertThat(timings.corrected().max()).isCloseTo(10, A_MILLI);
        assertThat(timings.requests()).isEqualTo(1);
        assertThat(timings.events()).isEqualTo(7);
        assertThat(timings.failed()).isZero();
    }

    @Test
    void withoutAMeasuredPartThereAreNoTotals() {
        answer(0, 10, 7, false);

        assertThat(timings.answered()).isEqualTo(NO_TIMES);
        assertThat(timings.corrected()).isEqualTo(NO_TIMES);
        assertThat(timings.requests() + timings.events() + timings.failed()).isZero();
        assertThat(timings.seconds()).isZero();
    }

    @Test
    void withoutAnAnswerAllIsZero() {
        timings.measure();

        assertThat(timings.interval()).isEqualTo(new Timings.Interval(0, 0, 0, 0));
        assertThat(timings.answered()).isEqualTo(NO_TIMES);
        assertThat(timings.requests()).isZero();
        assertThat(timings.seconds()).isZero();
    }

    @Test
    void anIntervalTellsOnlyOfItself() {
        timings.measure();
        answer(0, 2_000, 3, true);
        answer(0, 2_000, 3, false);

        Timings.Interval first = timings.interval();
        answer(0, 1, 1, true);
        Timings.Interval second = timings.interval();

        assertThat(first.events()).isEqualTo(3);
        assertThat(first.failed()).isEqualTo(1);
        assertThat(first.p99()).isCloseTo(2_000, within(2.0));
        assertThat(second.events()).isEqualTo(1);
        assertThat(second.failed()).isZero();
        assertThat(second.p99()).isCloseTo(1, within(0.01));
        assertThat(timings.events()).isEqualTo(4);
        assertThat(timings.corrected().max()).isCloseTo(2_000, within(2.0));
    }

    @Test
    void aFailedRequestHasATimeAndItsEventsDoNotCount() {
        timings.measure();

        answer(0, 1_000, 50, false);

        assertThat(timings.failed()).isEqualTo(1);
        assertThat(timings.requests()).isEqualTo(1);
        assertThat(timings.events()).isZero();
        assertThat(timings.answered().max()).isCloseTo(1_000, A_MILLI);
    }

    @Test
    void aTimeThatCannotBeKeptCountsAsTheNearestThatCan() {
        timings.measure();

        answer(0, TimeUnit.HOURS.toMillis(1), 1, true);
        assertThat(timings.corrected().max()).isEqualTo(120_000);

        timings.measure();
        answer(0, -5, 1, true);
        assertThat(timings.requests()).isEqualTo(1);
        assertThat(timings.answered().max()).isZero();
    }

    @Test
    void answersOfManyThreadsAreEachCountedOnce() throws InterruptedException {
        int threads = 4;
        long each = 20_000;
        timings.measure();
        List<Thread> telling = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            telling.add(new Thread(() -> {
                for (int n = 0; n < each; n++) {
                    answer(0, 1, 2, n % 2 == 0);
                }
            }));
        }

        telling.forEach(Thread::start);
        long events = 0;
        while (telling.stream().anyMatch(Thread::isAlive)) {
            events += timings.interval().events();
        }
        for (Thread thread : telling) {
            thread.join();
        }
        events += timings.interval().events();

        assertThat(events).isEqualTo(threads * each);
        assertThat(timings.events()).isEqualTo(events);
        assertThat(timings.failed()).isEqualTo(threads * each / 2);
        assertThat(timings.requests()).isEqualTo(threads * each);
    }

    @Test
    void theMeasuredPartLastsUntilItsLastAnswer() {
        timings.measure();
        long later = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);

        timings.answered(later, later, later, 1, true);
        timings.answered(later - 1_000, later - 1_000, later - 1_000, 1, true);

        assertThat(timings.seconds()).isCloseTo(60, within(1.0));
    }

    /** Told now: sent so long after it was due, answered so long after it was sent. */
    private void answer(long lateMillis, long tookMillis, int events, boolean ok) {
        long now = System.nanoTime();
        long sent = now - TimeUnit.MILLISECONDS.toNanos(tookMillis);
        timings.answered(sent - TimeUnit.MILLISECONDS.toNanos(lateMillis), sent, now, events, ok);
    }
}

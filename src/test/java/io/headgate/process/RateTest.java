package io.headgate.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.meter.Recent;
import io.headgate.meter.RecentCounts;
import io.headgate.time.HeldClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rates and recent figures, by a clock that is held. */
class RateTest {
    private final HeldClock clock = new HeldClock();

    @Test
    void aSecondsWorthMayGoAtOnceAndThenAsMuchAsTimeBrings() {
        Rate rate = new Rate(100, clock);

        rate.take(100);
        assertThat(rate.nanosUntilFree()).isEqualTo(Duration.ofMillis(10).toNanos());
        clock.pass(Duration.ofMillis(10));
        assertThat(rate.nanosUntilFree()).isZero();
        rate.take(51); // a batch may overdraw it
        assertThat(rate.nanosUntilFree()).isEqualTo(Duration.ofMillis(510).toNanos());
        clock.pass(Duration.ofHours(1));
        rate.take(100);
        assertThat(rate.nanosUntilFree()).isPositive();
    }

    @Test
    void withoutALimitEverythingMayGo() {
        Rate rate = new Rate(0, clock);

        rate.take(1_000_000);

        assertThat(rate.nanosUntilFree()).isZero();
    }

    @Test
    void whatIsOlderThanAMinuteIsNotRecentAnyMore() {
        Recent recent = new Recent(clock.nanos());
        recent.record(clock.nanos(), Duration.ofMillis(100).toNanos(), 99);
        recent.record(clock.nanos(), Duration.ofSeconds(2).toNanos(), 1);

        assertThat(recent.percentileMillis(clock.nanos(), 50)).isBetween(99.0, 101.0);
        assertThat(recent.percentileMillis(clock.nanos(), 99.5)).isBetween(1_980.0, 2_020.0);
        clock.pass(Duration.ofSeconds(31));
        assertThat(recent.percentileMillis(clock.nanos(), 50)).isPositive();
        clock.pass(Duration.ofSeconds(30));
        assertThat(recent.percentileMillis(clock.nanos(), 50)).isZero();
    }

    @Test
    void countsAreOfTheLastFiveMinutes() {
        RecentCounts counts = new RecentCounts(clock.nanos());
        counts.add(clock.nanos(), 10, 1);
        clock.pass(Duration.ofMinutes(5));
        counts.add(clock.nanos(), 5, 0);

        assertThat(counts.all(clock.nanos())).isEqualTo(15);
        assertThat(counts.failed(clock.nanos())).isEqualTo(1);
        clock.pass(Duration.ofMinutes(1));
        assertThat(counts.all(clock.nanos())).isEqualTo(5);
        assertThat(counts.failed(clock.nanos())).isZero();
        clock.pass(Duration.ofHours(3));
        assertThat(counts.all(clock.nanos())).isZero();
    }
}

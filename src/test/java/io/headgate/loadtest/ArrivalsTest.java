package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Users come when Gatling has them come. */
class ArrivalsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void theBriefsUsersComeOverItsWarmUpAndItsMinute() {
        Arrivals arrivals = Arrivals.of(Scenario.BRIEF.shape);

        // Gatling rounds the 1,666.67 of the warm-up
        assertThat(arrivals.users()).isEqualTo(1_667 + 10_000);
        assertThat(arrivals.offsetNanos(0)).isZero();
        assertThat(arrivals.offsetNanos(1_667)).isEqualTo(10 * SECOND);
        assertThat(arrivals.offsetNanos(11_666)).isBetween(70 * SECOND - SECOND / 100, 70 * SECOND);
    }

    @Test
    void nobodyComesBeforeTheOneBefore() {
        Arrivals arrivals = Arrivals.of(Scenario.BRIEF.shape);

        for (int i = 1; i < arrivals.users(); i++) {
            assertThat(arrivals.offsetNanos(i)).isGreaterThanOrEqualTo(arrivals.offsetNanos(i - 1));
        }
    }

    @Test
    void ofAClosedShapeNobodyIsDue() {
        assertThat(Arrivals.of(Scenario.BATCHES.shape).users()).isZero();
    }
}

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

        // of each second 166.67 are due: 5,000 in the half minute of the warm-up, 10,000 in the minute
        assertThat(arrivals.users()).isEqualTo(5_000 + 10_000);
        assertThat(arrivals.offsetNanos(0)).isZero();
        assertThat(arrivals.offsetNanos(5_000)).isEqualTo(30 * SECOND);
        assertThat(arrivals.offsetNanos(14_999)).isBetween(90 * SECOND - SECOND / 100, 90 * SECOND);
    }

    @Test
    void aWarmUpsPartOfAUserIsRoundedAsGatlingDoes() {
        Arrivals arrivals = Arrivals.of(new Scenario.Shape(true, false, 10_000 / 60.0, 0, 10, 60));

        assertThat(arrivals.users()).isEqualTo(1_667 + 10_000);
        assertThat(arrivals.offsetNanos(1_667)).isEqualTo(10 * SECOND);
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

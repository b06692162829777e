package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is learned of a flow: by which hours of the week, and how bunches count. */
class UsualRateTest {
    @Test
    void aWeekIsKnownWhenEachOfItsHoursWasSeen() {
        UsualRate rate = new UsualRate();
        rate.lead(0);
        rate.hourBegins(0);
        for (int i = 1; i < UsualRate.SLOTS; i++) {
            rate.hourEnds(i, i * UsualRate.HOUR_MILLIS);
            rate.hourBegins(i * UsualRate.HOUR_MILLIS);
        }
        boolean before = rate.known();

        rate.hourEnds(0, UsualRate.SLOTS * UsualRate.HOUR_MILLIS);

        assertThat(before).isFalse();
        assertThat(rate.known()).isTrue();
    }

    @Test
    void aBunchCountsAsOneAndIndependentLeadsAsMany() {
        assertThat(UsualRate.independent(0, 1)).isZero();
        assertThat(UsualRate.independent(1, 0.9)).isEqualTo(1);
        assertThat(UsualRate.independent(60, 59 / 60.0)).isEqualTo(1);
        assertThat(UsualRate.independent(3600, 1 / 3600.0)).isEqualTo(3600);
        // of a hundred independent ones the longest silence is a twentieth, more or less
        assertThat(UsualRate.independent(100, 0.052)).isCloseTo(100, within(1.0));
        assertThat(UsualRate.independent(1000, 0.052)).isCloseTo(100, within(2.0));
    }

    @Test
    void theWeekBeginsOnMonday() {
        long monday = Instant.parse("2026-11-16T00:00:00Z").toEpochMilli() / UsualRate.HOUR_MILLIS;

        assertThat(UsualRate.slot(monday)).isZero();
        assertThat(UsualRate.slot(monday - 1)).isEqualTo(167);
    }
}

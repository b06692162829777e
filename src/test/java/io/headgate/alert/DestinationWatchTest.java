package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.time.HeldClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a destination is told to be slow or to fail, and what ends that. */
class DestinationWatchTest {
    private static final String SLOW = "DestinationSlow/crm";
    private static final String FAILING = "DestinationFailing/crm";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final HeldClock clock = new HeldClock();
    private final Rung bell = new Rung();
    private final DestinationWatch watch = new DestinationWatch(clock);

    @Test
    void aDestinationIsSlowAfterFiveMinutesAboveTheLimit() {
        look(slow());
        pass(FIVE_MINUTES.minus(MOMENT), slow());
        boolean before = bell.fires(SLOW);
        pass(MOMENT, slow());

        assertThat(before).isFalse();
        assertThat(bell.fires(SLOW)).isTrue();
        assertThat(bell.of(SLOW).summary()).contains("crm").contains("1501 ms");
        assertThat(bell.of(SLOW).sinceMillis()).isEqualTo(clock.wallMillis() - FIVE_MINUTES.toMillis());
        assertThat(bell.priority(SLOW)).isEqualTo(Priority.P1);
    }

    @Test
    void atTheLimitItIsNotSlow() {
        look(took(1_500));
        pass(Duration.ofHours(1), took(1_500));

        assertThat(bell.fires(SLOW)).isFalse();
    }

    @Test
    void aMomentWithinTheLimitBeginsTheFiveMinutesAnew() {
        look(slow());
        pass(Duration.ofMinutes(4), slow());
        look(took(1_500));
        look(slow());
        pass(FIVE_MINUTES.minus(MOMENT), slow());

        assertThat(bell.fires(SLOW)).isFalse();
    }

    @Test
    void minutesWithoutADeliveryAreNoneWithAFastOne() {
        look(slow());
        pass(Duration.ofMinutes(2), slow());
        pass(Duration.ofMinutes(2), took(0));
        pass(Duration.ofMinutes(1), slow());

        assertThat(bell.fires(SLOW)).isTrue();
    }

    @Test
    void itIsFastAgainAfterAMinuteWithinTheLimit() {
        becomeSlow();
        look(took(1_500));
        pass(Duration.ofMinutes(1).minus(MOMENT), took(1_500));
        boolean before = bell.fires(SLOW);
        pass(MOMENT, took(1_500));

        assertThat(before).isTrue();
        assertThat(bell.of(SLOW)).isEqualTo(Rung.well("it is fast enough again"));
    }

    @Test
    void whereNothingIsDeliveredItIsOverAfterFiveMinutes() {
        becomeSlow();
        look(took(0));
        pass(FIVE_MINUTES.minus(MOMENT), took(0));
        boolean before = bell.fires(SLOW);
        pass(MOMENT, took(0));
        boolean after = bell.fires(SLOW);
        look(slow());

        assertThat(before).isTrue();
        assertThat(after).isFalse();
        assertThat(bell.fires(SLOW)).as("five minutes begin anew").isFalse();
    }

    @ParameterizedTest
    @CsvSource({"100, 5, false", "100, 6, true", "20, 1, false", "20, 2, true", "19, 19, false", "0, 0, false"})
    void itFailsWhenMoreThanFivePercentOfTwentyEventsOrMoreDo(long attempts, long failed, boolean fires) {
        look(tried(attempts, failed, "closed"));

        assertThat(bell.fires(FAILING)).isEqualTo(fires);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 6, closed, true",
        "100, 5, closed, false",
        "19, 1, closed, true",
        "19, 0, closed, false",
        "100, 0, open, true",
        "100, 0, half_open, true"
    })
    void itTakesEventsAgainWhenNoMoreThanThatFailAndItsBreakerIsClosed(
            long attempts, long failed, String breaker, boolean fires) {
        look(tried(100, 50, "closed"));

        look(tried(attempts, failed, breaker));

        assertThat(bell.fires(FAILING)).isEqualTo(fires);
    }

    @Test
    void aBreakerThatHasNotBeenClosedForAMinuteIsToldThoughHardlyAnythingIsTried() {
        look(tried(0, 0, "open"));
        pass(Duration.ofSeconds(30), tried(1, 1, "half_open"));
        pass(Duration.ofSeconds(30).minus(MOMENT), tried(1, 1, "open"));
        boolean before = bell.fires(FAILING);
        pass(MOMENT, tried(1, 1, "open"));

        assertThat(before).isFalse();
        assertThat(bell.fires(FAILING)).isTrue();
        assertThat(bell.of(FAILING).sinceMillis()).isEqualTo(clock.wallMillis() - 60_000);
        assertThat(bell.of(FAILING).details())
                .contains("Its last fault: 503 busy")
                .anyMatch(line -> line.startsWith("1 of the 1 events") && line.endsWith("its breaker is open."));
    }

    @Test
    void aBreakerThatClosesInBetweenBeginsTheMinuteAnew() {
        look(tried(0, 0, "open"));
        pass(Duration.ofSeconds(59), tried(0, 0, "open"));
        look(tried(0, 0, "closed"));
        look(tried(0, 0, "open"));
        pass(Duration.ofSeconds(59), tried(0, 0, "open"));

        assertThat(bell.fires(FAILING)).isFalse();
    }

    @Test
    void aRestartThatForgetsWhatFailedIsNoReasonToSayThatItTakesEvents() {
        look(tried(0, 0, "closed"));
        pass(FIVE_MINUTES.minus(MOMENT), tried(0, 0, "closed"));
        boolean before = bell.rings.containsKey(FAILING) || bell.rings.containsKey(SLOW);
        pass(MOMENT, tried(0, 0, "closed"));

        assertThat(before).isFalse();
        assertThat(bell.rings).containsKeys(FAILING, SLOW);
    }

    @Test
    void theWallClockHasNoSayInAnyOfIt() {
        look(slow());
        clock.step(Duration.ofDays(1));
        look(slow());
        clock.step(Duration.ofDays(-2));
        look(slow());
        look(new Facts.Target("crm", 1_501, 0, 0, "open", null));
        clock.step(Duration.ofDays(1));
        look(new Facts.Target("crm", 1_501, 0, 0, "open", null));

        assertThat(bell.changes).isEmpty();
    }

    @Test
    void aDestinationThatIsGoneIsToldOfNoMoreAndBeginsAnewWhenItComesBack() {
        becomeSlow();
        look(tried(100, 100, "closed"));
        watch.look(List.of(), false, bell);
        boolean unknown = bell.fires(SLOW) && bell.fires(FAILING);

        watch.look(List.of(), true, bell);

        assertThat(unknown).isTrue();
        assertThat(bell.of(SLOW)).isEqualTo(Rung.well("there is no such destination any more"));
        assertThat(bell.of(FAILING)).isEqualTo(Rung.well("there is no such destination any more"));
        look(slow());
        assertThat(bell.fires(SLOW)).isFalse();
    }

    @Test
    void eachDestinationIsWatchedByItself() {
        Facts.Target other = new Facts.Target("mail", 3, 100, 0, "closed", null);
        watch.look(List.of(tried(100, 100, "closed"), other), true, bell);

        assertThat(bell.fires(FAILING)).isTrue();
        assertThat(bell.fires("DestinationFailing/mail")).isFalse();
    }

    private void becomeSlow() {
        look(slow());
        pass(FIVE_MINUTES, slow());
        assertThat(bell.fires(SLOW)).isTrue();
    }

    private static Facts.Target slow() {
        return took(1_501);
    }

    private static Facts.Target took(long p95Millis) {
        return new Facts.Target("crm", p95Millis, 1, 0, "closed", null);
    }

    private static Facts.Target tried(long attempts, long failed, String breaker) {
        return new Facts.Target("crm", 0, attempts, failed, breaker, "503 busy");
    }

    private void look(Facts.Target target) {
        watch.look(List.of(target), true, bell);
    }

    private void pass(Duration time, Facts.Target target) {
        clock.pass(time);
        look(target);
    }
}

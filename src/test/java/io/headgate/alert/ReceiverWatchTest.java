package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.time.HeldClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a receiver is told to fail, and what ends that. */
class ReceiverWatchTest {
    private static final String ALERT = "ReceiverFailing/hook";
    private static final long FIVE_MINUTES = Duration.ofMinutes(5).toMillis();

    private final HeldClock clock = new HeldClock();
    private final Rung bell = new Rung();
    private final ReceiverWatch watch = new ReceiverWatch(clock);
    private boolean waits = true;

    @Test
    void aMessageThatIsNotTakenForFiveMinutesIsToldThoughOthersAre() {
        look(FIVE_MINUTES - 1, clock.wallMillis(), 0);
        boolean before = bell.fires(ALERT);
        look(FIVE_MINUTES, clock.wallMillis(), 0);

        assertThat(before).isFalse();
        assertThat(bell.fires(ALERT)).isTrue();
    }

    @Test
    void oneThatWasRefusedForGoodIsToldAtOnceAndOverWithTheNextThatIsTaken() {
        look(0, clock.wallMillis(), 0);
        clock.pass(Duration.ofSeconds(1));
        look(0, clock.wallMillis() - 1_000, 1);
        boolean refused = bell.fires(ALERT);
        clock.pass(Duration.ofSeconds(1));
        look(0, clock.wallMillis(), 1);

        assertThat(refused).isTrue();
        assertThat(bell.fires(ALERT)).isFalse();
    }

    @Test
    void oneThatWasRefusedForGoodIsOverAfterAnHourToo() {
        waits = false;
        look(0, 0, 1);
        clock.pass(Duration.ofMinutes(60).minusMillis(1));
        look(0, 0, 1);
        boolean before = bell.fires(ALERT);
        clock.pass(Duration.ofMillis(1));
        look(0, 0, 1);

        assertThat(before).isTrue();
        assertThat(bell.of(ALERT)).isEqualTo(Rung.well("no message waits for it any more"));
    }

    @Test
    void aRestartIsNoReasonToSayThatItTakesAlerts() {
        look(0, 0, 0);

        assertThat(bell.rings).doesNotContainKey(ALERT);
    }

    @Test
    void whereNothingWaitsForItAnyMoreItIsOverFiveMinutesAfterTheStart() {
        waits = false;
        clock.pass(Duration.ofMinutes(5).minusMillis(1));
        look(0, 0, 0);
        boolean before = bell.rings.containsKey(ALERT);
        clock.pass(Duration.ofMillis(1));
        look(0, 0, 0);

        assertThat(before).isFalse();
        assertThat(bell.of(ALERT)).isEqualTo(Rung.well("no message waits for it any more"));
    }

    private void look(long failingMillis, long lastSuccessMillis, long givenUp) {
        watch.look(
                List.of(new ReceiverStatus(
                        "hook", "webhook", 1, "404", lastSuccessMillis, failingMillis, 0, 1, givenUp)),
                name -> waits,
                bell);
    }
}

package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a maintenance window keeps quiet, and what not. */
class SilencesTest extends OneReceiver {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void anAlertThatASilenceCoversIsShownAndNotTold() {
        make("LeadFlowStopped", "shop");

        office.silent("shop");
        office.quiet();

        assertThat(told()).isEmpty();
        assertThat(office.status().firing().get(0).state()).isEqualTo("silenced");
    }

    @Test
    void anotherSourceAndAnotherAlertAreTold() {
        make("LeadFlowStopped", "shop");
        make("JournalCorrupt", "");

        office.silent("blog");
        office.quiet();

        assertThat(told()).containsExactly("firing headgate/gw-1/LeadFlowStopped/blog");
    }

    @Test
    void aSilenceWithoutSourceCoversEachAndAStarEveryAlert() {
        make("*", "");

        office.silent("shop");
        office.silent("*");
        office.disk(new Facts.Disk(0, 100, 1, 1));
        office.quiet();

        assertThat(told()).isEmpty();
        assertThat(office.status().firing()).hasSize(3);
    }

    @Test
    void aSilenceThatEndsWhileItFiresLetsThePageGo() {
        make("LeadFlowStopped", "shop");
        office.silent("shop");

        office.pass(HOUR.minusMillis(1));
        office.quiet();
        List<String> before = told();
        office.pass(Duration.ofMillis(1));
        office.quiet();

        assertThat(before).isEmpty();
        assertThat(told()).containsExactly("firing headgate/gw-1/LeadFlowStopped/shop");
    }

    @Test
    void anAlertThatBeginsAndEndsInASilenceIsNotToldAtAll() {
        make("LeadFlowStopped", "shop");
        office.silent("shop");

        office.flowing("shop");
        office.quiet();
        office.pass(HOUR);
        office.quiet();

        assertThat(told()).isEmpty();
    }

    @Test
    void whatWasToldBeforeASilenceIsToldToBeOverInIt() {
        office.silent("shop");
        office.quiet();
        make("LeadFlowStopped", "shop");
        office.pass(Office.REPEAT);
        office.quiet();

        office.flowing("shop");
        office.quiet();

        assertThat(told())
                .containsExactly(
                        "firing headgate/gw-1/LeadFlowStopped/shop", "resolved headgate/gw-1/LeadFlowStopped/shop");
    }

    @Test
    void aSilenceOutlivesTheProcessAndCanBeDeleted() {
        Silence made = make("LeadFlowStopped", "shop");
        office.stop();
        office.open();
        office.silent("shop");
        office.quiet();
        List<String> before = told();

        boolean deleted = office.loop.on(() -> office.desk.endSilence(made.id()));
        office.quiet();

        assertThat(before).isEmpty();
        assertThat(deleted).isTrue();
        assertThat(told()).hasSize(1);
        assertThat((boolean) office.loop.on(() -> office.desk.endSilence(made.id())))
                .isFalse();
    }

    @Test
    void oneThatWasMadeLastsAsLongAsWasSaidWhereverTheWallClockIsSetTo() {
        for (Duration step : List.of(Duration.ofDays(-1), Duration.ofHours(-1), HOUR, Duration.ofDays(1))) {
            Silence made = make("LeadFlowStopped", "shop");
            long wall = office.loop.clock.wallMillis();
            office.loop.clock.step(step);
            office.silent("shop");
            office.pass(HOUR.minusMillis(1));
            office.quiet();
            int before = told().size();
            Silence shown = office.status().silences().get(0);

            office.pass(Duration.ofMillis(1));
            office.quiet();

            assertThat(before).as("set by %s", step).isZero();
            assertThat(told()).containsExactly("firing headgate/gw-1/LeadFlowStopped/shop");
            assertThat(made.fromMillis()).isEqualTo(wall);
            assertThat(shown.fromMillis()).isEqualTo(wall + step.toMillis());
            assertThat(shown.toMillis()).isEqualTo(office.loop.clock.wallMillis());
            again();
        }
    }

    @Test
    void oneThatWasMadeGoesOnWhileTheMachineSleeps() {
        make("LeadFlowStopped", "shop");
        office.silent("shop");

        office.loop.clock.sleep(HOUR);
        office.quiet();

        assertThat(told()).hasSize(1);
    }

    @Test
    void oneThatWasMadeGoesOnOverRestartsAndStepsBeforeAKill() {
        for (Duration step : List.of(Duration.ofDays(-1), Duration.ZERO, Duration.ofDays(1))) {
            make("LeadFlowStopped", "shop");
            office.pass(Duration.ofMinutes(20));
            office.loop.clock.step(step);
            office.pass(Duration.ofMinutes(10));
            office.kill();
            office.loop.clock.pass(Duration.ofMinutes(10));
            office.open();
            office.silent("shop");

            office.pass(Duration.ofMinutes(20).minusMillis(1));
            office.quiet();
            List<String> before = told();
            office.pass(Duration.ofMillis(1));
            office.quiet();

            assertThat(before).as("set by %s", step).isEmpty();
            assertThat(told()).hasSize(1);
            again();
        }
    }

    @Test
    void aClockThatIsSetBackWhileTheProcessIsAwayMakesNoSilenceLonger() {
        make("LeadFlowStopped", "shop");
        office.pass(Duration.ofMinutes(30));
        office.stop();
        office.loop.clock.step(Duration.ofDays(-1));
        office.open();
        office.silent("shop");

        office.pass(Duration.ofMinutes(30).minusMillis(1));
        office.quiet();
        List<String> before = told();
        office.pass(Duration.ofMillis(1));
        office.quiet();

        assertThat(before).isEmpty();
        assertThat(told()).hasSize(1);
    }

    @Test
    void oneThatIsOverIsShownForADay() {
        make("LeadFlowStopped", "shop");
        office.pass(HOUR.plusDays(1));
        List<Silence> aDayLater = office.status().silences();
        office.pass(Duration.ofMillis(1));

        assertThat(aDayLater).hasSize(1);
        assertThat(office.status().silences()).isEmpty();
        office.kill();
        office.open();
        assertThat(office.status().silences()).isEmpty();
    }

    @Test
    void oneOfTheConfigurationHoldsFromItsBeginningToItsEndAndCannotBeDeleted() {
        office.kill();
        long now = office.loop.clock.wallMillis();
        office.silences =
                List.of(new Silence("config-1", "LeadFlowStopped", "", now + 1, now + HOUR.toMillis(), "closed"));
        office.open();

        boolean early = covered();
        office.loop.clock.pass(Duration.ofMillis(1));
        boolean first = covered();
        office.loop.clock.pass(HOUR.minusMillis(2));
        boolean last = covered();
        office.loop.clock.pass(Duration.ofMillis(1));

        assertThat(List.of(early, first, last, covered())).containsExactly(false, true, true, false);
        assertThat((boolean) office.loop.on(() -> office.desk.endSilence("config-1")))
                .isFalse();
    }

    @Test
    void thereIsALimitToTheirNumber() {
        for (int i = 0; i < Silences.MADE_MAX; i++) {
            make("LeadFlowStopped", "shop");
        }

        assertThat(catchThrowable(() -> make("LeadFlowStopped", "shop"))).hasMessageContaining("1000 silences already");
    }

    /** As if nothing had happened. */
    private void again() {
        office.close();
        receiver.requests().clear();
        office = new Office(dir.resolve(UUID.randomUUID().toString()), Office.hook("hook", receiver));
    }

    private boolean covered() {
        return office.status()
                .silences()
                .get(0)
                .covers(new AlertKey("gw-1", AlertName.LEAD_FLOW_STOPPED, "shop"), office.loop.clock.wallMillis());
    }

    private Silence make(String alert, String label) {
        return office.loop.on(() -> office.desk.silence(alert, label, HOUR, "release"));
    }

    private List<String> told() {
        return receiver.requests().stream()
                .map(Office::body)
                .map(body -> body.getString("status") + " " + body.getString("key"))
                .toList();
    }
}

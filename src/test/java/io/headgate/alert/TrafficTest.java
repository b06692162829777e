package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.time.HeldClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an alert says of who posts: so that nobody is sent to the wrong side of the gateway. */
class TrafficTest {
    private static final Facts FACTS = new Facts("stream", false, null, true, List.of(), null, Facts.Processing.NONE);

    private final HeldClock clock = new HeldClock();
    private long refusedAtTheDoor = 7;
    private final Traffic traffic = new Traffic(List.of("shop", "blog"), () -> refusedAtTheDoor, clock);
    private final NoticeText text = new NoticeText(() -> FACTS, traffic, "README.md", clock);

    @Test
    void nobodyPosts() {
        traffic.count("blog", Traffic.Fate.ACCEPTED, 5);

        assertThat(said("shop"))
                .startsWith("From shop since the gateway's start 0 m ago: 0 events accepted, 0 duplicate, 0 rejected,"
                        + " 0 refused; 0 requests refused")
                .endsWith("Nothing is posted: the fault is before this gateway.");
        assertThat(said("*")).contains("From all sources since", "5 events accepted");
    }

    @Test
    void requestsThatAreRefusedAtTheDoorAreNotNothing() {
        refusedAtTheDoor += 3;

        assertThat(said("shop")).contains("3 requests refused").contains("a wrong key");
    }

    @Test
    void everythingIsRejectedOrSentAgainOrRefused() {
        traffic.count("shop", Traffic.Fate.DUPLICATE, 2);
        String again = said("shop");
        traffic.count("shop", Traffic.Fate.REJECTED, 4);
        String rejected = said("shop");
        traffic.count("shop", Traffic.Fate.ACCEPTED, 1);
        String accepted = said("shop");
        traffic.count("shop", Traffic.Fate.REFUSED, 9);

        assertThat(again).contains("2 duplicate").endsWith("Only events that were stored before are sent again.");
        assertThat(rejected).contains("4 rejected").endsWith("GET /quarantine shows why.");
        assertThat(accepted).endsWith("It still posts; what is missing is leads.");
        assertThat(said("shop")).contains("9 refused").endsWith("This gateway refuses events: see IntakeRefusing.");
    }

    @Test
    void anHourIsForgottenAfterAnHour() {
        traffic.count("shop", Traffic.Fate.REJECTED, 4);
        refusedAtTheDoor += 3;
        pass(Duration.ofMinutes(60));
        String within = said("shop");
        pass(Duration.ofMinutes(5));

        assertThat(within).contains("in the last hour", "4 rejected", "3 requests refused");
        assertThat(said("shop")).contains("0 rejected", "0 requests refused");
    }

    private void pass(Duration time) {
        for (long minutes = time.toMinutes(); minutes > 0; minutes--) {
            clock.pass(Duration.ofMinutes(1));
            traffic.look();
        }
    }

    private String said(String source) {
        Firing alert = new Firing(
                new AlertKey("gw-1", AlertName.LEAD_FLOW_STOPPED, source), "e", 1, 1, Priority.P0, "No lead");
        return text.notice(alert, "id", null).details().get(0);
    }
}

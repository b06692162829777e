package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is told of what, where things change while an alert fires; and what is kept of an earlier process. */
class AlertsTest extends OneReceiver {
    @Test
    void whatBecameUrgentUnderASilenceIsToldWhenItEnds() {
        office.disk(new Facts.Disk(71, 100, 0, 0));
        office.quiet();
        office.loop.on(() -> office.desk.silence("JournalFilling", "", Duration.ofMinutes(2), "known"));
        office.disk(new Facts.Disk(96, 100, 0, 0));
        office.quiet();
        int silenced = receiver.requests().size();

        office.pass(Duration.ofMinutes(2));
        office.quiet();

        assertThat(silenced).isEqualTo(1);
        assertThat(receiver.requests())
                .extracting(request -> Office.body(request).getString("priority"))
                .containsExactly("P1", "P0");
    }

    @Test
    void whatBecameUrgentIsNotToldAgainAfterARestart() {
        office.disk(new Facts.Disk(96, 100, 0, 0));
        office.quiet();
        office.stop();
        office.open();
        office.disk(new Facts.Disk(96, 100, 0, 0));
        office.quiet();

        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void aReceiverThatIsNewIsToldAndTheOthersAreNot() {
        office.silent("shop");
        office.quiet();
        office.stop();

        office.receivers = List.of(Office.hook("hook", receiver), Office.hook("new", receiver));
        office.open();
        office.quiet();

        assertThat(receiver.requests())
                .extracting(PlayingReceiver.Request::path)
                .containsExactly("/hook", "/new");
    }

    @Test
    void thousandsOfAlertsAtOnceBeginAFewAtALookAndAllTogetherFirst() {
        List<String> sources = IntStream.range(0, 120).mapToObj(i -> "s" + i).toList();
        Runnable look = () -> office.tell(bell -> {
            fire(bell, "*");
            sources.forEach(source -> fire(bell, source));
        });
        look.run();
        int first = office.status().firing().size();
        look.run();
        look.run();
        office.quiet();

        assertThat(first).isEqualTo(50);
        assertThat(office.status().firing()).hasSize(121);
        assertThat(receiver.requests()).hasSize(121);
        // four are on their way at once
        assertThat(receiver.requests().stream().limit(Courier.UNDER_WAY_MAX).map(request -> Office.body(request)
                        .getString("source")))
                .contains("*");
    }

    @Test
    void anEntryThatCannotBeReadCostsOnlyItself() {
        JsonObject good = new Firing(
                        new AlertKey("gw-1", AlertName.LEAD_FLOW_STOPPED, "shop"), "e", 1, 1, Priority.P0, "No lead")
                .toJson();
        JsonObject ofANewerProgram = good.copy().put("alert", "DeadLetters");
        AlertState state = AlertState.read(new JsonObject()
                .put("format", AlertState.FORMAT)
                .put("firing", new JsonArray().add(ofANewerProgram).add(good))
                .put("messages", new JsonArray().add(new JsonObject().put("notice", new JsonObject()))));

        assertThat(state.firing()).extracting(firing -> firing.key.label()).containsExactly("shop");
        Outbox outbox = new Outbox(Map.of());
        state.each("messages", outbox::restore);
        assertThat(outbox.size()).isZero();
    }

    private static void fire(Bell bell, String source) {
        bell.firing(
                AlertName.LEAD_FLOW_STOPPED, source, Priority.P0, Notices.SINCE, "No lead", List.of(), Notices.LEAD);
    }
}

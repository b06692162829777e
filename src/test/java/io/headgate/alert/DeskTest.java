package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;
import static io.headgate.alert.PlayingReceiver.hang;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Alerts from their beginning to their end, as a receiver hears of them. */
class DeskTest extends OneReceiver {
    @Test
    void anAlertIsToldOnceThoughTheWatchTellsItAtEachLook() {
        office.silent("shop");
        office.silent("shop");
        office.quiet();
        office.pass(Office.REPEAT.minusMillis(1));
        office.silent("shop");
        office.quiet();

        assertThat(receiver.requests()).hasSize(1);
        JsonObject body = Office.body(receiver.requests().get(0));
        assertThat(body.getString("key")).isEqualTo(KEY);
        assertThat(body.getString("status")).isEqualTo("firing");
        assertThat(body.getString("runbook")).isEqualTo("README.md#leadflowstopped");
        assertThat(details(body))
                .contains("The limit is 4 h 0 m.")
                .anyMatch(
                        line -> line.contains(
                                "0 events accepted, 0 duplicate, 0 rejected, 0 refused; 0 requests refused, of any source. Nothing is posted"))
                .anyMatch(line -> line.startsWith("Look first: "));
    }

    @Test
    void itIsToldAgainAfterTheRepeatAndThenThatItIsOver() {
        office.silent("shop");
        office.quiet();
        office.pass(Office.REPEAT);
        office.quiet();
        String repeated = office.status().firing().get(0).state();
        office.flowing("shop");
        office.quiet();

        assertThat(repeated).isEqualTo("repeating");
        assertThat(told("key")).containsExactly(KEY, KEY, KEY);
        assertThat(told("status")).containsExactly("firing", "firing", "resolved");
        assertThat(ids()).doesNotHaveDuplicates();
        assertThat(office.status().firing()).isEmpty();
        assertThat(office.status().recent().get(0).reason()).isEqualTo("leads are accepted again");
    }

    @Test
    void whatNeverFiredIsNotToldToBeOver() {
        office.flowing("shop");
        office.quiet();

        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void anAlertThatEndsWhileNobodyListensIsToldFromItsBeginning() {
        receiver.play(answer(503));
        office.silent("shop");
        receiver.request(1);
        office.flowing("shop");
        receiver.play(answer(200));

        Eventually.isTrue(() -> {
            office.pass(Duration.ofSeconds(1));
            return office.desk.waiting() == 0;
        });

        assertThat(told("status")).endsWith("firing", "resolved");
    }

    @Test
    void aReceiverHearsOnlyOfItsPriorities() {
        PlayingReceiver urgent = PlayingReceiver.playing(answer(200));
        office.kill();
        office.receivers = List.of(
                Office.hook("hook", receiver),
                new ReceiverSettings.Slack("urgent", urgent.url("/"), Set.of(Priority.P0)));
        office.open();

        office.disk(new Facts.Disk(71, 100, 0, 0));
        office.quiet();
        int before = urgent.requests().size();
        office.disk(new Facts.Disk(96, 100, 0, 0));
        office.quiet();

        assertThat(before).isZero();
        assertThat(urgent.requests()).hasSize(1);
        assertThat(told("priority")).containsExactly("P1", "P0");
        urgent.close();
    }

    @Test
    void aReceiverThatHasFailedForFiveMinutesIsReportedToTheOthers() {
        PlayingReceiver dead = PlayingReceiver.playing(answer(503));
        office.kill();
        office.receivers = List.of(Office.hook("hook", receiver), Office.hook("dead", dead));
        office.open();
        office.silent("shop");
        dead.request(1);
        Eventually.isTrue(() -> failing("dead"));

        office.pass(Duration.ofMinutes(5).minusMillis(1));
        List<String> before = told("alert");
        office.pass(Duration.ofMillis(1));
        receiver.request(before.size() + 1);

        assertThat(before).doesNotContain("ReceiverFailing");
        assertThat(told("alert")).contains("ReceiverFailing");
        assertThat(told("key")).contains("headgate/gw-1/ReceiverFailing/dead");
        assertThat(dead.requests()).noneMatch(request -> request.body().contains("ReceiverFailing"));
        dead.close();
    }

    @Test
    void aReceiverThatHangsDelaysNoOther() {
        PlayingReceiver hung = PlayingReceiver.playing(hang());
        office.kill();
        office.receivers = List.of(Office.hook("hung", hung), Office.hook("hook", receiver));
        office.open();

        office.silent("shop");
        receiver.request(1);

        assertThat(told("key")).containsExactly(KEY);
        hung.close();
    }

    @Test
    void corruptionIsOverWhenAnOperatorSaysSoAndOnlyWhatIsNewRingsAgain() {
        office.disk(new Facts.Disk(0, 100, 3, 1));
        office.quiet();
        boolean acknowledged = office.loop.on(() -> office.desk.acknowledge(AlertName.JOURNAL_CORRUPT));
        office.disk(new Facts.Disk(0, 100, 3, 1));
        office.quiet();
        office.stop();
        office.open();
        office.disk(new Facts.Disk(0, 100, 0, 1));
        office.quiet();
        List<String> before = told("status");
        office.disk(new Facts.Disk(0, 100, 0, 2));
        office.quiet();

        assertThat(acknowledged).isTrue();
        assertThat(before).containsExactly("firing", "resolved");
        assertThat(told("status")).containsExactly("firing", "resolved", "firing");
        assertThat((boolean) office.loop.on(() -> office.desk.acknowledge(AlertName.FAILOVER_ACTIVE)))
                .isFalse();
    }

    private boolean failing(String name) {
        return office.status().receivers().stream()
                .anyMatch(each -> each.name().equals(name) && !each.lastAnswer().isEmpty());
    }
}

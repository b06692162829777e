package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Told;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Alerts over restarts, renames, kills and disks that fail, as a receiver hears of them. */
class DeskRestartTest extends OneReceiver {
    @Test
    void aRestartWhileItFiresDoesNotRing() {
        office.silent("shop");
        office.quiet();

        office.stop();
        office.loop.clock.pass(Duration.ofMinutes(10));
        office.open();
        office.silent("shop");
        office.quiet();

        assertThat(receiver.requests()).hasSize(1);
        office.pass(Office.REPEAT.minusMinutes(10));
        office.quiet();
        assertThat(told("status")).containsExactly("firing", "firing");
    }

    @Test
    void aMessageThatWaitsForItsReceiverIsSentByTheNextProcessUnderTheSameId() {
        receiver.play(answer(500));
        office.silent("shop");
        receiver.request(1);

        office.kill();
        receiver.play(answer(200));
        office.open();
        office.quiet();

        assertThat(ids().stream().distinct()).hasSize(1);
        assertThat(receiver.requests()).hasSizeGreaterThan(1);
    }

    @Test
    void whatWasConfirmedIsNotSentAgain() {
        office.silent("shop");
        office.quiet();
        office.pass(Duration.ofSeconds(1));
        office.kill();

        office.open();
        office.quiet();

        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void anAlertOfAnInstanceThatHasAnotherNameNowEndsUnderItsOldKey() {
        office.silent("shop");
        office.quiet();
        office.stop();

        office.instance = "gw-2";
        office.open();
        office.silent("shop");
        office.quiet();

        assertThat(told("key")).containsExactlyInAnyOrder(KEY, KEY, "headgate/gw-2/LeadFlowStopped/shop");
        JsonObject over = bodyOf("resolved");
        assertThat(over.getString("key")).isEqualTo(KEY);
        assertThat(details(over)).containsExactly("It is over: this gateway is called gw-2 now.");
    }

    @Test
    void theAlertOfASourceThatIsTakenOutOfTheConfigurationEnds() {
        office.silent("shop");
        office.silent("*");
        office.quiet();
        office.stop();

        office.sources = List.of("blog");
        office.open();
        office.quiet();

        assertThat(bodyOf("resolved").getString("key")).isEqualTo(KEY);
        assertThat(details(bodyOf("resolved"))).containsExactly("It is over: source shop is not configured any more.");
        assertThat(office.status().firing())
                .extracting(AlertsStatus.Alert::key)
                .containsExactly("headgate/gw-1/LeadFlowStopped/*");
    }

    @Test
    void theAlertOfAGroupThatWasRemovedMeanwhileEndsAndThatOfAnotherDoesNot() {
        office.tell(bell -> {
            groupIdle(bell, "crm");
            groupIdle(bell, "mail");
        });
        office.quiet();
        office.stop();
        office.open();

        office.tell(bell -> bell.gone(AlertName.GROUP_IDLE, Set.of("mail"), "there is no such group any more"));
        office.quiet();

        JsonObject over = bodyOf("resolved");
        assertThat(over.getString("key")).isEqualTo("headgate/gw-1/GroupIdle/crm");
        assertThat(over.getString("group")).isEqualTo("crm");
        assertThat(office.status().firing())
                .extracting(AlertsStatus.Alert::key)
                .containsExactly("headgate/gw-1/GroupIdle/mail");
    }

    private static void groupIdle(Bell bell, String group) {
        bell.firing(AlertName.GROUP_IDLE, group, Priority.P1, Notices.SINCE, "Nobody reads", List.of(), null);
    }

    @Test
    void thePageGoesOutWhereNoStateCanBeWritten() throws Exception {
        office.kill();
        office = new Office(
                Files.writeString(dir.resolve("file"), "where the directory should be"), office.receivers.get(0));

        office.silent("shop");
        receiver.request(1);

        assertThat(told("key")).containsExactly(KEY);
        assertThat(office.status().stateTrouble()).contains("states");
    }

    @Test
    void thePageGoesOutWhereTheDiskHangs() {
        office.holdWrites();

        office.silent("shop");
        office.pass(Duration.ofMillis(AlertStore.PATIENCE_MILLIS));
        receiver.request(1);

        assertThat(told("key")).containsExactly(KEY);
    }

    @Test
    void nothingIsGivenToACourierBeforeItIsOnDisk() {
        office.holdWrites();
        office.silent("shop");
        office.pass(Duration.ofMillis(AlertStore.PATIENCE_MILLIS - 1));
        int before = office.status().receivers().get(0).waiting();

        office.writeOne();
        receiver.request(1);

        assertThat(before).isZero();
    }

    @Test
    void thatAReceiverIsGoneThatWouldHearTheEndIsLogged() {
        office.silent("shop");
        office.silent("blog");
        office.quiet();
        office.stop();
        office.receivers = List.of(Office.hook("renamed", receiver));

        try (Told told = new Told("alert")) {
            office.open();
            List<String> gone = told.lines("alert_receiver_gone");

            assertThat(gone).hasSize(2);
            assertThat(gone.get(0)).startsWith("WARN ").contains("key=" + KEY, "told=[hook]");
        }
    }

    @Test
    void theStateHasItsRoomBeforeThereIsAnythingToTell() {
        assertThat(office.dir.resolve("states")).hasSize(2L * SlotFile.SLOT_BYTES_MIN);
    }

    @Test
    void aStateThatCannotBeReadIsPutAsideAndTheWatchStarts() throws Exception {
        byte[] damage = "no slot of it is whole".getBytes(StandardCharsets.UTF_8);
        office.silent("shop");
        office.quiet();
        office.kill();
        Files.write(office.dir.resolve("states"), damage);

        office.open();
        office.silent("shop");
        office.quiet();

        assertThat(office.dir.resolve("states.bad")).hasBinaryContent(damage);
        assertThat(office.dir.resolve("states")).hasSize(2L * SlotFile.SLOT_BYTES_MIN);
        assertThat(told("key")).containsExactly(KEY, KEY);
        assertThat(office.status().stateTrouble()).isNull();
    }

    private JsonObject bodyOf(String status) {
        return receiver.requests().stream()
                .map(Office::body)
                .filter(body -> body.getString("status").equals(status))
                .findFirst()
                .orElseThrow();
    }
}

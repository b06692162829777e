package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;
import static io.headgate.alert.PlayingReceiver.hang;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.PostResult;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notices of one receiver: which go in order, which side by side, which are taken back. */
class CourierOrderTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Round round = new Round();
    private final Loop loop = round.loop;
    private final PlayingReceiver receiver = round.receiver;
    private final Courier courier = round.courier;

    @AfterEach
    void close() {
        round.close();
    }

    @Test
    void noticesOfOneKeyGoInOrder() {
        receiver.play(answer(500), answer(200));
        Future<Fate> firing = round.send(Notices.silent("n1", "shop"));
        Future<Fate> resolved = round.send(Notices.flowing("n2", "shop"));
        assertThat(courier.status().waiting()).isEqualTo(2);

        round.awaitRest(1);
        assertThat(resolved.isComplete()).isFalse();
        loop.pass(Duration.ofSeconds(1));
        Loop.await(firing);
        Loop.await(resolved);

        assertThat(receiver.requests())
                .extracting(request -> request.body().contains("LeadFlowStopped firing"))
                .containsExactly(true, true, false);
    }

    @Test
    void aKeyThatRestsDelaysNoOther() {
        receiver.play(answer(500), answer(200));
        round.send(Notices.silent("n1", "shop"));
        round.awaitRest(1);

        Fate other = Loop.await(round.send(Notices.silent("n2", "blog")));

        assertThat(other.end()).isEqualTo(Fate.End.DELIVERED);
        assertThat(courier.status().waiting()).isEqualTo(1);
    }

    @Test
    void fourAreUnderWayAtMostAndTheMostUrgentGoFirst() {
        receiver.play(hang());
        sendMany("first", Courier.UNDER_WAY_MAX);
        receiver.request(Courier.UNDER_WAY_MAX);
        round.send(Notices.journalFilling("p1", Priority.P1, null));
        sendMany("second", Courier.UNDER_WAY_MAX);
        assertThat(courier.status().waiting()).isEqualTo(9);

        loop.pass(Post.DEADLINE);
        receiver.request(2 * Courier.UNDER_WAY_MAX);

        assertThat(receiver.requests())
                .hasSize(2 * Courier.UNDER_WAY_MAX)
                .allSatisfy(request -> assertThat(request.body()).contains("P0 LeadFlowStopped"));
    }

    @Test
    void aReceiverThatHangsDelaysNoOther() {
        try (PlayingReceiver hanging = PlayingReceiver.playing(hang())) {
            Courier slow = round.slack("slow", hanging);
            for (int i = 0; i < 10; i++) {
                Notice notice = Notices.silent("n" + i, "source" + i);
                loop.on(() -> slow.send(notice));
            }
            hanging.request(Courier.UNDER_WAY_MAX);

            Fate fate = Loop.await(round.send(Notices.silent("n1", "shop")));

            assertThat(fate.end()).isEqualTo(Fate.End.DELIVERED);
            assertThat(slow.status().waiting()).isEqualTo(10);
            loop.on(slow::stop);
        }
    }

    @Test
    void whatWasNeverTriedIsWithdrawnWithoutATrace() {
        receiver.play(hang());
        round.send(Notices.silent("n1", "shop"));
        Future<Fate> second = round.send(Notices.flowing("n2", "shop"));

        loop.run(() -> courier.withdraw("n2"));

        assertThat(Loop.await(second)).isEqualTo(new Fate(Fate.End.WITHDRAWN, ""));
        assertThat(courier.status().waiting()).isEqualTo(1);
    }

    @Test
    void whatRestsIsWithdrawnAndTheNextOfItsKeyGoes() {
        receiver.play(answer(500), answer(200));
        Future<Fate> first = round.send(Notices.silent("n1", "shop"));
        Future<Fate> second = round.send(Notices.flowing("n2", "shop"));
        round.awaitRest(1);

        loop.run(() -> courier.withdraw("n1"));

        assertThat(Loop.await(first).end()).isEqualTo(Fate.End.WITHDRAWN);
        assertThat(Loop.await(second).end()).isEqualTo(Fate.End.DELIVERED);
        loop.pass(MINUTE);
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void whatIsWithdrawnWhileUnderWayIsDeliveredIfItIsTakenAndTriedNoMoreIfNot() {
        receiver.play(hang());
        Future<Fate> fate = round.send(Notices.silent("n1", "shop"));
        Future<Fate> next = round.send(Notices.flowing("n2", "shop"));
        receiver.request(1);

        loop.run(() -> courier.withdraw("n1"));
        assertThat(fate.isComplete()).isFalse();
        receiver.play(answer(200));
        loop.pass(Post.DEADLINE);

        assertThat(Loop.await(fate)).isEqualTo(new Fate(Fate.End.WITHDRAWN, "no answer within 10 s"));
        assertThat(Loop.await(next).end()).isEqualTo(Fate.End.DELIVERED);
    }

    @Test
    void theSameNoticeIsNotOnItsWayTwice() {
        receiver.play(answer(500));
        Future<Fate> first = round.send(Notices.silent("n1", "shop"));
        Future<Fate> again = round.send(Notices.silent("n1", "shop"));

        assertThat(again).isSameAs(first);
        assertThat(courier.status().waiting()).isEqualTo(1);
    }

    @Test
    void aTestGoesPastWhateverWaits() {
        receiver.play(hang());
        for (int i = 0; i < 5; i++) {
            round.send(Notices.silent("n" + i, "source" + i));
        }
        receiver.request(Courier.UNDER_WAY_MAX);
        receiver.play(answer(200));

        PostResult result = Loop.await(loop.on(() -> courier.test(Notices.silent("t", "test"))));

        assertThat(result.delivered()).isTrue();
        assertThat(courier.status().waiting()).isEqualTo(5);
    }

    private void sendMany(String prefix, int count) {
        for (int i = 0; i < count; i++) {
            round.send(Notices.silent(prefix + i, prefix + i));
        }
    }
}

package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;
import static io.headgate.alert.PlayingReceiver.answerWith;
import static io.headgate.alert.PlayingReceiver.hang;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.headgate.meter.Meters;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A notice's way to one receiver: retries, order, what is side by side, what is taken back. */
class CourierTest {
    /** Half of what it may give: no jitter. */
    private static final RandomGenerator MIDDLE = () -> Long.MIN_VALUE;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Loop loop = new Loop();
    private final Meters meters = new Meters();
    private final PlayingReceiver receiver = PlayingReceiver.playing(answer(200));
    private final Courier courier = slack("chat", receiver);

    @AfterEach
    void close() {
        loop.on(courier::stop);
        receiver.close();
        meters.close();
        loop.close();
    }

    @Test
    void aNoticeThatIsTakenIsDelivered() {
        Fate fate = Loop.await(send(Notices.silent("n1", "shop")));

        assertThat(fate).isEqualTo(new Fate(Fate.End.DELIVERED, "200"));
        assertThat(courier.status())
                .isEqualTo(new ReceiverStatus("chat", "slack", 0, "200", loop.clock.wallMillis(), 0, 1, 1, 0));
        assertThat(meters.scrape())
                .contains("headgate_alert_attempts_total{receiver=\"chat\",result=\"2xx\"} 1.0")
                .contains("headgate_alert_delivered_total{receiver=\"chat\"} 1.0")
                .contains("headgate_alert_waiting{receiver=\"chat\"} 0.0");
    }

    @Test
    void itIsTriedAfter1And2And5And10And30AndThenEvery60SecondsUntilItIsTaken() {
        receiver.play(answer(500));
        Future<Fate> fate = send(Notices.silent("n1", "shop"));

        int attempt = 1;
        for (int seconds : List.of(1, 2, 5, 10, 30, 60, 60, 60)) {
            awaitRest(attempt++);
            loop.pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(receiver.requests()).hasSize(attempt - 1);
            if (attempt == 9) {
                receiver.play(answer(202));
            }
            loop.pass(Duration.ofMillis(1));
            receiver.request(attempt);
        }

        assertThat(Loop.await(fate)).isEqualTo(new Fate(Fate.End.DELIVERED, "202"));
        assertThat(receiver.requests()).hasSize(9);
        assertThat(courier.status().attempts()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 403, 404, 408, 410, 429, 500, 503})
    void whateverIsNo2xxIsTriedAgain(int status) {
        receiver.play(answer(status), answer(204));

        Future<Fate> fate = send(Notices.silent("n1", "shop"));
        awaitRest(1);
        loop.pass(Duration.ofSeconds(1));

        assertThat(Loop.await(fate).end()).isEqualTo(Fate.End.DELIVERED);
        assertThat(receiver.requests().get(0)).isEqualTo(receiver.requests().get(1));
    }

    @Test
    void retryAfterIsWaitedForAndNoLongerThanFiveMinutes() {
        receiver.play(answer(429, "Retry-After: 20"), answer(503, "Retry-After: 86400"), answer(200));
        Future<Fate> fate = send(Notices.silent("n1", "shop"));

        awaitRest(1);
        loop.pass(Duration.ofMillis(19_999));
        assertThat(receiver.requests()).hasSize(1);
        loop.pass(Duration.ofMillis(1));
        awaitRest(2);
        loop.pass(Duration.ofMillis(299_999));
        assertThat(receiver.requests()).hasSize(2);
        loop.pass(Duration.ofMillis(1));

        assertThat(Loop.await(fate).end()).isEqualTo(Fate.End.DELIVERED);
    }

    @Test
    void aShortRetryAfterDoesNotHurryIt() {
        receiver.play(answer(503, "Retry-After: 0"));
        send(Notices.silent("n1", "shop"));

        awaitRest(1);
        loop.pass(Duration.ofMillis(999));

        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void whatPagerDutyCallsABadEventIsGivenUpAndCounted() {
        Courier pagerDuty = courier(
                new ReceiverSettings.PagerDuty("oncall", receiver.url("/v2/enqueue"), "R0123456789", Notices.ALL));
        receiver.play(answerWith(400, "{\"status\":\"invalid event\"}"));

        Fate fate = Loop.await(loop.on(() -> pagerDuty.send(Notices.silent("n1", "shop"))));

        assertThat(fate).isEqualTo(new Fate(Fate.End.GIVEN_UP, "400 {\"status\":\"invalid event\"}"));
        assertThat(pagerDuty.status().givenUp()).isEqualTo(1);
        assertThat(pagerDuty.status().waiting()).isZero();
        assertThat(pagerDuty.status().failingMillis()).isZero();
    }

    @Test
    void noticesOfOneKeyGoInOrder() {
        receiver.play(answer(500), answer(200));
        Future<Fate> firing = send(Notices.silent("n1", "shop"));
        Future<Fate> resolved = send(Notices.flowing("n2", "shop"));
        assertThat(courier.status().waiting()).isEqualTo(2);

        awaitRest(1);
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
        send(Notices.silent("n1", "shop"));
        awaitRest(1);

        Fate other = Loop.await(send(Notices.silent("n2", "blog")));

        assertThat(other.end()).isEqualTo(Fate.End.DELIVERED);
        assertThat(courier.status().waiting()).isEqualTo(1);
    }

    @Test
    void fourAreUnderWayAtMostAndTheMostUrgentGoFirst() {
        receiver.play(hang());
        sendMany("first", Courier.UNDER_WAY_MAX);
        receiver.request(Courier.UNDER_WAY_MAX);
        send(Notices.journalFilling("p1", Priority.P1, null));
        sendMany("second", Courier.UNDER_WAY_MAX);
        assertThat(courier.status().waiting()).isEqualTo(9);

        loop.pass(Post.DEADLINE);
        receiver.request(2 * Courier.UNDER_WAY_MAX);

        assertThat(receiver.requests())
                .hasSize(2 * Courier.UNDER_WAY_MAX)
                .allSatisfy(request -> assertThat(request.body()).contains("P0 LeadFlowStopped"));
    }

    private void sendMany(String prefix, int count) {
        for (int i = 0; i < count; i++) {
            send(Notices.silent(prefix + i, prefix + i));
        }
    }

    @Test
    void aReceiverThatHangsDelaysNoOther() {
        try (PlayingReceiver hanging = PlayingReceiver.playing(hang())) {
            Courier slow = slack("slow", hanging);
            for (int i = 0; i < 10; i++) {
                Notice notice = Notices.silent("n" + i, "source" + i);
                loop.on(() -> slow.send(notice));
            }
            hanging.request(Courier.UNDER_WAY_MAX);

            Fate fate = Loop.await(send(Notices.silent("n1", "shop")));

            assertThat(fate.end()).isEqualTo(Fate.End.DELIVERED);
            assertThat(slow.status().waiting()).isEqualTo(10);
            loop.on(slow::stop);
        }
    }

    @Test
    void whatWasNeverTriedIsWithdrawnWithoutATrace() {
        receiver.play(hang());
        send(Notices.silent("n1", "shop"));
        Future<Fate> second = send(Notices.flowing("n2", "shop"));

        assertThat(loop.on(() -> courier.withdraw("n2"))).isTrue();

        assertThat(Loop.await(second)).isEqualTo(new Fate(Fate.End.WITHDRAWN, ""));
        assertThat(courier.status().waiting()).isEqualTo(1);
    }

    @Test
    void whatRestsIsWithdrawnAndTheNextOfItsKeyGoes() {
        receiver.play(answer(500), answer(200));
        Future<Fate> first = send(Notices.silent("n1", "shop"));
        Future<Fate> second = send(Notices.flowing("n2", "shop"));
        awaitRest(1);

        assertThat(loop.on(() -> courier.withdraw("n1"))).isFalse();

        assertThat(Loop.await(first).end()).isEqualTo(Fate.End.WITHDRAWN);
        assertThat(Loop.await(second).end()).isEqualTo(Fate.End.DELIVERED);
        loop.pass(MINUTE);
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void whatIsWithdrawnWhileUnderWayIsDeliveredIfItIsTakenAndTriedNoMoreIfNot() {
        receiver.play(hang());
        Future<Fate> fate = send(Notices.silent("n1", "shop"));
        Future<Fate> next = send(Notices.flowing("n2", "shop"));
        receiver.request(1);

        assertThat(loop.on(() -> courier.withdraw("n1"))).isFalse();
        assertThat(fate.isComplete()).isFalse();
        receiver.play(answer(200));
        loop.pass(Post.DEADLINE);

        assertThat(Loop.await(fate)).isEqualTo(new Fate(Fate.End.WITHDRAWN, "no answer within 10 s"));
        assertThat(Loop.await(next).end()).isEqualTo(Fate.End.DELIVERED);
    }

    @Test
    void theSameNoticeIsNotOnItsWayTwice() {
        receiver.play(answer(500));
        Future<Fate> first = send(Notices.silent("n1", "shop"));
        Future<Fate> again = send(Notices.silent("n1", "shop"));

        assertThat(again).isSameAs(first);
        assertThat(courier.status().waiting()).isEqualTo(1);
    }

    @Test
    void failingLastsFromTheFirstFailureToTheNextSuccess() {
        receiver.play(answerWith(404, "no_service"));
        send(Notices.silent("n1", "shop"));
        awaitRest(1);
        loop.pass(Duration.ofSeconds(1));
        awaitRest(2);
        assertThat(courier.status().failingMillis()).isEqualTo(1_000);
        assertThat(courier.status().lastAnswer()).isEqualTo("404 no_service");
        assertThat(courier.status().lastSuccessMillis()).isZero();

        receiver.play(answer(200));
        loop.pass(Duration.ofSeconds(2));
        Eventually.isTrue(() -> courier.status().waiting() == 0);

        assertThat(courier.status().failingMillis()).isZero();
        assertThat(courier.status().lastSuccessMillis()).isEqualTo(loop.clock.wallMillis());
    }

    @Test
    void aTestGoesPastWhateverWaits() {
        receiver.play(hang());
        for (int i = 0; i < 5; i++) {
            send(Notices.silent("n" + i, "source" + i));
        }
        receiver.request(Courier.UNDER_WAY_MAX);
        receiver.play(answer(200));

        PostResult result = Loop.await(loop.on(() -> courier.test(Notices.silent("t", "test"))));

        assertThat(result.delivered()).isTrue();
        assertThat(courier.status().waiting()).isEqualTo(5);
    }

    @Test
    void stoppedItTriesNoMore() {
        receiver.play(answer(500));
        send(Notices.silent("n1", "shop"));
        awaitRest(1);

        Loop.await(loop.on(courier::stop));
        loop.pass(MINUTE);

        assertThat(receiver.requests()).hasSize(1);
        assertThat(loop.timers()).isZero();
    }

    @Test
    void stoppedWhileOneIsUnderWayItTriesNoMoreEither() {
        receiver.play(hang());
        Future<Fate> fate = send(Notices.silent("n1", "shop"));
        receiver.request(1);

        Loop.await(loop.on(courier::stop));
        Eventually.isTrue(() -> receiver.hungUp() == 1);
        loop.pass(MINUTE);

        assertThat(receiver.requests()).hasSize(1);
        assertThat(fate.isComplete()).isFalse();
        assertThat(courier.status().failingMillis()).isZero();
    }

    /** Waits until that many attempts were answered and the next one is due some time. */
    private void awaitRest(int attempts) {
        Eventually.isTrue(() -> courier.status().attempts() == attempts && loop.timers() == 1);
    }

    private Future<Fate> send(Notice notice) {
        return loop.on(() -> courier.send(notice));
    }

    private Courier slack(String name, PlayingReceiver to) {
        return courier(new ReceiverSettings.Slack(name, to.url("/services/hook"), Set.of(Priority.P0)));
    }

    private Courier courier(ReceiverSettings settings) {
        Format format = Couriers.format(settings);
        Post post = new Post(
                loop.vertx,
                format.target(),
                new Secrets(settings.url(), format.secrets()),
                Post.DEADLINE,
                loop.clock,
                loop);
        return new Courier(settings, format, post, MIDDLE, loop.clock, loop, meters);
    }
}

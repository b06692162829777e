package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;
import static io.headgate.alert.PlayingReceiver.answerWith;
import static io.headgate.alert.PlayingReceiver.hang;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A notice's way to one receiver: retries, what is given up, what is told of it, the end. */
class CourierTest {
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
    void aNoticeThatIsTakenIsDelivered() {
        Fate fate = Loop.await(round.send(Notices.silent("n1", "shop")));

        assertThat(fate).isEqualTo(new Fate(Fate.End.DELIVERED, "200"));
        assertThat(courier.status())
                .isEqualTo(new ReceiverStatus("chat", "slack", 0, "200", loop.clock.wallMillis(), 0, 1, 1, 0));
        assertThat(round.meters.scrape())
                .contains("headgate_alert_attempts_total{receiver=\"chat\",result=\"2xx\"} 1.0")
                .contains("headgate_alert_delivered_total{receiver=\"chat\"} 1.0")
                .contains("headgate_alert_waiting{receiver=\"chat\"} 0.0");
    }

    @Test
    void itIsTriedAfter1And2And5And10And30AndThenEvery60SecondsUntilItIsTaken() {
        receiver.play(answer(500));
        Future<Fate> fate = round.send(Notices.silent("n1", "shop"));

        int attempt = 1;
        for (int seconds : List.of(1, 2, 5, 10, 30, 60, 60, 60)) {
            round.awaitRest(attempt++);
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

        Future<Fate> fate = round.send(Notices.silent("n1", "shop"));
        round.awaitRest(1);
        loop.pass(Duration.ofSeconds(1));

        assertThat(Loop.await(fate).end()).isEqualTo(Fate.End.DELIVERED);
        assertThat(receiver.requests().get(0)).isEqualTo(receiver.requests().get(1));
    }

    @Test
    void retryAfterIsWaitedForAndNoLongerThanFiveMinutes() {
        receiver.play(answer(429, "Retry-After: 20"), answer(503, "Retry-After: 86400"), answer(200));
        Future<Fate> fate = round.send(Notices.silent("n1", "shop"));

        round.awaitRest(1);
        loop.pass(Duration.ofMillis(19_999));
        assertThat(receiver.requests()).hasSize(1);
        loop.pass(Duration.ofMillis(1));
        round.awaitRest(2);
        loop.pass(Duration.ofMillis(299_999));
        assertThat(receiver.requests()).hasSize(2);
        loop.pass(Duration.ofMillis(1));

        assertThat(Loop.await(fate).end()).isEqualTo(Fate.End.DELIVERED);
    }

    @Test
    void aShortRetryAfterDoesNotHurryIt() {
        receiver.play(answer(503, "Retry-After: 0"));
        round.send(Notices.silent("n1", "shop"));

        round.awaitRest(1);
        loop.pass(Duration.ofMillis(999));

        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void whatPagerDutyCallsABadEventIsGivenUpAndCounted() {
        Courier pagerDuty = round.courier(
                new ReceiverSettings.PagerDuty("oncall", receiver.url("/v2/enqueue"), "R0123456789", Notices.ALL));
        receiver.play(answerWith(400, "{\"status\":\"invalid event\"}"));

        Fate fate = Loop.await(loop.on(() -> pagerDuty.send(Notices.silent("n1", "shop"))));

        assertThat(fate).isEqualTo(new Fate(Fate.End.GIVEN_UP, "400 {\"status\":\"invalid event\"}"));
        assertThat(pagerDuty.status().givenUp()).isEqualTo(1);
        assertThat(pagerDuty.status().waiting()).isZero();
        assertThat(pagerDuty.status().failingMillis()).isZero();
    }

    @Test
    void failingLastsFromTheFirstFailureToTheNextSuccess() {
        receiver.play(answerWith(404, "no_service"));
        round.send(Notices.silent("n1", "shop"));
        round.awaitRest(1);
        loop.pass(Duration.ofSeconds(1));
        round.awaitRest(2);
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
    void stoppedItTriesNoMore() {
        receiver.play(answer(500));
        round.send(Notices.silent("n1", "shop"));
        round.awaitRest(1);

        Loop.await(loop.on(courier::stop));
        loop.pass(MINUTE);

        assertThat(receiver.requests()).hasSize(1);
        assertThat(loop.timers()).isZero();
    }

    @Test
    void stoppedWhileOneIsUnderWayItTriesNoMoreEither() {
        receiver.play(hang());
        Future<Fate> fate = round.send(Notices.silent("n1", "shop"));
        receiver.request(1);

        Loop.await(loop.on(courier::stop));
        Eventually.isTrue(() -> receiver.hungUp() == 1);
        loop.pass(MINUTE);

        assertThat(receiver.requests()).hasSize(1);
        assertThat(fate.isComplete()).isFalse();
        assertThat(courier.status().failingMillis()).isZero();
    }
}

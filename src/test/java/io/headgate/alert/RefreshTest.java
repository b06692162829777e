package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;
import static io.headgate.alert.PlayingReceiver.hang;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.headgate.meter.Meters;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alerts that go on firing are told to Alertmanager again, and never over a newer word. */
class RefreshTest {
    private final Loop loop = new Loop();
    private final Meters meters = new Meters();
    private final PlayingReceiver receiver = PlayingReceiver.playing(answer(200));
    private final Courier courier = courier(new ReceiverSettings.Alertmanager("am", receiver.url("/"), Notices.ALL));

    @AfterEach
    void close() {
        loop.on(courier::stop);
        receiver.close();
        meters.close();
        loop.close();
    }

    @Test
    void allFiringAlertsAreToldInOnePost() {
        refresh(List.of(Notices.silent("n1", "shop"), Notices.silent("n2", "blog")));

        PlayingReceiver.Request request = receiver.request(1);
        assertThat(request.path()).isEqualTo("/api/v2/alerts");
        assertThat(sources(request)).containsExactly("shop", "blog");
    }

    @Test
    void manyTakeSeveralPostsOneBehindTheOther() {
        refresh(IntStream.range(0, Courier.REFRESH_ALERTS_MAX + 1)
                .mapToObj(i -> Notices.silent("n" + i, "source" + i))
                .toList());

        assertThat(sources(receiver.request(1))).hasSize(Courier.REFRESH_ALERTS_MAX);
        assertThat(sources(receiver.request(2))).containsExactly("source" + Courier.REFRESH_ALERTS_MAX);
    }

    @Test
    void itIsTriedOnceOnly() {
        receiver.play(answer(500));

        refresh(List.of(Notices.silent("n1", "shop")));
        Eventually.isTrue(() -> courier.status().attempts() == 1);
        loop.pass(Duration.ofMinutes(10));

        assertThat(receiver.requests()).hasSize(1);
        assertThat(courier.status().failingMillis()).isPositive();
        assertThat(courier.status().waiting()).isZero();
    }

    @Test
    void anAlertWithANoticeOnItsWayIsLeftOut() {
        receiver.play(answer(500), answer(200));
        send(Notices.flowing("n1", "shop"));
        Eventually.isTrue(() -> courier.status().attempts() == 1);

        refresh(List.of(Notices.silent("n2", "shop"), Notices.silent("n3", "blog")));

        assertThat(sources(receiver.request(2))).containsExactly("blog");
    }

    @Test
    void aResolutionThatComesDuringARefreshGoesBehindIt() {
        receiver.play(hang());
        refresh(List.of(Notices.silent("n1", "shop")));
        receiver.request(1);
        receiver.play(answer(200));

        Future<Fate> resolved = send(Notices.flowing("n2", "shop"));
        Future<Fate> other = send(Notices.silent("n3", "blog"));
        Loop.await(other);
        assertThat(resolved.isComplete()).isFalse();
        loop.pass(Post.DEADLINE);

        assertThat(Loop.await(resolved).end()).isEqualTo(Fate.End.DELIVERED);
    }

    @Test
    void whatWasResolvedBeforeItsPartOfALargeRefreshIsNotToldAsFiring() {
        receiver.play(hang());
        refresh(IntStream.range(0, Courier.REFRESH_ALERTS_MAX + 2)
                .mapToObj(i -> Notices.silent("n" + i, "source" + i))
                .toList());
        receiver.request(1);
        receiver.play(answer(200));

        Loop.await(send(Notices.flowing("r", "source" + Courier.REFRESH_ALERTS_MAX)));
        loop.pass(Post.DEADLINE);

        assertThat(sources(receiver.request(3))).containsExactly("source" + (Courier.REFRESH_ALERTS_MAX + 1));
    }

    @Test
    void whatIsWithdrawnDuringARefreshDoesNotGoBehindIt() {
        receiver.play(hang());
        refresh(List.of(Notices.silent("n1", "shop")));
        receiver.request(1);
        send(Notices.flowing("n2", "shop"));
        send(Notices.silent("n3", "shop"));
        receiver.play(answer(200));

        loop.run(() -> courier.withdraw("n2"));
        loop.pass(Post.DEADLINE);
        Eventually.isTrue(() -> courier.status().waiting() == 0);

        assertThat(receiver.requests()).hasSize(2);
        assertThat(courier.status().delivered()).isEqualTo(1);
    }

    @Test
    void aRefreshUnderWayIsNotDoubled() {
        receiver.play(hang());
        refresh(List.of(Notices.silent("n1", "shop")));
        receiver.request(1);

        refresh(List.of(Notices.silent("n1", "shop"), Notices.silent("n2", "blog")));
        loop.pass(Post.DEADLINE);
        Eventually.isTrue(() -> courier.status().attempts() == 1);

        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void receiversThatForgetNothingAreNotRefreshed() {
        URI url = receiver.url("/hook");
        List.of(
                        new ReceiverSettings.Slack("chat", url, Notices.ALL),
                        new ReceiverSettings.PagerDuty("oncall", url, "R0123456789", Notices.ALL))
                .forEach(settings -> {
                    Courier other = courier(settings);
                    loop.run(() -> other.refresh(List.of(Notices.silent("n1", "shop"))));
                    assertThat(Loop.await(loop.on(() -> other.test(Notices.silent("n2", "shop"))))
                                    .delivered())
                            .isTrue();
                    assertThat(other.status().attempts()).isEqualTo(1);
                });
    }

    private void refresh(List<Notice> firing) {
        loop.run(() -> courier.refresh(firing));
    }

    private Future<Fate> send(Notice notice) {
        return loop.on(() -> courier.send(notice));
    }

    private static List<String> sources(PlayingReceiver.Request request) {
        return new JsonArray(request.body())
                .stream()
                        .map(alert ->
                                ((JsonObject) alert).getJsonObject("labels").getString("source"))
                        .toList();
    }

    private Courier courier(ReceiverSettings settings) {
        return Couriers.courier(loop.vertx, settings, loop.clock, loop, meters);
    }
}

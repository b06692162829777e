package io.headgate.destination;

import static io.headgate.alert.PlayingReceiver.answer;
import static io.headgate.alert.PlayingReceiver.answerWith;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headgate.Eventually;
import io.headgate.alert.PlayingReceiver;
import io.headgate.alert.PlayingReceiver.Play;
import io.headgate.alert.PlayingReceiver.Request;
import io.headgate.outbound.WebhookKey;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries to a receiver that plays whatever a receiver may do. */
class WebhookTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final int CONCURRENCY = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** Far longer than a few bytes take on loopback. */
    private static final Duration SHORT_TIMEOUT = Duration.ofMillis(1500);

    private final Loop loop = new Loop();
    private final PlayingReceiver receiver = PlayingReceiver.playing(answer(200, "Connection: close"));
    /** Vert.x closes a client that nobody holds. */
    private final List<Destination> held = new ArrayList<>();

    @AfterEach
    void close() {
        receiver.close();
        loop.close();
    }

    @Test
    void aSingleEventIsItsDocumentUnderItsOwnKey() {
        Outgoing event = Events.event(1);

        assertThat(deliver(webhook(1), List.of(event))).isEqualTo(new Answer.Delivered());

        Request request = receiver.request(1);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/hook?token=a-secret-token");
        assertThat(request.body()).isEqualTo(new String(Document.of(event), StandardCharsets.UTF_8));
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("user-agent", "headgate")
                .containsEntry("idempotency-key", event.eventId())
                .containsEntry("webhook-id", event.eventId())
                .containsEntry("webhook-timestamp", Long.toString(loop.clock.wallMillis() / 1_000))
                .doesNotContainKey("webhook-signature");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aReceiverOfBatchesGetsOneFormHoweverManyAreInIt(int count) {
        deliver(webhook(100), Events.events(count));

        ObjectNode body = Events.read(receiver.request(1).body());
        assertThat(body.get("events")).hasSize(count);
        assertThat(body).hasSize(1);
    }

    @Test
    void aBatchHasTheSameKeyEachTimeAndNoOtherBatchHasIt() {
        Webhook webhook = webhook(100);
        List<List<Outgoing>> batches = List.of(
                Events.events(3),
                Events.events(3),
                Events.events(2),
                List.of(Events.event(1), Events.event(0)),
                List.of(Events.sent("shop", "s-9", 0, "page_view", Events.RECEIVED, "{}"), Events.event(1)),
                List.of(Events.sent("app", "s-0", 0, "page_view", Events.RECEIVED, "{}"), Events.event(1)));

        batches.forEach(batch -> deliver(webhook, batch));

        List<String> keys = receiver.requests().stream()
                .map(request -> request.headers().get("idempotency-key"))
                .toList();
        assertThat(keys.get(0)).isEqualTo(keys.get(1)).matches("batch_[0-9a-f]{32}");
        assertThat(keys.subList(1, 6)).doesNotHaveDuplicates();
        assertThat(receiver.requests())
                .allSatisfy(request -> assertThat(request.headers().get("webhook-id"))
                        .isEqualTo(request.headers().get("idempotency-key")));
    }

    @Test
    void eachSecretSignsWhatIsSent() {
        deliver(webhook(1, TIMEOUT, List.of(SECRET, OTHER_SECRET)), Events.events(1));

        Request request = receiver.request(1);
        byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
        long seconds = Long.parseLong(request.headers().get("webhook-timestamp"));
        assertThat(request.headers().get("webhook-signature"))
                .isEqualTo(WebhookKey.of(SECRET).sign(Events.id(0), seconds, body) + " "
                        + WebhookKey.of(OTHER_SECRET).sign(Events.id(0), seconds, body));
    }

    @Test
    void everyStatusIsGoodNewsOrBlamesTheEventOrTheSetUp() {
        Webhook webhook = webhook(1);
        List<Integer> delivered = new ArrayList<>();
        List<Integer> refused = new ArrayList<>();

        for (int status : IntStream.rangeClosed(200, 599).toArray()) {
            receiver.play(answer(status, "Connection: close"));
            Answer answer = deliver(webhook, Events.events(1));
            if (answer instanceof Answer.Delivered) {
                delivered.add(status);
            } else if (answer instanceof Answer.Refused) {
                refused.add(status);
            }
        }

        assertThat(delivered)
                .containsExactlyElementsOf(IntStream.range(200, 300).boxed().toList());
        assertThat(refused)
                .containsExactly(
                        400, 405, 406, 409, 411, 412, 413, 414, 415, 416, 417, 421, 422, 424, 426, 428, 431, 451);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        try (PlayingReceiver elsewhere = PlayingReceiver.playing(answer(200))) {
            receiver.play(answer(status, "Location: " + elsewhere.url("/there")));

            assertThat(deliver(webhook(1), Events.events(1))).isInstanceOf(Answer.Failed.class);

            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    static Stream<Arguments> retryAfters() {
        return Stream.of(
                Arguments.of(429, "7", Duration.ofSeconds(7)),
                Arguments.of(503, "3600", Duration.ofHours(1)),
                Arguments.of(503, "3601", Duration.ofHours(1)),
                // the held clock stands at Fri, 21 Nov 2025 01:24:49.123 GMT
                Arguments.of(429, "Fri, 21 Nov 2025 01:25:49 GMT", Duration.ofMillis(59_877)),
                Arguments.of(503, "soon", null),
                Arguments.of(500, "7", null));
    }

    @ParameterizedTest
    @MethodSource("retryAfters")
    void aReceiverIsLeftAloneAsLongAsItAsksUpToAnHour(int status, String header, Duration wait) {
        receiver.play(answer(status, "Retry-After: " + header));

        assertThat(deliver(webhook(1), Events.events(1)))
                .isInstanceOfSatisfying(Answer.Failed.class, failed -> assertThat(failed.retryAfter())
                        .isEqualTo(wait));
    }

    static Stream<Arguments> breakages() {
        return Stream.of(
                Arguments.of(PlayingReceiver.hangUp(), "the connection broke off before the answer"),
                Arguments.of(PlayingReceiver.reset(), "the connection broke off before the answer"),
                Arguments.of(PlayingReceiver.garbage("HTTP/1.1 20"), "the connection broke off before the answer"),
                Arguments.of(PlayingReceiver.garbage("SSH-2.0-OpenSSH_9.2\r\n\r\n"), "the answer is not HTTP"),
                Arguments.of(PlayingReceiver.endlessHead(), "the answer is not HTTP"),
                Arguments.of(PlayingReceiver.hugeHeader(), "the answer is not HTTP"),
                Arguments.of(PlayingReceiver.hang(), "no answer within 1500 ms"),
                Arguments.of(PlayingReceiver.stopAfter("HTTP/1.1 200 OK\r\nX-Slow: "), "no answer within 1500 ms"),
                Arguments.of(drip("HTTP/1.1 200 OK\r\nX-Slow: " + "x".repeat(10_000)), "no answer within 1500 ms"));
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void whatIsNoAnswerIsAFailureWithinTheTimeout(Play play, String words) {
        receiver.play(play);

        assertThat(deliver(webhook(1, SHORT_TIMEOUT, List.of()), Events.events(1)))
                .isEqualTo(failed(words));
    }

    @Test
    void nobodyThereIsAFailure() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        URI url = URI.create("http://127.0.0.1:" + port + "/");

        assertThat(deliver(webhook(url, 1, TIMEOUT, List.of()), Events.events(1)))
                .isEqualTo(new Answer.Failed("POST " + url, "no connection", null));
    }

    static Stream<Play> slowBodies() {
        return Stream.of(
                PlayingReceiver.endlessBody(202),
                PlayingReceiver.stopAfter("HTTP/1.1 202 Accepted\r\nContent-Length: 10\r\n\r\n123"),
                drip("HTTP/1.1 202 Accepted\r\nContent-Length: 9999\r\n\r\n" + "x".repeat(9999)));
    }

    @ParameterizedTest
    @MethodSource("slowBodies")
    void aHeadOf2xxIsADeliveryAndItsBodyIsNotWaitedFor(Play play) {
        receiver.play(play);

        assertThat(deliver(webhook(1), Events.events(1))).isEqualTo(new Answer.Delivered());

        Eventually.isTrue(() -> receiver.hungUp() == 1);
    }

    @Test
    void anErrorThatNeverEndsIsShownAsFarAsItCame() {
        receiver.play(PlayingReceiver.endlessBody(422));
        assertThat(deliver(webhook(1), Events.events(1)))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.answer())
                        .startsWith("422 again and again")
                        .hasSizeBetween(450, Answer.ANSWER_CHARS_MAX));

        receiver.play(PlayingReceiver.stopAfter("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\ntoo bad"));
        assertThat(deliver(webhook(1, SHORT_TIMEOUT, List.of()), Events.events(1)))
                .isEqualTo(failed("500 too bad"));
    }

    @Test
    void noSecretAndNoControlCharacterIsInWhatIsShown() {
        receiver.play(
                answerWith(500, "no\r\n\u001b[31m a-secret-token, " + SECRET + ", " + SECRET.substring(6) + "\u0000"));

        Answer answer = deliver(webhook(1, TIMEOUT, List.of(SECRET)), Events.events(1));

        assertThat(answer).isEqualTo(failed("500 no [31m ***, ***, ***"));
    }

    @Test
    void connectionsAreKeptAndNoMoreThanTheConcurrency() {
        AtomicInteger connections = new AtomicInteger();
        HttpServer server = Loop.await(loop.vertx
                .createHttpServer()
                .connectionHandler(made -> connections.incrementAndGet())
                .requestHandler(request -> request.response().end("thanks"))
                .listen(0, "127.0.0.1"));
        Webhook webhook = webhook(URI.create("http://127.0.0.1:" + server.actualPort()), 1, TIMEOUT, List.of());

        for (int i = 0; i < 20; i++) {
            assertThat(deliver(webhook, Events.events(1))).isEqualTo(new Answer.Delivered());
        }
        assertThat(connections).hasValueLessThan(CONCURRENCY);
        Loop.await(Future.join(IntStream.range(0, 50)
                .mapToObj(i -> loop.begin(() -> webhook.deliver(Events.events(1))))
                .toList()));

        assertThat(connections).hasValueBetween(1, CONCURRENCY);
    }

    private Answer.Failed failed(String answer) {
        return new Answer.Failed("POST " + receiver.url("/hook"), answer, null);
    }

    /** A byte now and then. */
    private static Play drip(String words) {
        return socket -> {
            for (byte each : words.getBytes(StandardCharsets.UTF_8)) {
                socket.getOutputStream().write(each);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        };
    }

    private Webhook webhook(int batchEventsMax) {
        return webhook(batchEventsMax, TIMEOUT, List.of());
    }

    private Webhook webhook(int batchEventsMax, Duration timeout, List<String> secrets) {
        return webhook(receiver.url("/hook?token=a-secret-token"), batchEventsMax, timeout, secrets);
    }

    private Webhook webhook(URI url, int batchEventsMax, Duration timeout, List<String> secrets) {
        Limits limits = new Limits(batchEventsMax, 1 << 20, CONCURRENCY, 0, Duration.ZERO);
        Webhook webhook = (Webhook) loop.open(new DestinationSettings.Webhook("crm", url, secrets, timeout, limits));
        held.add(webhook);
        return webhook;
    }

    private Answer deliver(Destination destination, List<Outgoing> batch) {
        return loop.deliver(destination, batch);
    }
}

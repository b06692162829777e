package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;
import static io.headgate.alert.PlayingReceiver.answerWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.headgate.alert.PlayingReceiver.Play;
import io.headgate.outbound.PostResult;
import io.headgate.outbound.Secrets;
import io.headgate.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One attempt, against a receiver that plays whatever a receiver may do. */
class PostTest {
    private static final Message MESSAGE = new Message(Buffer.buffer("{\"a\":1}"), Map.of("x-own", "yes"));
    /** Far longer than a few bytes take on loopback. */
    private static final Duration REAL_DEADLINE = Duration.ofSeconds(2);

    private final Loop loop = new Loop();
    /** Vert.x closes a client that nobody holds. */
    private final List<Post> held = new ArrayList<>();

    private final PlayingReceiver receiver = PlayingReceiver.playing(answer(200));

    @AfterEach
    void close() {
        receiver.close();
        loop.close();
    }

    @Test
    void postsTheBodyAndItsHeadersOverAConnectionOfItsOwn() {
        assertThat(post()).isEqualTo(new PostResult.Answered(200, null, ""));

        PlayingReceiver.Request request = receiver.request(1);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/in?key=1");
        assertThat(request.body()).isEqualTo("{\"a\":1}");
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("x-own", "yes")
                .containsEntry("connection", "close");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void every2xxIsADelivery(int status) {
        receiver.play(answer(status));

        PostResult result = post();

        assertThat(result.delivered()).isTrue();
        assertThat(result.words()).isEqualTo(Integer.toString(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 403, 404, 408, 410, 418, 429, 500, 502, 503, 599})
    void noOtherStatusIs(int status) {
        receiver.play(answerWith(status, "because\n\tof this"));

        PostResult result = post();

        assertThat(result.delivered()).isFalse();
        assertThat(result.words()).isEqualTo(status + " because of this");
        assertThat(result.kind()).isEqualTo(status / 100 + "xx");
    }

    /** Of these Vert.x would follow some for a POST and others for a GET. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        try (PlayingReceiver elsewhere = PlayingReceiver.playing(answer(200))) {
            receiver.play(answer(status, "Location: " + elsewhere.url("/there")));

            assertThat(post()).isEqualTo(new PostResult.Answered(status, null, ""));
            assertThat(get()).isEqualTo(new PostResult.Answered(status, null, ""));

            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    static Stream<Arguments> retryAfters() {
        return Stream.of(
                Arguments.of(429, "7", Duration.ofSeconds(7)),
                Arguments.of(503, "7", Duration.ofSeconds(7)),
                Arguments.of(503, "0", Duration.ZERO),
                Arguments.of(503, "301", Duration.ofMinutes(5)),
                Arguments.of(503, "999999999", Duration.ofMinutes(5)),
                // the held clock stands at Fri, 21 Nov 2025 01:24:49.123 GMT
                Arguments.of(503, "Fri, 21 Nov 2025 01:25:49 GMT", Duration.ofMillis(59_877)),
                Arguments.of(503, "Fri, 21 Nov 2025 01:00:00 GMT", Duration.ZERO),
                Arguments.of(503, "Sat, 22 Nov 2025 01:00:00 GMT", Duration.ofMinutes(5)),
                Arguments.of(503, "soon", null),
                Arguments.of(503, "-1", null),
                Arguments.of(503, "99999999999999999999", null),
                Arguments.of(500, "7", null));
    }

    @ParameterizedTest
    @MethodSource("retryAfters")
    void retryAfterIsReadInBothFormsAndCapped(int status, String header, Duration wait) {
        receiver.play(answer(status, "Retry-After: " + header));

        assertThat(post()).isEqualTo(new PostResult.Answered(status, wait, ""));
    }

    static Stream<Arguments> breakages() {
        return Stream.of(
                Arguments.of(PlayingReceiver.hangUp(), "the connection broke off before the answer"),
                Arguments.of(PlayingReceiver.reset(), "the connection broke off before the answer"),
                Arguments.of(PlayingReceiver.garbage("HTTP/1.1 20"), "the connection broke off before the answer"),
                Arguments.of(PlayingReceiver.garbage("SSH-2.0-OpenSSH_9.2\r\n\r\n"), "the answer is not HTTP"),
                Arguments.of(PlayingReceiver.garbage("HTTP/1.1 abc Fine\r\n\r\n"), "the answer is not HTTP"),
                Arguments.of(PlayingReceiver.endlessHead(), "the answer is not HTTP"),
                Arguments.of(PlayingReceiver.hugeHeader(), "the answer is not HTTP"));
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void whatIsNoAnswerIsAFailureAtOnce(Play play, String words) {
        receiver.play(play);

        assertThat(post()).isEqualTo(new PostResult.Failed(words));
    }

    @Test
    void nobodyThereIsAFailure() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }

        PostResult result = Loop.await(
                loop.on(() -> to(URI.create("http://127.0.0.1:" + port + "/")).post(MESSAGE)));

        assertThat(result).isEqualTo(new PostResult.Failed("no connection"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nX-Slow: "})
    void aHangingReceiverIsLeftAfterTenSeconds(String words) {
        receiver.play(PlayingReceiver.stopAfter(words));
        Future<PostResult> result = begin();
        receiver.request(1);

        loop.pass(Post.DEADLINE.minusMillis(1));
        assertThat(result.isComplete()).isFalse();
        loop.pass(Duration.ofMillis(1));

        assertThat(Loop.await(result)).isEqualTo(new PostResult.Failed("no answer within 10 s"));
        Eventually.isTrue(() -> receiver.hungUp() == 1);
    }

    @Test
    void ofAnErrorThatHangsWhatCameIsShown() {
        receiver.play(PlayingReceiver.stopAfter("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\ntoo bad"));
        URI url = receiver.url("/");
        Post post = new Post(
                loop.vertx, url, new Secrets(url, List.of()), REAL_DEADLINE, loop.clock, new VertxTimers(loop.vertx));
        held.add(post);

        PostResult result = Loop.await(loop.on(() -> post.post(MESSAGE)));

        assertThat(result.words()).isEqualTo("500 too bad");
    }

    @Test
    void anEndlessBodyChangesNothingAndIsDropped() {
        receiver.play(PlayingReceiver.endlessBody(200));
        assertThat(post()).isEqualTo(new PostResult.Answered(200, null, ""));
        Eventually.isTrue(() -> receiver.hungUp() == 1);

        receiver.play(PlayingReceiver.endlessBody(500));
        assertThat(post().words()).startsWith("500 again and again").hasSizeLessThan(250);
        Eventually.isTrue(() -> receiver.hungUp() == 2);
    }

    @Test
    void a2xxCountsThoughItsBodyHangsAndTheConnectionIsDroppedAtTheDeadline() {
        receiver.play(PlayingReceiver.stopAfter("HTTP/1.1 202 Accepted\r\nContent-Length: 10\r\n\r\n123"));

        assertThat(post()).isEqualTo(new PostResult.Answered(202, null, ""));

        assertThat(loop.timers()).isEqualTo(1);
        loop.pass(Post.DEADLINE);
        Eventually.isTrue(() -> receiver.hungUp() == 1);
    }

    @Test
    void nothingIsLeftBehindByAnExchangeThatIsOver() {
        post();

        Eventually.isTrue(() -> loop.timers() == 0);
    }

    @Test
    void getAsksWithoutABody() {
        assertThat(get()).isEqualTo(new PostResult.Answered(200, null, ""));

        assertThat(receiver.request(1).method()).isEqualTo("GET");
        assertThat(receiver.request(1).body()).isEmpty();
    }

    private PostResult post() {
        return Loop.await(begin());
    }

    private PostResult get() {
        return Loop.await(loop.on(() -> to(receiver.url("/in")).get()));
    }

    private Future<PostResult> begin() {
        return loop.on(() -> to(receiver.url("/in?key=1")).post(MESSAGE));
    }

    private Post to(URI url) {
        Post post = new Post(loop.vertx, url, new Secrets(url, List.of()), Post.DEADLINE, loop.clock, loop);
        held.add(post);
        return post;
    }
}

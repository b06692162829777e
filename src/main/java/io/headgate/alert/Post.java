package io.headgate.alert;

import io.headgate.outbound.Attempt;
import io.headgate.outbound.PostResult;
import io.headgate.outbound.Secrets;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;

/**
 * Asks one address of the outside, each time over a connection of its own: a connection that was kept may be long dead, and
 * to find that out would cost a page its first attempt. Bounded in time and bytes, whatever the other side does; follows no
 * redirect; with TLS, the other side must prove its name. Belongs to the loop of the alerting.
 */
final class Post {
    /** Of one attempt, from the name's resolution to the answer. */
    static final Duration DEADLINE = Duration.ofSeconds(10);

    /** A receiver may not put a page off for longer. */
    static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);

    private static final int EXCERPT_CHARS_MAX = 200;
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final int CONNECTIONS_MAX = 8;
    private static final int HEAD_BYTES_MAX = 32 * 1024;

    private final HttpClient client;
    private final URI target;
    private final Secrets secrets;
    private final Attempt.Limits limits;
    private final Clock clock;
    private final Timers timers;

    /** @param deadline {@link #DEADLINE}, but for tests */
    Post(Vertx vertx, URI target, Secrets secrets, Duration deadline, Clock clock, Timers timers) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(Math.toIntExact(CONNECT_MAX.toMillis()))
                        .setKeepAlive(false)
                        .setVerifyHost(true)
                        .setDecompressionSupported(false)
                        .setMaxHeaderSize(HEAD_BYTES_MAX),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX));
        this.target = target;
        this.secrets = secrets;
        this.limits = new Attempt.Limits(deadline, RETRY_AFTER_MAX, EXCERPT_CHARS_MAX);
        this.clock = clock;
        this.timers = timers;
    }

    /** One attempt to post this; never fails but by its result. */
    Future<PostResult> post(Message message) {
        RequestOptions request = request(HttpMethod.POST);
        message.headers().forEach(request::putHeader);
        return attempt(request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json"), message.body());
    }

    /** One attempt to get the address; never fails but by its result. */
    Future<PostResult> get() {
        return attempt(request(HttpMethod.GET), Buffer.buffer());
    }

    /** Drops whatever is under way. */
    Future<Void> close() {
        return client.close();
    }

    private RequestOptions request(HttpMethod method) {
        return new RequestOptions()
                .setAbsoluteURI(target.toString())
                .setMethod(method)
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.USER_AGENT, "headgate");
    }

    private Future<PostResult> attempt(RequestOptions request, Buffer body) {
        return new Attempt(secrets, limits, clock, timers).run(client, request, body);
    }
}

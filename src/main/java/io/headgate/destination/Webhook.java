package io.headgate.destination;

import io.headgate.outbound.Attempt;
import io.headgate.outbound.PostResult;
import io.headgate.outbound.Secrets;
import io.headgate.outbound.WebhookKey;
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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Posts events to an address: one as its {@link Document}, or, where its batches may hold more than one, always as
 * <code>{"events":[…]}</code>, so that a receiver needs to know one form. Connections are kept; no redirect is followed;
 * with TLS the other side must prove its name.
 *
 * <pre>
 *   2xx                                              Delivered, when its head is there
 *   {@link #BLAME_THE_EVENT}   Refused
 *   any other status, or none                        Failed
 * </pre>
 *
 * <p>A token that expired (401), an address that moved (301, 404, 410): these blame the set-up, and whoever mends it will
 * want the events. So they are tried again, and not thousands of them put among the dead letters.
 */
final class Webhook implements Destination {
    /** Statuses that will be the same each time this event comes. */
    static final Set<Integer> BLAME_THE_EVENT =
            Set.of(400, 405, 406, 409, 411, 412, 413, 414, 415, 416, 417, 421, 422, 424, 426, 428, 431, 451);

    static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final int HEAD_BYTES_MAX = 32 * 1024;

    /** Shorter than what servers usually keep, the common 5 s included: one that is just being closed costs an attempt. */
    private static final int KEPT_SECONDS = 4;

    /** What goes around an excerpt: a status, and the dots of one that was cut. */
    private static final int AROUND_EXCERPT_CHARS = 10;

    private final DestinationSettings.Webhook settings;
    private final Attempt.Limits limits;
    private final List<WebhookKey> keys;
    private final Secrets secrets;
    private final String asked;
    private final RequestOptions base;
    private final Clock clock;
    private final Timers timers;
    private final HttpClient client;

    /** @throws IllegalArgumentException when a secret is none; the message does not hold it */
    Webhook(Vertx vertx, DestinationSettings.Webhook settings, Clock clock, Timers timers) {
        URI url = settings.url();
        this.settings = settings;
        this.limits =
                new Attempt.Limits(settings.timeout(), RETRY_AFTER_MAX, Answer.ANSWER_CHARS_MAX - AROUND_EXCERPT_CHARS);
        this.keys = settings.secrets().stream().map(WebhookKey::of).toList();
        this.secrets = secrets(settings);
        this.asked = "POST " + url.getScheme() + "://" + url.getHost() + port(url) + url.getRawPath();
        this.base = new RequestOptions()
                .setAbsoluteURI(url.toString())
                .setMethod(HttpMethod.POST)
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.USER_AGENT, "headgate");
        this.clock = clock;
        this.timers = timers;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(Math.toIntExact(CONNECT_MAX.toMillis()))
                        .setKeepAlive(true)
                        .setKeepAliveTimeout(KEPT_SECONDS)
                        .setVerifyHost(true)
                        .setDecompressionSupported(false)
                        .setMaxHeaderSize(HEAD_BYTES_MAX),
                new PoolOptions().setHttp1MaxSize(settings.limits().concurrency()));
    }

    @Override
    public DestinationSettings settings() {
        return settings;
    }

    /** Nothing is needed: whether the other side is there is seen by the first delivery. */
    @Override
    public Future<Void> open() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Answer> deliver(List<Outgoing> batch) {
        boolean single = settings.limits().batchEventsMax() == 1;
        byte[] body = single ? Document.of(batch.get(0)) : Document.batch(batch);
        String key = single ? batch.get(0).eventId() : BatchKey.of(batch);
        return new Attempt(secrets, limits, clock, timers)
                .run(client, request(key, body), Buffer.buffer(body))
                .map(this::answer);
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }

    private RequestOptions request(String key, byte[] body) {
        long seconds = clock.wallMillis() / 1_000;
        RequestOptions request = new RequestOptions(base)
                .putHeader("idempotency-key", key)
                .putHeader("webhook-id", key)
                .putHeader("webhook-timestamp", Long.toString(seconds));
        if (!keys.isEmpty()) {
            request.putHeader(
                    "webhook-signature",
                    keys.stream().map(each -> each.sign(key, seconds, body)).collect(Collectors.joining(" ")));
        }
        return request;
    }

    private Answer answer(PostResult result) {
        if (result.delivered()) {
            return new Answer.Delivered();
        }
        if (result instanceof PostResult.Answered answered) {
            return BLAME_THE_EVENT.contains(answered.status())
                    ? new Answer.Refused(asked, result.words())
                    : new Answer.Failed(asked, result.words(), answered.retryAfter());
        }
        return new Answer.Failed(asked, result.words(), null);
    }

    /** The path is shown, for an operator must see which address it is; a token in it is better put into the query. */
    private static Secrets secrets(DestinationSettings.Webhook settings) {
        URI url = settings.url();
        Stream<String> keys = settings.secrets().stream()
                .flatMap(secret -> Stream.of(secret, secret.substring(WebhookKey.PREFIX.length())));
        Stream<String> ofUrl =
                Stream.of(url.getRawUserInfo(), url.getUserInfo()).filter(Objects::nonNull);
        String query = url.getRawQuery();
        return new Secrets(
                URI.create(query == null ? "" : "?" + query),
                Stream.concat(keys, ofUrl).toList());
    }

    private static String port(URI url) {
        return url.getPort() < 0 ? "" : ":" + url.getPort();
    }
}

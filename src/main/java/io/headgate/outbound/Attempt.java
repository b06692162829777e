package io.headgate.outbound;

import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request and what comes back.
 *
 * <pre>
 *   connecting -> asked -> head: 2xx is the result at once
 *       |           |        '-> body, up to 16 KiB: the result of any other status
 *       '-----------'----------'--deadline, reset, end--> over; what has not ended is dropped with its connection
 * </pre>
 *
 * <p>A body that never ends changes nothing: a 2xx counts already, and of an error what came before the deadline is shown.
 * The body of a 2xx has a second to end, for nobody waits for it but the next request on its connection. Belongs to the
 * event loop that it is made on.
 */
public final class Attempt {
    static final int BODY_BYTES_MAX = 16 * 1024;

    private static final Duration SUCCESS_BODY_MAX = Duration.ofSeconds(1);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final Secrets secrets;
    private final Limits limits;
    private final Clock clock;
    private final Timers timers;
    private final Promise<PostResult> result = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private Timers.Timer late;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse head;
    private boolean over;

    /**
     * What one attempt is given.
     *
     * @param deadline from the name's resolution to the answer
     * @param retryAfterMax the other side may not put the next attempt off for longer
     * @param excerptCharsMax kept of what it says
     */
    public record Limits(Duration deadline, Duration retryAfterMax, int excerptCharsMax) {}

    /** The deadline begins now. */
    public Attempt(Secrets secrets, Limits limits, Clock clock, Timers timers) {
        this.secrets = secrets;
        this.limits = limits;
        this.clock = clock;
        this.timers = timers;
        this.late = timers.once(limits.deadline(), this::late);
    }

    /** Sends it; never fails but by its result. */
    public Future<PostResult> run(HttpClient client, RequestOptions options, Buffer content) {
        client.request(options)
                .compose(made -> ask(made, content))
                .onSuccess(this::listen)
                .onFailure(this::broken);
        return result.future();
    }

    private Future<HttpClientResponse> ask(HttpClientRequest made, Buffer content) {
        request = made;
        if (over) {
            return made.reset().compose(done -> Future.failedFuture("too late"));
        }
        // without a handler of its own Vert.x logs what breaks a connection, with words of the other side in it
        made.connection().exceptionHandler(this::broken);
        return made.send(content);
    }

    private void listen(HttpClientResponse answer) {
        head = answer;
        if (isSuccess(answer) && !over) {
            late.cancel();
            late = timers.once(SUCCESS_BODY_MAX, this::late);
            result.tryComplete(answered(answer));
        }
        answer.exceptionHandler(this::broken);
        answer.endHandler(done -> ended(answer));
        answer.handler(chunk -> take(answer, chunk));
    }

    private void take(HttpClientResponse answer, Buffer chunk) {
        body.appendBuffer(chunk, 0, Math.min(chunk.length(), BODY_BYTES_MAX - body.length()));
        if (body.length() >= BODY_BYTES_MAX) {
            drop(answered(answer));
        }
    }

    /** Whole: the connection may be used again. */
    private void ended(HttpClientResponse answer) {
        if (!over) {
            over = true;
            late.cancel();
            result.tryComplete(answered(answer));
        }
    }

    private void late() {
        drop(head == null ? new PostResult.Failed("no answer within " + words(limits.deadline())) : answered(head));
    }

    private void broken(Throwable why) {
        drop(head == null ? new PostResult.Failed(excerpt(Breakage.words(why))) : answered(head));
    }

    private PostResult answered(HttpClientResponse answer) {
        int status = answer.statusCode();
        Duration retryAfter = status == TOO_MANY_REQUESTS || status == UNAVAILABLE
                ? RetryAfterHeader.parse(
                        answer.getHeader(HttpHeaders.RETRY_AFTER), clock.wallMillis(), limits.retryAfterMax())
                : null;
        return new PostResult.Answered(status, retryAfter, isSuccess(answer) ? "" : excerpt(body.toString()));
    }

    private String excerpt(String said) {
        return secrets.excerpt(said, limits.excerptCharsMax());
    }

    private static boolean isSuccess(HttpClientResponse answer) {
        return answer.statusCode() / 100 == 2;
    }

    private static String words(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private void drop(PostResult what) {
        if (over) {
            return;
        }
        over = true;
        late.cancel();
        if (request != null) {
            request.reset();
        }
        result.tryComplete(what);
    }
}

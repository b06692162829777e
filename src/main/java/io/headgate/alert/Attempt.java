package io.headgate.alert;

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
 *       '-----------'----------'--deadline, reset, end--> over: the connection is dropped
 * </pre>
 *
 * <p>A body that never ends changes nothing: a 2xx counts already, and of an error what came before the deadline is shown.
 * Belongs to the loop of the alerting.
 */
final class Attempt {
    static final int BODY_BYTES_MAX = 16 * 1024;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final Secrets secrets;
    private final Duration deadline;
    private final Clock clock;
    private final Timers.Timer late;
    private final Promise<PostResult> result = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse head;
    private boolean over;

    Attempt(Secrets secrets, Duration deadline, Clock clock, Timers timers) {
        this.secrets = secrets;
        this.deadline = deadline;
        this.clock = clock;
        this.late = timers.once(deadline, this::late);
    }

    Future<PostResult> run(HttpClient client, RequestOptions options, Buffer content) {
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
        if (isSuccess(answer)) {
            result.tryComplete(answered(answer));
        }
        answer.exceptionHandler(this::broken);
        answer.endHandler(done -> end(answered(answer)));
        answer.handler(chunk -> take(answer, chunk));
    }

    private void take(HttpClientResponse answer, Buffer chunk) {
        body.appendBuffer(chunk, 0, Math.min(chunk.length(), BODY_BYTES_MAX - body.length()));
        if (body.length() >= BODY_BYTES_MAX) {
            end(answered(answer));
        }
    }

    private void late() {
        end(head == null ? new PostResult.Failed("no answer within " + deadline.toSeconds() + " s") : answered(head));
    }

    private void broken(Throwable why) {
        end(head == null ? new PostResult.Failed(secrets.excerpt(Breakage.words(why))) : answered(head));
    }

    private PostResult answered(HttpClientResponse answer) {
        int status = answer.statusCode();
        Duration retryAfter = status == TOO_MANY_REQUESTS || status == UNAVAILABLE
                ? RetryAfterHeader.parse(answer.getHeader(HttpHeaders.RETRY_AFTER), clock.wallMillis())
                : null;
        return new PostResult.Answered(status, retryAfter, isSuccess(answer) ? "" : secrets.excerpt(body.toString()));
    }

    private static boolean isSuccess(HttpClientResponse answer) {
        return answer.statusCode() / 100 == 2;
    }

    private void end(PostResult what) {
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

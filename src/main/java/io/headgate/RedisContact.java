package io.headgate;

import io.headgate.stream.StreamOutlet;
import io.headgate.stream.StreamRefusedException;
import io.headgate.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Redis answers a process that writes no events: asked every two seconds, and told once at each change. Safe for use by
 * any thread.
 */
final class RedisContact {
    private static final Logger LOG = LoggerFactory.getLogger(RedisContact.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final String NOT_YET = "it has not answered yet";

    private final StreamOutlet outlet;
    private final Timers timers;
    private volatile @Nullable String trouble = NOT_YET;
    private volatile boolean asking;

    RedisContact(StreamOutlet outlet, Timers timers) {
        this.outlet = outlet;
        this.timers = timers;
    }

    /**
     * Begins to ask. Completes with the first answer, or when it is known that there is none; fails when the server must not
     * be used as it is.
     */
    Future<Void> start() {
        return ask().recover(why ->
                        why instanceof StreamRefusedException ? Future.failedFuture(why) : Future.succeededFuture())
                .onSuccess(known -> timers.every(EVERY, this::askAgain));
    }

    /** Why it does not answer; empty while it does. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void askAgain() {
        if (!asking) {
            ask();
        }
    }

    private Future<Void> ask() {
        asking = true;
        return outlet.ping().onComplete(this::answered);
    }

    private void answered(AsyncResult<Void> answer) {
        asking = false;
        String before = trouble;
        String now = answer.failed() ? String.valueOf(answer.cause().getMessage()) : null;
        trouble = now;
        if (now == null && before != null) {
            LOG.info("redis answers");
        } else if (now != null && (before == null || before.equals(NOT_YET))) {
            LOG.warn("redis cannot be used, events wait on the streams: {}", now);
        }
    }
}

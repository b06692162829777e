package io.headgate.http;

import io.headgate.event.Outcome;
import io.headgate.ingest.Answer;
import io.headgate.ingest.EventRate;
import io.headgate.ingest.Ingest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A road that takes every body as one accepted event, or gives the answer that it was told to. For tests whose outcome is
 * decided by the door alone.
 */
final class AcceptsEverything implements Ingest {
    /** What came through the door. */
    @SuppressWarnings("ArrayRecordComponent")
    record Taken(String source, EventRate rate, byte[] body, boolean ndjson) {}

    /** A batch whose answer waits for the test. */
    record Held(Context caller, Promise<Answer> promise) {
        void complete(Answer answer) {
            caller.runOnContext(there -> promise.complete(answer));
        }
    }

    final Queue<Taken> taken = new ConcurrentLinkedQueue<>();
    final Queue<Held> held = new ConcurrentLinkedQueue<>();
    volatile boolean ready = true;
    volatile boolean hold;
    volatile boolean remember = true;
    volatile @Nullable RuntimeException failure;
    volatile Answer answer =
            new Answer.Verdicts(1, 1, 0, 0, List.of(new Answer.Result(null, Outcome.STORED)), List.of());

    @Override
    public Future<Answer> take(String source, EventRate rate, byte[] body, boolean ndjson) {
        if (remember) {
            taken.add(new Taken(source, rate, body, ndjson));
        }
        RuntimeException fault = failure;
        if (fault != null) {
            throw fault;
        }
        if (hold) {
            Promise<Answer> promise = Promise.promise();
            held.add(new Held(Vertx.currentContext(), promise));
            return promise.future();
        }
        return Future.succeededFuture(answer);
    }

    @Override
    public boolean ready() {
        return ready;
    }
}

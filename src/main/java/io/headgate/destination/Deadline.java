package io.headgate.destination;

import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/** Answers in time for what may never answer. */
final class Deadline {
    private Deadline() {}

    /** What comes first: what comes of the work, or, when so much time has passed, the late one. The work goes on. */
    static <T> Future<T> of(Future<T> work, Duration max, Future<T> late, Timers timers) {
        Promise<T> first = Promise.promise();
        Timers.Timer timer = timers.once(max, () -> pass(late, first));
        work.onComplete(done -> timer.cancel());
        pass(work, first);
        return first.future();
    }

    private static <T> void pass(Future<T> from, Promise<T> to) {
        from.onSuccess(to::tryComplete).onFailure(to::tryFail);
    }
}

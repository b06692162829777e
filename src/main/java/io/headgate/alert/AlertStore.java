package io.headgate.alert;

import io.headgate.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the alerts' state: one write at a time, and of the states that wait only the newest. A disk that is full or hangs
 * must not keep a page from going out, so it is waited for {@value #PATIENCE_MILLIS} ms at most. Belongs to the loop of the
 * alerting.
 */
final class AlertStore {
    static final int PATIENCE_MILLIS = 300;

    private final SavedState file;
    private final Context loop;
    private final Timers timers;
    private @Nullable Supplier<AlertState> waiting;
    private Promise<Void> waitingDone = Promise.promise();
    private boolean writing;

    AlertStore(SavedState file, Context loop, Timers timers) {
        this.file = file;
        this.loop = loop;
        this.timers = timers;
    }

    /** What an earlier process left. Blocks. */
    AlertState read() {
        return file.read(AlertState::read).orElseGet(AlertState::none);
    }

    /**
     * Writes the state as it is when its turn comes. Completes when that is durable, and also when it failed or takes too
     * long: whoever waits goes on in any case.
     */
    Future<Void> save(Supplier<AlertState> state) {
        waiting = state;
        Future<Void> written = waitingDone.future();
        if (!writing) {
            next();
        }
        Promise<Void> enough = Promise.promise();
        Timers.Timer limit = timers.once(Duration.ofMillis(PATIENCE_MILLIS), enough::tryComplete);
        written.onComplete(any -> {
            limit.cancel();
            enough.tryComplete();
        });
        return enough.future();
    }

    /** Why the last write failed; empty when it did not. By any thread. */
    Optional<String> fault() {
        return file.fault();
    }

    private void next() {
        Supplier<AlertState> due = waiting;
        if (due == null) {
            return;
        }
        AlertState state = due.get();
        Promise<Void> done = waitingDone;
        waiting = null;
        waitingDone = Promise.promise();
        writing = true;
        file.write(state::json)
                .onComplete(any -> loop.runOnContext(there -> {
                    writing = false;
                    done.complete();
                    next();
                }));
    }
}

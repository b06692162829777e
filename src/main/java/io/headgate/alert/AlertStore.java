package io.headgate.alert;

import io.headgate.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the alerts' state: one write at a time, and of the states that wait only the newest. A disk that is full or hangs
 * must not keep a page from going out, so it is waited for {@value #PATIENCE_MILLIS} ms at most. Belongs to the loop of the
 * alerting.
 */
final class AlertStore {
    private static final Logger LOG = LoggerFactory.getLogger(AlertStore.class);

    static final int PATIENCE_MILLIS = 300;

    private final SavedState file;
    private final Context loop;
    private final Timers timers;
    private @Nullable Supplier<AlertState> waiting;
    private List<Promise<Void>> waiters = new ArrayList<>();
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
        Promise<Void> enough = Promise.promise();
        waiters.add(enough);
        Timers.Timer limit = timers.once(Duration.ofMillis(PATIENCE_MILLIS), () -> {
            waiters.remove(enough);
            enough.tryComplete();
        });
        if (!writing) {
            next();
        }
        return enough.future().onComplete(any -> limit.cancel());
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
        List<Promise<Void>> waited = waiters;
        waiters = new ArrayList<>();
        waiting = null;
        writing = true;
        state(due)
                .compose(state -> file.write(state::json))
                .onComplete(any -> loop.runOnContext(there -> {
                    writing = false;
                    next();
                    waited.forEach(Promise::tryComplete);
                }));
    }

    /** A state that cannot be told must not keep the page that waits for it from going out. */
    private static Future<AlertState> state(Supplier<AlertState> due) {
        try {
            return Future.succeededFuture(due.get());
        } catch (RuntimeException e) {
            LOG.error("the alerts' state cannot be told", e);
            return Future.failedFuture(e);
        }
    }
}

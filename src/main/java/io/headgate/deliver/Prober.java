package io.headgate.deliver;

import io.headgate.stream.StreamStore;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether Redis is well again while the breaker keeps events away from it: trials without an event, one after
 * the other, over the partitions in turn. A trial fails when no partition takes writes: one that does not, a cluster's node
 * that is down, keeps its own events in the journal and is no reason to keep all others there. Each permit that is taken
 * is given back, for a trial ends within its deadline. Belongs to the event loop of its timer.
 */
final class Prober {
    /** Partitions tried for one permit at most. */
    private static final int TRIED_MAX = 8;

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final StreamStore stream;
    private final Breaker breaker;
    private final Timers timers;
    private Timers.@Nullable Timer timer;
    private boolean trying;
    private boolean wasUp = true;
    private int next;

    Prober(StreamStore stream, Breaker breaker, Timers timers) {
        this.stream = stream;
        this.breaker = breaker;
        this.timers = timers;
    }

    void start() {
        timer = timers.every(LOOK_EVERY, this::look);
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void look() {
        boolean up = stream.up();
        if (up && !wasUp) {
            breaker.begin();
        }
        wasUp = up;
        if (!trying) {
            tryIfDue();
        }
    }

    private void tryIfDue() {
        trying = stream.up() && breaker.trialDue();
        if (trying) {
            oneOf(Math.min(TRIED_MAX, stream.partitions())).onComplete(well -> {
                breaker.tried(well.succeeded() && well.result());
                tryIfDue();
            });
        }
    }

    /** Whether one of the next partitions takes writes, the first that does decides. */
    private Future<Boolean> oneOf(int partitions) {
        next = (next + 1) % stream.partitions();
        return stream.tryOut(next).compose(fault -> {
            boolean well = fault.isEmpty() || !WriteFaults.blameRedis(fault.get());
            return well || partitions == 1 ? Future.succeededFuture(well) : oneOf(partitions - 1);
        });
    }
}

package io.headgate;

import io.headgate.stream.StreamRefusedException;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a start waits for Redis before the gateway says that it is ready without it: events go to the journal then. Long
 * enough that a start with a Redis that is well says so, and that one whose Redis must not be used as it is ends with the
 * reason.
 */
final class FirstContact {
    private static final Logger LOG = LoggerFactory.getLogger(FirstContact.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private FirstContact() {}

    /** Completes when Redis was reached, or after a second without it; fails when it refuses within that second. */
    static Future<Void> of(Future<Void> connected, Timers timers) {
        Promise<Void> ready = Promise.promise();
        timers.once(PATIENCE, ready::tryComplete);
        connected.onComplete(ready::tryComplete, refusal -> {
            if (!ready.tryFail(refusal) && refusal instanceof StreamRefusedException) {
                LOG.error("redis is not written to, events go to the journal: {}", refusal.getMessage());
            }
        });
        return ready.future();
    }
}

package io.headgate.alert;

import io.headgate.outbound.PostResult;
import io.headgate.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an address of the outside has answered of late. Told in the log
 * when it begins and when it ends, never for each attempt. Written by the loop of the alerting, read by anybody.
 */
final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final String what;
    private final Clock clock;
    private volatile Seen seen = new Seen("", 0, false);

    /** @param what names it in the log */
    Health(String what, Clock clock) {
        this.what = what;
        this.clock = clock;
    }

    private record Seen(String lastAnswer, long lastSuccessMillis, boolean failing) {}

    void heard(PostResult result) {
        Seen before = seen;
        LOG.debug("attempt receiver={} answer={}", what, result.words());
        if (result.delivered()) {
            seen = new Seen(result.words(), clock.wallMillis(), false);
            if (before.failing()) {
                LOG.info("receiver_answers_again receiver={}", what);
            }
        } else {
            seen = new Seen(result.words(), before.lastSuccessMillis(), true);
            if (!before.failing()) {
                LOG.warn("receiver_fails receiver={} answer={}", what, result.words());
            }
        }
    }

    /** In words; empty when it was never asked. */
    String lastAnswer() {
        return seen.lastAnswer();
    }

    /** In milliseconds since 1970; 0: never. */
    long lastSuccessMillis() {
        return seen.lastSuccessMillis();
    }

    /** Whether the last answer was no 2xx. */
    boolean failing() {
        return seen.failing();
    }
}

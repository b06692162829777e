package io.headgate.deliver;

import io.headgate.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long refused clients are told to wait: at first as configured, then doubled each time that much has passed with
 * no batch stored whole, up to {@value #MAX_SECONDS} s. So clients come back soon after a hiccup, and a long outage is
 * not hammered. Safe for use by any thread.
 */
final class RetryAfter {
    static final int MAX_SECONDS = 60;
    private static final Duration MAX = Duration.ofSeconds(MAX_SECONDS);
    private static final long WELL = Long.MIN_VALUE;

    private final Duration first;
    private final Clock clock;
    /** Monotonic time of the first failure since a batch was last stored whole. */
    private final AtomicLong failingSince = new AtomicLong(WELL);

    RetryAfter(Duration first, Clock clock) {
        this.first = first;
        this.clock = clock;
    }

    /** A batch was stored whole, or was not. */
    void heard(boolean stored) {
        if (!stored) {
            failingSince.compareAndSet(WELL, clock.nanos());
        } else if (failingSince.get() != WELL) {
            failingSince.set(WELL);
        }
    }

    Duration now() {
        long since = failingSince.get();
        Duration failing = since == WELL ? Duration.ZERO : Duration.ofNanos(clock.nanos() - since);
        Duration wait = first;
        while (wait.compareTo(failing) <= 0 && wait.compareTo(MAX) < 0) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(MAX) < 0 ? wait : MAX;
    }
}

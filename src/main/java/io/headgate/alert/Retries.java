package io.headgate.alert;

import io.headgate.outbound.PostResult;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next attempt: 1, 2, 5, 10, 30 and then always 60 s, 20 % more or less at random so that
 * several gateways do not come back in step. A receiver that asks for more gets it, up to {@link Post#RETRY_AFTER_MAX}.
 */
final class Retries {
    private static final int[] SECONDS = {1, 2, 5, 10, 30, 60};
    private static final double JITTER = 0.2;

    private final RandomGenerator random;

    Retries(RandomGenerator random) {
        this.random = random;
    }

    /** After this many failures in a row, 1 at least. */
    Duration after(int failures, PostResult last) {
        long base = 1_000L * SECONDS[Math.min(failures, SECONDS.length) - 1];
        Duration wait = Duration.ofMillis(Math.round(base * (1 + JITTER * (2 * random.nextDouble() - 1))));
        Duration asked = askedFor(last);
        return asked != null && asked.compareTo(wait) > 0 ? asked : wait;
    }

    private static @Nullable Duration askedFor(PostResult last) {
        return last instanceof PostResult.Answered answered ? answered.retryAfter() : null;
    }
}

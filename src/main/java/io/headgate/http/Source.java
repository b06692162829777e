package io.headgate.http;

import io.headgate.ingest.EventRate;
import io.headgate.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A source as the door knows it: its origins and what is left of its allowances. Safe for use by any thread. */
final class Source {
    private final String name;
    private final Set<String> origins;
    private final int requestsPerSecond;
    private final @Nullable Rate requests;
    private final EventRate events;

    Source(SourceSettings settings, Clock clock) {
        name = settings.name();
        origins = Set.copyOf(settings.origins());
        requestsPerSecond = settings.requestsPerSecond();
        requests = requestsPerSecond > 0 ? new Rate(clock, requestsPerSecond) : null;
        events = settings.eventsPerSecond() > 0
                ? eventRate(new Rate(clock, settings.eventsPerSecond()))
                : EventRate.UNLIMITED;
    }

    String name() {
        return name;
    }

    int requestsPerSecond() {
        return requestsPerSecond;
    }

    EventRate events() {
        return events;
    }

    /** Takes one request from the allowance and returns 0; or the nanoseconds until there is one again. */
    long takeRequest() {
        return requests == null ? 0 : requests.take(1);
    }

    /** What this source allows a browser's page of that origin. */
    Cors.Access access(@Nullable String origin) {
        return Cors.access(origin, origins);
    }

    private static EventRate eventRate(Rate rate) {
        return n -> {
            long wait = rate.take(n);
            return wait == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(wait));
        };
    }
}

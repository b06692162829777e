package io.headgate.ingest;

import java.time.Duration;
import java.util.Optional;

/** How many events a source may post; asked once for each batch, as soon as its events are counted. */
@FunctionalInterface
public interface EventRate {
    /** No limit. */
    EventRate UNLIMITED = events -> Optional.empty();

    /** Takes that many from the source's allowance; or takes none and says how long to wait. */
    Optional<Duration> take(int events);
}

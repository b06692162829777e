package io.headgate.http;

import io.headgate.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All sources by their write keys. Immutable; safe for use by any thread. */
final class Sources {
    private final Map<String, Source> byKey = new HashMap<>();
    private final Set<String> origins;

    Sources(List<SourceSettings> settings, Clock clock) {
        for (SourceSettings source : settings) {
            if (byKey.putIfAbsent(source.writeKey(), new Source(source, clock)) != null) {
                throw new IllegalArgumentException("sources: two of them have the write key of " + source.name());
            }
        }
        origins =
                settings.stream().flatMap(source -> source.origins().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The source of that write key; null when there is none. */
    @Nullable
    Source withKey(@Nullable String key) {
        return key == null ? null : byKey.get(key);
    }

    /** What any source allows an origin: for a preflight, which carries no key, and for an unknown key's answer. */
    Cors.Access anyAccess(@Nullable String origin) {
        return Cors.access(origin, origins);
    }
}

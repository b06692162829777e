package io.headgate.http;

import java.util.List;

/**
 * A source: who may post, from which pages, how much.
 *
 * @param writeKey the secret, or the public key of a browser's tracker, that names the source
 * @param origins origins of browsers that may use the key: exact ones, {@code null}, or {@code *} for any
 * @param requestsPerSecond 0: no limit
 * @param eventsPerSecond 0: no limit
 */
public record SourceSettings(
        String name, String writeKey, List<String> origins, int requestsPerSecond, int eventsPerSecond) {
    public SourceSettings {
        if (name.isEmpty() || writeKey.isEmpty()) {
            throw new IllegalArgumentException("a source needs a name and a write-key, not '" + name + "' and a key of "
                    + writeKey.length() + " characters");
        }
        if (requestsPerSecond < 0 || eventsPerSecond < 0) {
            throw new IllegalArgumentException("requests-per-second and events-per-second must be 0 or more, not "
                    + requestsPerSecond + " and " + eventsPerSecond);
        }
        origins = List.copyOf(origins);
    }

    /** Without the write key, for it must not reach a log. */
    @Override
    public String toString() {
        return "SourceSettings[" + name + "]";
    }
}

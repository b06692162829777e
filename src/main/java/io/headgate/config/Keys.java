package io.headgate.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The names of all settings there are. */
final class Keys {
    static final String SOURCES = "sources";
    static final String REDIS_URI = "redis.uri";
    static final String RECEIVERS = "alerts.receivers";
    static final String SILENCES = "alerts.silences";
    static final String DESTINATIONS = "destinations";
    static final String ROUTES = "routes";
    static final String MATCH = "match";
    static final String WHERE = "where";
    static final String FIELDS = "fields";

    /** Every setting, by its path in the file. */
    static final List<String> ALL = List.of(
            "instance",
            "data-dir",
            "http.host",
            "http.port",
            "http.body-bytes-max",
            "http.inflated-bytes-max",
            "http.event-bytes-max",
            "http.batch-events-max",
            "http.request-deadline",
            "http.connections-max",
            "http.in-flight-bytes-max",
            "management.host",
            "management.port",
            "management.token",
            SOURCES,
            REDIS_URI,
            "redis.embedded.port",
            "redis.embedded.maxmemory",
            "redis.key-prefix",
            "redis.partitions",
            "redis.deadline",
            "redis.allow-eviction",
            "redis.keep",
            "dedupe.window",
            "dedupe.ids-per-window",
            "failover.error-rate",
            "failover.window",
            "failover.calls-min",
            "failover.retry-after",
            "journal.segment-bytes",
            "journal.bytes-max",
            "journal.sync",
            "journal.deadline",
            "taxonomy.dir",
            DESTINATIONS,
            ROUTES,
            "processing.retry.first",
            "processing.retry.max",
            "processing.retry.attempts",
            "processing.lag",
            "alerts.lead-flow.silence",
            "alerts.lead-flow.per-source",
            "alerts.lead-flow.unusual",
            "alerts.repeat",
            "alerts.runbook",
            RECEIVERS,
            "alerts.heartbeat.url",
            "alerts.heartbeat.every",
            SILENCES);

    /** The settings of one source. */
    static final List<String> OF_A_SOURCE = List.of(
            "name", "write-key", "origins", "requests-per-second", "events-per-second", "silence", "expect-leads");

    /** The settings of one receiver, of whatever type. */
    static final List<String> OF_A_RECEIVER = List.of("name", "type", "url", "routing-key", "secret", "priorities");

    /** The settings of one silence. */
    static final List<String> OF_A_SILENCE = List.of("alert", "source", "from", "to", "reason");

    /** The settings of one destination, of whatever type. */
    static final List<String> OF_A_DESTINATION = List.of(
            "name",
            "type",
            "url",
            "secret",
            "uri",
            "table",
            "dir",
            "free-bytes-min",
            "retention",
            "timeout",
            "batch-events-max",
            "batch-bytes-max",
            "concurrency",
            "events-per-second",
            "linger");

    /** The settings of one route. */
    static final List<String> OF_A_ROUTE = List.of("name", "destination", "priority", "order", "from", MATCH, FIELDS);

    /** What of a route's events one of its matches takes. */
    static final List<String> OF_A_MATCH = List.of("events", "leads", "sources", WHERE);

    /** What is delivered of a route's events. */
    static final List<String> OF_FIELDS = List.of("pick", "drop", "rename");

    private static final Set<String> SECTIONS = ALL.stream()
            .flatMap(key -> IntStream.range(0, key.length())
                    .filter(at -> key.charAt(at) == '.')
                    .mapToObj(at -> key.substring(0, at)))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> STRUCTURED = Set.of(SOURCES, REDIS_URI, DESTINATIONS, ROUTES, RECEIVERS, SILENCES);

    private static final String PREFIX = "HEADGATE_";

    private Keys() {}

    static boolean isSection(String path) {
        return SECTIONS.contains(path);
    }

    /** Whether the value is a list or a map, or may be one, so that text from outside the file is read as YAML. */
    static boolean isStructured(String key) {
        return STRUCTURED.contains(key);
    }

    /** The environment variable of a setting: {@code http.port} is {@code HEADGATE_HTTP_PORT}. */
    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static boolean isVariable(String name) {
        return name.startsWith(PREFIX);
    }

    /** Advice on a name that is none: the nearest one that is. */
    static String didYouMean(String unknown, List<String> known) {
        String last = unknown.substring(unknown.lastIndexOf('.') + 1);
        Optional<String> near = known.stream()
                .filter(key -> distance(unknown, key) <= Math.max(1, unknown.length() / 4))
                .min((a, b) -> Integer.compare(distance(unknown, a), distance(unknown, b)));
        List<String> elsewhere =
                known.stream().filter(key -> key.endsWith("." + last)).toList();
        return near.map(key -> "there is no such setting, did you mean " + key + "?")
                .orElse(
                        elsewhere.isEmpty()
                                ? "there is no such setting"
                                : "there is no such setting, did you mean " + String.join(" or ", elsewhere) + "?");
    }

    /** How many letters must be put in, taken out or changed to make one of the other. */
    private static int distance(String a, String b) {
        int[] row = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

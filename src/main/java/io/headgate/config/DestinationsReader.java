package io.headgate.config;

import io.headgate.destination.DestinationSettings;
import io.headgate.destination.Limits;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code destinations}: a list of maps, each of one type with the settings of that type and no other. */
final class DestinationsReader {
    /** Of the destination that is there when none is written. */
    static final String ARCHIVE = "archive";

    private static final int DESTINATIONS_MAX = 100;
    private static final Duration RETENTION = Duration.ofDays(180);
    private static final long FREE_BYTES = 1L << 30;

    private static final Rule<Integer> BATCH_EVENTS = Rule.integer(1, 100_000);
    private static final Rule<Integer> BATCH_BYTES = Rule.arrayBytes(1 << 10, 64 << 20);
    private static final Rule<Integer> CONCURRENCY = Rule.integer(1, 1_000);
    private static final Rule<Integer> RATE = Rule.integer(0, 1_000_000_000);
    private static final Rule<Duration> LINGER = Rule.duration(Duration.ZERO, Duration.ofMinutes(1));
    private static final Rule<Duration> TIMEOUT = Rule.duration(Duration.ofMillis(100), Duration.ofMinutes(10));
    private static final Rule<Duration> KEPT = Rule.durationOrNever(Duration.ofDays(1), Duration.ofDays(36_500));

    private static final Pattern POSTGRES_SHAPE =
            Pattern.compile("postgres(ql)?://[^:@/?#]+(:[^@/?#]*)?@[^@/?#]+/[^/?#]+(\\?.*)?");
    private static final Rule<String> POSTGRES = new Rule<>(
            "postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with what is special in a password as %XX",
            DestinationsReader::postgresAddress);

    /** Room is left below PostgreSQL's 63 characters for what is added to a partition's name. */
    private static final Rule<String> TABLE = Rule.matching(
            "([a-z_][a-z0-9_]{0,47}\\.)?[a-z_][a-z0-9_]{0,47}",
            "TABLE or SCHEMA.TABLE, each 1 to 48 lower-case letters, digits and underscores");

    /** The settings of each type besides those of all: those that it must have, then those it may have. */
    private static final Map<String, List<List<String>>> TYPES = Map.of(
            "webhook", List.of(List.of("url"), List.of("secret", "timeout")),
            "postgres", List.of(List.of("uri"), List.of("table", "retention", "timeout")),
            "archive", List.of(List.of(), List.of("dir", "retention", "free-bytes-min")));

    private static final Limits ARCHIVES = new Limits(5_000, 8 << 20, 1, 0, Duration.ofSeconds(1));
    private static final Map<String, Limits> LIMITS = Map.of(
            "webhook", new Limits(1, 1 << 20, 8, 0, Duration.ZERO),
            "postgres", new Limits(1_000, 4 << 20, 2, 0, Duration.ofMillis(50)),
            "archive", ARCHIVES);

    private final Items items;
    private final Path dataDir;

    DestinationsReader(Items items, Path dataDir) {
        this.items = items;
        this.dataDir = dataDir;
    }

    /**
     * What is written.
     *
     * @param destinations those without a fault
     * @param name what a route may name; anything where a destination's own name is not known
     */
    record Read(List<DestinationSettings> destinations, Rule<String> name) {}

    /** The archive alone where nothing is written. */
    Read read(Values values) {
        if (values.written(Keys.DESTINATIONS).isEmpty()) {
            return new Read(List.of(byDefault()), named(Set.of(ARCHIVE)));
        }
        Set<String> names = new HashSet<>();
        Set<Path> dirs = new HashSet<>();
        List<DestinationSettings> destinations = new ArrayList<>();
        boolean known = true;
        for (Items.Item item : items.read(values, Keys.DESTINATIONS, 0, DESTINATIONS_MAX, Keys.OF_A_DESTINATION)) {
            String name = item.values().get("name", "", Rule.name());
            boolean named = items.hasOfItsOwn(item, "name", name, false, names);
            known &= named;
            items.type(item, "a destination", TYPES)
                    .filter(type -> named)
                    .flatMap(type -> destination(item.values(), name, type, dirs))
                    .ifPresent(destinations::add);
        }
        return new Read(destinations, known && !values.isBroken(Keys.DESTINATIONS) ? named(names) : Rule.name());
    }

    private Optional<DestinationSettings> destination(Values values, String name, String type, Set<Path> dirs) {
        Limits limits = limits(values, type);
        return switch (type) {
            case "webhook" -> webhook(values, name, limits);
            case "postgres" -> postgres(values, name, limits);
            default -> Optional.of(archive(values, name, limits, dirs));
        };
    }

    private static Optional<DestinationSettings> webhook(Values values, String name, Limits limits) {
        String url = values.secret("url", "", Rule.httpAddress());
        List<String> secrets = values.secrets("secret", ReceiversReader.SECRET);
        Duration timeout = values.get("timeout", Duration.ofSeconds(10), TIMEOUT);
        return values.isBroken("url")
                ? Optional.empty()
                : Optional.of(new DestinationSettings.Webhook(name, URI.create(url), secrets, timeout, limits));
    }

    private static Optional<DestinationSettings> postgres(Values values, String name, Limits limits) {
        String uri = values.secret("uri", "", POSTGRES);
        String table = values.get("table", "headgate_events", TABLE);
        Duration retention = values.get("retention", RETENTION, KEPT);
        Duration timeout = values.get("timeout", Duration.ofSeconds(30), TIMEOUT);
        if (values.isBroken("uri")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DestinationSettings.Postgres(name, uri, table, retention, timeout, limits));
        } catch (IllegalArgumentException e) {
            values.fault("uri", "", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private DestinationSettings archive(Values values, String name, Limits limits, Set<Path> dirs) {
        Path dir = values.get("dir", dataDir.resolve("archive"), Rule.path("a directory"));
        Duration retention = values.get("retention", RETENTION, KEPT);
        long free = values.get("free-bytes-min", FREE_BYTES, Rule.bytes(0, 1L << 50));
        if (!values.isBroken("dir") && !dirs.add(dir.toAbsolutePath().normalize())) {
            values.fault("dir", dir.toString(), "an earlier archive has the same");
        }
        return new DestinationSettings.Archive(name, dir, retention, free, limits);
    }

    private static Limits limits(Values values, String type) {
        Limits byDefault = LIMITS.getOrDefault(type, ARCHIVES);
        return new Limits(
                values.get("batch-events-max", byDefault.batchEventsMax(), BATCH_EVENTS),
                values.get("batch-bytes-max", byDefault.batchBytesMax(), BATCH_BYTES),
                values.get("concurrency", byDefault.concurrency(), CONCURRENCY),
                values.get("events-per-second", byDefault.eventsPerSecond(), RATE),
                values.get("linger", byDefault.linger(), LINGER));
    }

    private DestinationSettings byDefault() {
        return new DestinationSettings.Archive(ARCHIVE, dataDir.resolve("archive"), RETENTION, FREE_BYTES, ARCHIVES);
    }

    private static Rule<String> named(Set<String> names) {
        return new Rule<>(
                names.isEmpty()
                        ? "the name of a destination, and there is none"
                        : "the name of a destination: "
                                + String.join(", ", names.stream().sorted().toList()),
                text -> Optional.of(text).filter(names::contains));
    }

    /** A user and a database must be named: the client would make some up. */
    private static Optional<String> postgresAddress(String text) {
        try {
            URI uri = new URI(text);
            boolean whole = POSTGRES_SHAPE.matcher(text).matches() && uri.getHost() != null && uri.getPort() <= 65_535;
            return whole ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}

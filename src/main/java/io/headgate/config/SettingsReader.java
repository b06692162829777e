package io.headgate.config;

import io.headgate.deliver.DeliverSettings;
import io.headgate.embedded.EmbeddedSettings;
import io.headgate.http.HttpSettings;
import io.headgate.http.SourceSettings;
import io.headgate.ingest.IngestSettings;
import io.headgate.journal.JournalSettings;
import io.headgate.journal.JournalSettings.Sync;
import io.headgate.manage.ManageSettings;
import io.headgate.process.ProcessSettings;
import io.headgate.process.RouteSettings;
import io.headgate.stream.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the configuration: flags over environment over file over defaults. The defaults stand here; {@code
 * conf/headgate.yaml} shows them, and a test holds the two together.
 */
public final class SettingsReader {
    static final String DEMO_KEY = "demo";

    private static final Rule<Integer> PORT = Rule.integer(0, 65_535);
    private static final Rule<String> HOST =
            Rule.matching("[A-Za-z0-9._:%-]{1,253}", "the name or address of an interface of this machine");
    private static final Rule<String> TOKEN = Rule.matching("[!-~]{0,500}", "visible ASCII characters without spaces");
    private static final Rule<String> INSTANCE =
            Rule.matching("[A-Za-z0-9._-]{0,64}", "at most 64 letters, digits, dots, dashes and underscores");
    private static final Rule<String> KEY_PREFIX =
            Rule.matching("[A-Za-z0-9._:-]{1,64}", "1 to 64 letters, digits, dots, colons, dashes and underscores");
    private static final String LOOPBACK = "127.0.0.1";
    /** The breaker needs five failures to know that a destination is away; an event must outlive them. */
    private static final Rule<Integer> ATTEMPTS = Rule.integer(6, 1_000);

    private static final int BODY_BYTES_MAX = 1 << 30;
    private static final Duration DAY = Duration.ofDays(1);

    private final Map<String, String> environment;
    private final long heapBytesMax;

    /**
     * @param environment the process's variables
     * @param heapBytesMax the largest heap that this process may have
     */
    public SettingsReader(Map<String, String> environment, long heapBytesMax) {
        this.environment = Map.copyOf(environment);
        this.heapBytesMax = heapBytesMax;
    }

    /**
     * The settings that hold; nothing on disk is changed.
     *
     * @param file that must be there; empty: {@code conf/headgate.yaml} if it is there, else the one in the jar
     * @param flags {@code key=value}, each
     * @throws ConfigException with every fault that was found
     */
    public Settings read(Optional<Path> file, List<String> flags) throws ConfigException {
        List<ConfigFault> faults = new ArrayList<>();
        Layers layers = new Layers(faults);
        ConfigText.find(file, faults).ifPresent(text -> layers.addFile(text.name(), text.content()));
        layers.addEnvironment(environment);
        layers.addFlags(flags);
        References references = new References(environment);
        Values values = new Values("", layers.effective(), references, faults);
        Settings settings = settings(values, new Items(references, faults));
        CrossChecks.run(values, settings);
        if (!faults.isEmpty()) {
            throw new ConfigException(faults);
        }
        return settings;
    }

    private Settings settings(Values values, Items items) {
        List<SourcesReader.Read> sources = new SourcesReader(items).read(values);
        Path dataDir = values.get("data-dir", Path.of("data"), Rule.path("a directory"));
        List<String> uris = RedisUri.read(values);
        boolean embedded = uris.isEmpty();
        StreamSettings stream = stream(values, uris);
        String instance = values.get("instance", "", INSTANCE);
        DestinationsReader.Read destinations = new DestinationsReader(items, dataDir).read(values);
        return new Settings(
                instance,
                dataDir,
                http(values, sources.stream().map(SourcesReader.Read::source).toList()),
                ingest(values),
                manage(values),
                stream,
                journal(values, dataDir, stream.partitions()),
                embedded ? Optional.of(embedded(values, dataDir)) : Optional.empty(),
                deliver(values, stream.deadline()),
                TaxonomyFiles.in(values.get("taxonomy.dir", TaxonomyFiles.DEFAULT, Rule.path("a directory"))),
                new AlertsReader(items).read(values, dataDir, sources),
                destinations.destinations(),
                process(values, instance, new RoutesReader(items).read(values, destinations.name())));
    }

    private HttpSettings http(Values values, List<SourceSettings> sources) {
        return new HttpSettings(
                values.get("http.host", LOOPBACK, HOST),
                values.get("http.port", 8080, PORT),
                values.get("http.body-bytes-max", 1 << 20, Rule.arrayBytes(1, BODY_BYTES_MAX)),
                values.get("http.inflated-bytes-max", 8 << 20, Rule.arrayBytes(1, BODY_BYTES_MAX)),
                values.get(
                        "http.request-deadline",
                        Duration.ofSeconds(10),
                        Rule.duration(Duration.ofMillis(100), Duration.ofMinutes(10))),
                values.get("http.connections-max", 10_000, Rule.integer(1, 1_000_000)),
                values.get(
                        "http.in-flight-bytes-max", Rule.percent(heapBytesMax, 25), Rule.bytesOrPercent(heapBytesMax)),
                sources);
    }

    private static IngestSettings ingest(Values values) {
        return new IngestSettings(
                values.get("http.event-bytes-max", 32 << 10, Rule.arrayBytes(1, BODY_BYTES_MAX)),
                values.get("http.batch-events-max", 1_000, Rule.integer(1, 100_000)));
    }

    private static ManageSettings manage(Values values) {
        return new ManageSettings(
                values.get("management.host", LOOPBACK, HOST),
                values.get("management.port", 8081, PORT),
                values.secret("management.token", "", TOKEN));
    }

    private static StreamSettings stream(Values values, List<String> uris) {
        return new StreamSettings(
                uris,
                values.get("redis.key-prefix", "headgate", KEY_PREFIX),
                values.get("redis.partitions", 4, Rule.integer(1, 1_024)),
                values.get(
                        "redis.deadline",
                        Duration.ofMillis(500),
                        Rule.duration(Duration.ofMillis(10), Duration.ofMinutes(1))),
                values.get("redis.allow-eviction", false, Rule.yesOrNo()),
                values.get("dedupe.window", DAY, Rule.duration(Duration.ofSeconds(1), DAY.multipliedBy(30))),
                values.get("dedupe.ids-per-window", 20_000_000L, Rule.whole(1, 1_000_000_000_000L)));
    }

    private static EmbeddedSettings embedded(Values values, Path dataDir) {
        return new EmbeddedSettings(
                dataDir.resolve("redis"),
                values.get("redis.embedded.port", 6390, PORT),
                values.get("redis.embedded.maxmemory", 0L, Rule.bytes(0, Long.MAX_VALUE)));
    }

    private static DeliverSettings deliver(Values values, Duration streamDeadline) {
        return new DeliverSettings(
                values.get("failover.error-rate", 0.05, Rule.share()),
                values.get("failover.window", Duration.ofSeconds(10), Rule.wholeSeconds(1, 600)),
                values.get("failover.calls-min", 20, Rule.integer(1, 1_000_000)),
                values.get(
                        "failover.retry-after",
                        Duration.ofSeconds(5),
                        Rule.duration(Duration.ofSeconds(1), Duration.ofMinutes(1))),
                values.get(
                        "journal.deadline",
                        Duration.ofSeconds(5),
                        Rule.duration(Duration.ofMillis(100), Duration.ofMinutes(1))),
                streamDeadline);
    }

    private static JournalSettings journal(Values values, Path dataDir, int partitions) {
        long segment = values.get("journal.segment-bytes", 64L << 20, Rule.bytes(1 << 20, 1L << 30));
        long all = values.get("journal.bytes-max", 10L << 30, Rule.bytes(2 << 20, 1L << 50));
        if (all < 2 * segment && !values.isBroken("journal.segment-bytes") && !values.isBroken("journal.bytes-max")) {
            values.fault(
                    "journal.bytes-max",
                    Long.toString(all),
                    "must be at least twice journal.segment-bytes, which is " + segment);
        }
        return new JournalSettings(
                dataDir.resolve("journal"),
                partitions,
                segment,
                Math.max(all, 2 * segment),
                values.get(
                        "journal.sync", Sync.ALWAYS, Rule.oneOf(Map.of("always", Sync.ALWAYS, "never", Sync.NEVER))));
    }

    private static ProcessSettings process(Values values, String instance, List<RouteSettings> routes) {
        Rule<Duration> wait = Rule.duration(Duration.ofMillis(10), DAY);
        Duration first = values.get("processing.retry.first", Duration.ofSeconds(1), wait);
        Duration max = values.get("processing.retry.max", Duration.ofHours(1), wait);
        if (max.compareTo(first) < 0) {
            values.fault(
                    "processing.retry.max",
                    Rule.words(max),
                    "must be at least processing.retry.first, which is " + Rule.words(first));
            max = first;
        }
        return new ProcessSettings(
                instance,
                routes,
                first,
                max,
                values.get("processing.retry.attempts", 16, ATTEMPTS),
                values.get("redis.keep", DAY, Rule.duration(Duration.ofMinutes(1), DAY.multipliedBy(365))));
    }
}

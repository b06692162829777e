package io.headgate.loadtest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads what shall be run, and runs it. */
@Command(
        name = "run",
        description = {
            "Runs a scenario: brief (10,000 leads in 60 s, one a request), batches (to the ceiling), mixed (single events and"
                    + " batches, some invalid, some twice, some compressed), soak (an hour), outage (Redis killed).",
            "Without --url it starts a gateway of its own (target/headgate.jar) with its Redis, and ends both."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    private static final int BATCH_MAX = 1_000;
    private static final String SOAK_HEAP = "-Xmx128m";
    private static final Set<String> REDISES = new TreeSet<>(Set.of("embedded", "always", "everysec", "memory"));

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SCENARIO", description = "${COMPLETION-CANDIDATES}")
    private Scenario scenario;

    @Option(
            names = "--seed",
            description =
                    "Of the events; the same seed, the same events. Default: 1, or a new one where the Redis was there before.")
    private Long seed;

    @Option(names = "--seconds", description = "Measured.")
    private Integer seconds;

    @Option(names = "--warm-up", description = "Seconds before that.")
    private Integer warmUp;

    @Option(names = "--rate", description = "Requests that arrive a second, whatever the answers do.")
    private Double rate;

    @Option(names = "--users", description = "Instead of a rate: users that post one request after the other.")
    private Integer users;

    @Option(names = "--batch", description = "Events a request.")
    private Integer batch;

    @Option(names = "--out", description = "Folder of the reports. Default: target/loadtest/SCENARIO-TIME.")
    private Path out;

    @Option(
            names = "--redis",
            description =
                    "Of a gateway of its own: embedded (default); always, everysec, memory: a server of its own with"
                            + " this fsync, or without append-only file (default of outage: always); or redis://HOST:PORT.")
    private String redis;

    @Option(
            names = "--java-flag",
            description = "For the gateway's virtual machine, such as -Xmx64m. Default of soak: -Xmx128m.")
    private List<String> javaFlags = new ArrayList<>();

    @Option(names = "--set", description = "KEY=VALUE, a setting for the gateway.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--url", description = "A gateway that runs already, such as http://127.0.0.1:8080.")
    private URI url;

    @Option(names = "--management", description = "Its management port.", defaultValue = "http://127.0.0.1:8081")
    private URI management;

    @Option(names = "--token", description = "Of the management port.", defaultValue = "")
    private String token;

    @Option(names = "--redis-uri", description = "Its Redis.", defaultValue = "redis://127.0.0.1:6390")
    private String redisUri;

    @Option(names = "--prefix", description = "Of the Redis's keys.", defaultValue = "headgate")
    private String prefix;

    @Option(names = "--source", description = "NAME:WRITE-KEY, any number of them.", defaultValue = "demo:demo")
    private List<String> sources;

    @Option(names = "--break", description = "Shell command that breaks its Redis (outage).", defaultValue = "")
    private String breaking;

    @Option(names = "--mend", description = "Shell command that mends it.", defaultValue = "")
    private String mending;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Scenario.Shape shape = shape();
        int[] cycle = batch == null ? scenario.cycle() : new int[] {batch};
        long chosen = seed != null ? seed : redisIsOurs() ? 1 : System.currentTimeMillis();
        Subject.Commands commands = new Subject.Commands(breaking, mending);
        try (Subject subject = url == null
                ? Subject.own(redis(), javaFlags(), settings, commands)
                : Subject.running(
                        new GatewayAt.Addresses(url, management, token, redisUri, prefix),
                        sources.stream().map(this::source).toList(),
                        commands)) {
            boolean passed = false;
            try {
                passed = campaign(shape, cycle, chosen, subject).run(out);
            } finally {
                String kept = passed ? "" : subject.keep();
                if (!kept.isEmpty()) {
                    System.out.println("kept for a look: " + kept);
                }
            }
            return passed ? 0 : 1;
        }
    }

    private Campaign campaign(Scenario.Shape shape, int[] cycle, long chosen, Subject subject) {
        try {
            return new Campaign(scenario, shape, cycle, chosen, subject, description());
        } catch (IllegalArgumentException tooMuch) {
            throw wrong(String.valueOf(tooMuch.getMessage()));
        }
    }

    /** What makes no sense, before anything is started. */
    private void check() {
        if (batch != null && (batch < 1 || batch > BATCH_MAX)) {
            throw wrong("--batch is a number from 1 to " + BATCH_MAX + ", not " + batch);
        }
        if (rate != null && users != null) {
            throw wrong("either --rate or --users");
        }
        if (url == null && !REDISES.contains(redis()) && !redis().contains("://")) {
            throw wrong("--redis is one of " + REDISES + ", or an address, not " + redis());
        }
        if (breaking.isEmpty() != mending.isEmpty()) {
            throw wrong("--break and --mend go together");
        }
        if (scenario == Scenario.OUTAGE && !redisIsOurs() && breaking.isEmpty()) {
            throw wrong("outage with a Redis that was there before needs --break and --mend");
        }
        for (String setting : settings) {
            String key = setting.substring(0, Math.max(0, setting.indexOf('=')));
            if (key.isEmpty() || Subject.OURS.contains(key) || Subject.OURS.contains(key.split("\\.", 2)[0])) {
                throw wrong("--set is KEY=VALUE, and none of " + new TreeSet<>(Subject.OURS) + ": " + key);
            }
        }
    }

    private boolean redisIsOurs() {
        return url == null && !redis().contains("://");
    }

    /** In a large heap nothing old is collected for hours, and what is in use tells nothing of what is needed. */
    private List<String> javaFlags() {
        return scenario == Scenario.SOAK && javaFlags.isEmpty() ? List.of(SOAK_HEAP) : javaFlags;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private Scenario.Shape shape() {
        Scenario.Shape usual = scenario.shape;
        boolean closed = users != null || (rate == null && !usual.open());
        try {
            return new Scenario.Shape(
                    usual.leadsOnly(),
                    usual.mixed(),
                    closed ? 0 : rate == null ? usual.requestsPerSecond() : rate,
                    closed ? users == null ? usual.users() : users : 0,
                    warmUp == null ? usual.warmUp() : warmUp,
                    seconds == null ? usual.seconds() : seconds);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private String redis() {
        return redis != null ? redis : scenario == Scenario.OUTAGE ? "always" : "embedded";
    }

    private Request.Source source(String text) {
        String[] parts = text.split(":", 2);
        if (parts.length < 2) {
            throw wrong("--source is NAME:WRITE-KEY");
        }
        return new Request.Source(parts[0], parts[1]);
    }

    /** Where and with what, for the report: no key, no token, no setting's value, nothing of an address but its host. */
    private String description() {
        if (url != null) {
            return "runs at " + url.getHost();
        }
        String server = redis().contains("://") ? URI.create(redis()).getHost() : redis();
        List<String> keys = settings.stream()
                .map(setting -> setting.substring(0, setting.indexOf('=')))
                .toList();
        return "redis=" + server + (javaFlags().isEmpty() ? "" : " flags=" + javaFlags())
                + (keys.isEmpty() ? "" : " set=" + keys);
    }
}

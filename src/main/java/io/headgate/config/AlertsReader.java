package io.headgate.config;

import io.headgate.alert.AlertName;
import io.headgate.alert.AlertSettings;
import io.headgate.alert.HeartbeatSettings;
import io.headgate.alert.LeadFlowSettings;
import io.headgate.alert.Silence;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads {@code alerts}, and what the sources say about their leads. */
final class AlertsReader {
    /** How long no lead may come before it is told. */
    static final Rule<Duration> SILENCE = Rule.duration(Duration.ofSeconds(1), Duration.ofDays(30));

    private static final int SILENCES_MAX = 1_000;
    private static final Rule<String> RUNBOOK =
            Rule.matching("[!-~]{1,500}", "an address or a file: visible ASCII characters without spaces");
    private static final Rule<String> REASON =
            new Rule<>(Silence.REASON, text -> Optional.of(text).filter(Silence::isReason));
    private static final Rule<String> ALERT = new Rule<>(
            Arrays.stream(AlertName.values()).map(AlertName::wire).collect(Collectors.joining(", ")) + " or \"*\"",
            text -> Optional.of(text)
                    .filter(name ->
                            name.equals(Silence.ANY) || AlertName.ofWire(name).isPresent()));

    private final Items items;

    AlertsReader(Items items) {
        this.items = items;
    }

    AlertSettings read(Values values, Path dataDir, List<SourcesReader.Read> sources) {
        Duration repeat = values.get(
                "alerts.repeat", Duration.ofMinutes(30), Rule.duration(Duration.ofSeconds(1), Duration.ofDays(7)));
        return new AlertSettings(
                dataDir.resolve("alerts"),
                leadFlow(values, sources),
                repeat,
                values.get("alerts.runbook", "README.md", RUNBOOK),
                new ReceiversReader(items).read(values),
                heartbeat(values),
                silences(values, sources),
                values.get(
                        "processing.lag",
                        Duration.ofMinutes(15),
                        Rule.duration(Duration.ofSeconds(1), Duration.ofDays(30))));
    }

    private static LeadFlowSettings leadFlow(Values values, List<SourcesReader.Read> sources) {
        Duration silence = values.get("alerts.lead-flow.silence", Duration.ofHours(4), SILENCE);
        return new LeadFlowSettings(
                silence,
                values.get("alerts.lead-flow.per-source", true, Rule.yesOrNo()),
                values.get("alerts.lead-flow.unusual", true, Rule.yesOrNo()),
                sources.stream()
                        .map(read -> new LeadFlowSettings.Source(
                                read.source().name(), read.silence().orElse(silence), read.expectLeads()))
                        .toList());
    }

    private static Optional<HeartbeatSettings> heartbeat(Values values) {
        String url = values.secret("alerts.heartbeat.url", "", Rule.orNothing(Rule.httpAddress()));
        Duration every = values.get(
                "alerts.heartbeat.every",
                Duration.ofMinutes(1),
                Rule.duration(Duration.ofSeconds(1), Duration.ofDays(1)));
        return url.isEmpty() ? Optional.empty() : Optional.of(new HeartbeatSettings(URI.create(url), every));
    }

    private List<Silence> silences(Values values, List<SourcesReader.Read> sources) {
        List<String> labels = new ArrayList<>(
                sources.stream().map(read -> read.source().name()).toList());
        labels.add("*");
        Rule<String> label = new Rule<>("a configured source, or \"*\" for all together", text -> Optional.of(text)
                .filter(labels::contains));
        List<Silence> silences = new ArrayList<>();
        for (Items.Item item : items.read(values, Keys.SILENCES, 0, SILENCES_MAX, Keys.OF_A_SILENCE)) {
            silence(item, label, "config-" + (silences.size() + 1)).ifPresent(silences::add);
        }
        return silences;
    }

    private Optional<Silence> silence(Items.Item item, Rule<String> label, String id) {
        Values values = item.values();
        String alert = values.get("alert", "", ALERT);
        String source = values.get("source", "", label);
        long from = values.get("from", 0L, Rule.moment());
        long to = values.get("to", 0L, Rule.moment());
        String reason = values.get("reason", "", REASON);
        long missing = Keys.OF_A_SILENCE.stream()
                .filter(key -> !key.equals("source") && !items.has(item, key))
                .count();
        if (missing > 0 || values.isBroken("source")) {
            return Optional.empty();
        }
        if (to <= from) {
            values.fault("to", "", "must be later than from");
            return Optional.empty();
        }
        return Optional.of(new Silence(id, alert, source, from, to, reason));
    }
}

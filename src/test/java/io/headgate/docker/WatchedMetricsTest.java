package io.headgate.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.headgate.Posts;
import io.headgate.RunningGateway;
import io.headgate.docker.PromQl.Condition;
import io.headgate.docker.PromQl.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the rules and the dashboard ask for is on {@code /metrics} of a gateway that runs: a metric that is renamed here
 * would leave an alert there that never fires, and a panel that shows nothing.
 */
class WatchedMetricsTest {
    /** Prometheus makes these by itself. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

    private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance");

    @TempDir
    private static Path dir;

    /** The label sets under each name on the page. */
    private static Map<String, List<Map<String, String>>> page;

    @BeforeAll
    static void readThePage() {
        try (RunningGateway gateway = RunningGateway.start(
                dir, "alerts.receivers=[{name: am, type: alertmanager, url: 'http://127.0.0.1:1'}]")) {
            gateway.posts().post(Posts.event(UUID.randomUUID(), "s"));
            // a collector is on the page once it has worked
            page = Eventually.notNull(() -> {
                System.gc();
                Map<String, List<Map<String, String>>> read = read(gateway);
                return read.containsKey("jvm_gc_pause_seconds_sum") ? read : null;
            });
        }
    }

    private static Map<String, List<Map<String, String>>> read(RunningGateway gateway) {
        return gateway.management()
                .ask("GET", "/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> PromQl.of(line.substring(0, line.lastIndexOf(' ')))
                        .selectors()
                        .get(0))
                .collect(Collectors.groupingBy(
                        Selector::metric,
                        Collectors.mapping(
                                sample -> sample.conditions().stream()
                                        .collect(Collectors.toMap(Condition::label, Condition::value)),
                                Collectors.toList())));
    }

    @Test
    void everyMetricOfTheRulesIsThere() throws Exception {
        Map<String, String> expressions = WatchFiles.rules().stream()
                .collect(Collectors.toMap(WatchFiles.Rule::title, WatchFiles.Rule::expression));

        assertThat(expressions).hasSizeGreaterThan(8);
        assertThat(missing(expressions)).isEmpty();
    }

    @Test
    void everyMetricOfTheDashboardIsThere() throws Exception {
        Map<String, String> expressions = WatchFiles.queries();

        assertThat(expressions).hasSizeGreaterThan(30);
        assertThat(missing(expressions)).isEmpty();
    }

    private static List<String> missing(Map<String, String> expressions) {
        List<String> missing = new ArrayList<>();
        expressions.forEach((title, expression) -> {
            PromQl read = PromQl.of(expression);
            Set<String> labels = new TreeSet<>(LABELS_OF_PROMETHEUS);
            for (Selector selector : read.selectors()) {
                if (OF_PROMETHEUS.contains(selector.metric())) {
                    labels.add("alertname");
                } else if (!found(selector)) {
                    missing.add(title + ": nothing on the page is " + selector);
                } else {
                    page.get(selector.metric()).forEach(sample -> labels.addAll(sample.keySet()));
                }
            }
            read.grouping().stream()
                    .filter(label -> !labels.contains(label))
                    .forEach(label -> missing.add(title + ": none of its metrics has the label " + label));
        });
        return missing;
    }

    /** Whether there is a series that meets every condition; one with a variable asks for the label only. */
    private static boolean found(Selector selector) {
        return page.getOrDefault(selector.metric(), List.of()).stream()
                .anyMatch(sample -> selector.conditions().stream()
                        .filter(condition -> !LABELS_OF_PROMETHEUS.contains(condition.label()))
                        .allMatch(condition -> sample.containsKey(condition.label())
                                && (condition.value().contains("$")
                                        || condition.takes(sample.get(condition.label())))));
    }
}

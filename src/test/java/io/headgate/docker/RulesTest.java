package io.headgate.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever is called by a rule finds what it means; and each rule is tried by promtool, which docker/check runs. */
class RulesTest {
    @Test
    void everyAlertLinksToItsSectionOfARunbook() throws IOException {
        List<String> dead = new ArrayList<>();
        for (WatchFiles.Rule rule : WatchFiles.rules()) {
            String[] link = Objects.requireNonNull(rule.annotations().get("runbook_url"), rule.alert())
                    .split("#", -1);
            String section = "\n### " + rule.alert() + "\n";
            boolean there = link[1].equals(rule.alert().toLowerCase(Locale.ROOT))
                    && Files.readString(Path.of(link[0])).contains(section);
            if (!there) {
                dead.add(rule.title());
            }
        }

        assertThat(dead).isEmpty();
    }

    @Test
    void everyAlertSaysHowUrgentItIsAndWhoTellsIt() throws IOException {
        assertThat(WatchFiles.rules()).allSatisfy(rule -> {
            assertThat(rule.labels()).containsEntry("watch", "prometheus");
            assertThat(rule.labels().get("severity")).isIn("critical", "warning", "none");
            assertThat(rule.annotations()).containsKeys("summary", "description");
        });
    }

    @Test
    void everyAlertIsTriedWhereItFiresAndWhereItDoesNotYet() throws IOException {
        List<Map<String, Object>> tries =
                WatchFiles.maps(WatchFiles.yaml("prometheus/rules_test.yml").get("tests")).stream()
                        .flatMap(test -> WatchFiles.maps(test.get("alert_rule_test")).stream())
                        .toList();

        TreeSet<Object> fire = new TreeSet<>();
        TreeSet<Object> rest = new TreeSet<>();
        tries.forEach(each -> (((List<?>) each.get("exp_alerts")).isEmpty() ? rest : fire).add(each.get("alertname")));

        TreeSet<Object> alerts =
                WatchFiles.rules().stream().map(WatchFiles.Rule::alert).collect(Collectors.toCollection(TreeSet::new));
        assertThat(fire).isEqualTo(alerts);
        alerts.remove("Watchdog"); // it fires always
        assertThat(rest).isEqualTo(alerts);
    }
}

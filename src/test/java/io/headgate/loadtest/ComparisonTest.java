package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Report.Times NO_TIMES = new Report.Times(0, 0, 0, 0, 0);
    private static final Report.Costs NO_COSTS = new Report.Costs(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    @Test
    void eachFigureHasItsRatioAndWhatIsBetterWhereItIsClear() {
        Report a = report("brief", 1, Map.of(), 1_000, 0, 2.0, 4.0);
        Report b = report("brief", 1, Map.of(), 2_000, 0, 1.0, 4.1);

        String table = Comparison.table(a, b);

        assertThat(line(table, "events/s")).containsSubsequence("1,000", "2,000", "2.00", "B is better");
        assertThat(line(table, "corrected p99, ms")).containsSubsequence("2", "1", "0.50", "B is better");
        assertThat(line(table, "gateway CPU, us/event")).endsWith("1.03");
        assertThat(Comparison.table(b, a).lines().filter(l -> l.contains("A is better")))
                .hasSameSizeAs(
                        table.lines().filter(l -> l.contains("B is better")).toList());
    }

    @Test
    void whatDiffersIsNamed() {
        Report a = report("brief", 1, Map.of("cores", "2", "java", "17"), 1_000, 0, 2, 4);
        Report b = report("brief", 9, Map.of("cores", "2", "redis", "7.0"), 1_000, 0, 2, 4);

        String table = Comparison.table(a, b);

        assertThat(line(table, "seed")).endsWith("differs");
        assertThat(line(table, "scenario")).doesNotContain("differs");
        assertThat(table).contains("The machines differ", "java\n    A  17\n    B  not told", "redis\n    A  not told");
        assertThat(table).doesNotContain("cores\n");
        assertThat(Comparison.table(a, a)).contains("same machine").doesNotContain("differ");
    }

    @Test
    void differentScenariosAreComparedButNeitherIsCalledBetter() {
        Report a = report("brief", 1, Map.of(), 1_000, 0, 2, 4);
        Report b = report("batches", 1, Map.of(), 9_000, 5, 1, 2);

        String table = Comparison.table(a, b);

        assertThat(line(table, "scenario")).endsWith("differs");
        assertThat(line(table, "events/s")).endsWith("9.00");
        assertThat(table).contains("The scenarios differ").doesNotContain("is better");
    }

    @Test
    void nothingIsDividedByZeroAndWhatIsNotKnownIsNotBetter() {
        Report known = report("brief", 1, Map.of(), 1_000, 3, 2, 4);
        Report nothing = report("brief", 1, Map.of(), 0, 0, 0, 0);

        String table = Comparison.table(nothing, known);

        assertThat(table + Comparison.table(known, nothing) + Comparison.table(nothing, nothing))
                .doesNotContainIgnoringCase("nan")
                .doesNotContainIgnoringCase("infinity")
                .doesNotContain("\u221e");
        assertThat(line(table, "gateway CPU, us/event"))
                .containsSubsequence("?", "4", "-")
                .doesNotContain("better");
        assertThat(line(table, "failed requests")).containsSubsequence("0", "3", "-", "A is better");
    }

    @Test
    void theColumnsStandBelowEachOther() {
        String table = Comparison.table(
                report("brief", 1, Map.of(), 1_000_000, 0, 2, 4), report("brief", 22, Map.of(), 5, 0, 222_222, 4));

        int end = line(table, "events/s").indexOf("1,000,000") + "1,000,000".length();
        assertThat(line(table, "seed").charAt(end - 1)).isEqualTo('1');
        assertThat(line(table, "").substring(0, end)).endsWith(" A");
    }

    private static String line(String table, String name) {
        return table.lines()
                .filter(line -> name.isEmpty() || line.startsWith(name + " "))
                .findFirst()
                .orElseThrow();
    }

    private static Report report(
            String scenario,
            long seed,
            Map<String, String> machine,
            double eventsPerSecond,
            long failed,
            double p99,
            double gatewayMicros) {
        return new Report(
                Report.FORMAT,
                scenario,
                seed,
                "2026-11-21T10:00:00Z",
                machine,
                new Report.Load(0, 0, 0, failed, 0, eventsPerSecond, 0, 0, 0, 0),
                NO_TIMES,
                p99 == 0 ? NO_TIMES : new Report.Times(p99 / 2, p99 / 2, p99, p99, p99),
                gatewayMicros == 0 ? NO_COSTS : new Report.Costs(gatewayMicros, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                List.of(new Check("a check", true, "")),
                List.of(),
                List.of());
    }
}

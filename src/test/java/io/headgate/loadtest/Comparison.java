package io.headgate.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Two reports side by side: each figure of both, how many times the first the second is, and which is better. That is
 * said only where both ran the same scenario, the figure is known in both, and the two are more than a twentieth apart.
 */
final class Comparison {
    private static final double CLEAR = 1.05;

    private enum Better {
        MORE,
        LESS,
        NEITHER
    }

    /** A figure; unless zero is a value, 0 stands for one that is not known. */
    private record Figure(String name, Better better, boolean zeroIsValue, ToDoubleFunction<Report> value) {}

    private static final List<Figure> FIGURES = figures();

    private Comparison() {}

    /** The table, lines ended by a newline. */
    static String table(Report a, Report b) {
        boolean same = a.scenario().equals(b.scenario());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "A", "B", "B/A", ""));
        rows.add(words("scenario", a.scenario(), b.scenario()));
        rows.add(words("seed", Long.toString(a.seed()), Long.toString(b.seed())));
        rows.add(List.of("began", a.began(), b.began(), "", ""));
        rows.add(words("verdict", a.passed() ? "PASS" : "FAIL", b.passed() ? "PASS" : "FAIL"));
        for (Figure figure : FIGURES) {
            rows.add(row(figure, figure.value.applyAsDouble(a), figure.value.applyAsDouble(b), same));
        }
        return aligned(rows)
                + machines(a, b)
                + (same ? "" : "\nThe scenarios differ: ratios are shown, but neither is called better.\n");
    }

    private static List<String> words(String name, String a, String b) {
        return List.of(name, a, b, "", a.equals(b) ? "" : "differs");
    }

    private static List<String> row(Figure figure, double a, double b, boolean same) {
        boolean known = figure.zeroIsValue || (a != 0 && b != 0);
        return List.of(
                figure.name,
                number(figure, a),
                number(figure, b),
                known && a != 0 ? String.format(Locale.ROOT, "%.2f", b / a) : "-",
                known && same ? better(figure.better, a, b) : "");
    }

    private static String better(Better which, double a, double b) {
        boolean clear = Math.max(a, b) > Math.min(a, b) * CLEAR;
        if (which == Better.NEITHER || !clear) {
            return "";
        }
        return (which == Better.MORE) == (b > a) ? "B is better" : "A is better";
    }

    private static String number(Figure figure, double value) {
        if (value == 0 && !figure.zeroIsValue) {
            return "?";
        }
        boolean whole = value == Math.rint(value) || Math.abs(value) >= 1_000;
        return String.format(Locale.ROOT, whole ? "%,.0f" : Math.abs(value) >= 10 ? "%,.1f" : "%,.3f", value);
    }

    private static String machines(Report a, Report b) {
        StringBuilder text = new StringBuilder();
        TreeSet<String> names = new TreeSet<>(a.machine().keySet());
        names.addAll(b.machine().keySet());
        for (String name : names) {
            String ofA = a.machine().get(name);
            String ofB = b.machine().get(name);
            if (!Objects.equals(ofA, ofB)) {
                text.append("  %s\n    A  %s\n    B  %s\n"
                        .formatted(name, ofA == null ? "not told" : ofA, ofB == null ? "not told" : ofB));
            }
        }
        return text.isEmpty()
                ? "\nMeasured on the same machine, as far as it was told.\n"
                : "\nThe machines differ:\n" + text;
    }

    private static String aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                boolean left = i == 0 || i == columns - 1;
                line.append(left ? row.get(i) + pad : pad + row.get(i)).append("   ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static List<Figure> figures() {
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure("seconds", Better.NEITHER, true, r -> r.load().seconds()),
                new Figure("requests", Better.NEITHER, true, r -> r.load().requests()),
                new Figure("events", Better.NEITHER, true, r -> r.load().events()),
                new Figure("failed requests", Better.LESS, true, r -> r.load().failed()),
                new Figure("requests/s", Better.MORE, true, r -> r.load().requestsPerSecond()),
                new Figure("events/s", Better.MORE, true, r -> r.load().eventsPerSecond()),
                new Figure(
                        "events accepted", Better.NEITHER, true, r -> r.load().accepted()),
                new Figure(
                        "events duplicate", Better.NEITHER, true, r -> r.load().duplicate()),
                new Figure(
                        "events rejected", Better.NEITHER, true, r -> r.load().rejected()),
                new Figure(
                        "events journaled", Better.NEITHER, true, r -> r.load().journaled())));
        times(figures, "answered", Report::answered);
        times(figures, "corrected", Report::corrected);
        figures.addAll(List.of(
                cost("gateway CPU, us/event", Report.Costs::gatewayMicrosPerEvent),
                cost("Redis CPU, us/event", Report.Costs::redisMicrosPerEvent),
                new Figure(
                        "gateway, cores", Better.NEITHER, false, r -> r.costs().gatewayCores()),
                new Figure("Redis, cores", Better.NEITHER, false, r -> r.costs().redisCores()),
                new Figure("load test, cores", Better.NEITHER, false, r -> r.costs()
                        .clientCores()),
                cost("heap at most, MiB", Report.Costs::heapMaxMiB),
                cost("heap live, MiB", Report.Costs::heapLiveMiB),
                new Figure("GC pauses, ms", Better.LESS, true, r -> r.costs().gcMillis()),
                new Figure("longest GC pause, ms", Better.LESS, true, r -> r.costs()
                        .gcLongestMillis()),
                new Figure("journal backlog at most", Better.LESS, true, r -> r.costs()
                        .backlogMax()),
                new Figure(
                        "files at first", Better.NEITHER, false, r -> r.costs().filesFirst()),
                new Figure(
                        "files at last", Better.NEITHER, false, r -> r.costs().filesLast())));
        return List.copyOf(figures);
    }

    private static void times(List<Figure> figures, String kind, Function<Report, Report.Times> times) {
        figures.addAll(List.of(
                new Figure(kind + " p50, ms", Better.LESS, false, r -> times.apply(r)
                        .p50()),
                new Figure(kind + " p90, ms", Better.LESS, false, r -> times.apply(r)
                        .p90()),
                new Figure(kind + " p99, ms", Better.LESS, false, r -> times.apply(r)
                        .p99()),
                new Figure(kind + " p99.9, ms", Better.LESS, false, r -> times.apply(r)
                        .p999()),
                new Figure(kind + " max, ms", Better.LESS, false, r -> times.apply(r)
                        .max())));
    }

    private static Figure cost(String name, ToDoubleFunction<Report.Costs> value) {
        return new Figure(name, Better.LESS, false, r -> value.applyAsDouble(r.costs()));
    }
}

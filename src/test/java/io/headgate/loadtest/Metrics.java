package io.headgate.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * A page of metrics in Prometheus's text format: {@code name value}, or {@code name{label="...",...} value}. A line that
 * is none of these, or whose value is not a number, is as if it were not there.
 */
final class Metrics {
    private record Line(String name, String labels, double value) {}

    private final List<Line> lines = new ArrayList<>();

    Metrics(String page) {
        page.lines().filter(line -> !line.startsWith("#")).forEach(this::read);
    }

    /** The sum of all values under this name whose labels hold this text; empty when there is none. */
    OptionalDouble sum(String name, String labels) {
        return values(name, labels).reduce(Double::sum);
    }

    /** The largest of them. */
    OptionalDouble max(String name, String labels) {
        return values(name, labels).max();
    }

    private DoubleStream values(String name, String labels) {
        return lines.stream()
                .filter(line -> line.name.equals(name) && line.labels.contains(labels))
                .mapToDouble(Line::value);
    }

    private void read(String line) {
        int space = line.lastIndexOf(' ');
        int brace = line.indexOf('{');
        if (space < 0) {
            return;
        }
        String name = line.substring(0, brace < 0 ? space : brace);
        try {
            double value = Double.parseDouble(line.substring(space + 1));
            if (Double.isFinite(value)) {
                lines.add(new Line(name, line.substring(name.length(), space), value));
            }
        } catch (NumberFormatException notANumber) {
            // as if it were not there
        }
    }
}

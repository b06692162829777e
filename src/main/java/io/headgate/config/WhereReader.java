package io.headgate.config;

import io.headgate.process.RouteSettings.Condition;
import io.headgate.process.RouteSettings.Test;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code where}: a list of maps, each with a field and exactly one test of it. */
final class WhereReader {
    private static final int CONDITIONS_MAX = 100;
    private static final int VALUES_MAX = 1_000;
    private static final String FIELD = "field";
    private static final List<String> TESTS =
            List.of("present", "equals", "in", "not-in", "starts-with", "contains", "at-least", "at-most");
    private static final List<String> KNOWN =
            Stream.concat(Stream.of(FIELD), TESTS.stream()).toList();
    private static final Rule<String> TEXT = Rule.matching("(?s).{0,1000}", "a text of at most 1000 characters");
    private static final Rule<String> PART = Rule.matching("(?s).{1,1000}", "a text of 1 to 1000 characters");

    private final Items items;

    WhereReader(Items items) {
        this.items = items;
    }

    List<Condition> read(Values values) {
        return items.read(values, Keys.WHERE, 1, CONDITIONS_MAX, KNOWN).stream()
                .flatMap(item -> condition(item).stream())
                .toList();
    }

    private Optional<Condition> condition(Items.Item item) {
        Values values = item.values();
        String field = values.get(FIELD, "", Rule.pointer());
        boolean known = items.has(item, FIELD);
        List<String> written =
                TESTS.stream().filter(test -> values.written(test).isPresent()).toList();
        if (written.size() != 1) {
            items.fault(item, "must have exactly one of " + String.join(", ", TESTS));
            return Optional.empty();
        }
        Condition condition = condition(values, field, written.get(0));
        return known ? Optional.of(condition) : Optional.empty();
    }

    private static Condition condition(Values values, String field, String test) {
        return switch (test) {
            case "present" ->
                new Condition(field, values.get(test, true, Rule.yesOrNo()) ? Test.PRESENT : Test.ABSENT, List.of());
            case "equals" -> new Condition(field, Test.IN, List.of(values.get(test, "", TEXT)));
            case "in" -> new Condition(field, Test.IN, several(values, test));
            case "not-in" -> new Condition(field, Test.NOT_IN, several(values, test));
            case "starts-with" -> new Condition(field, Test.STARTS_WITH, List.of(values.get(test, "", PART)));
            case "contains" -> new Condition(field, Test.CONTAINS, List.of(values.get(test, "", PART)));
            case "at-least" -> new Condition(field, Test.AT_LEAST, List.of(values.get(test, "", Rule.number())));
            default -> new Condition(field, Test.AT_MOST, List.of(values.get(test, "", Rule.number())));
        };
    }

    private static List<String> several(Values values, String test) {
        List<String> texts = values.list(test, List.of(), TEXT);
        if (texts.isEmpty() || texts.size() > VALUES_MAX) {
            values.fault(test, "", "must be a list of 1 to " + VALUES_MAX);
        }
        return texts;
    }
}

package io.headgate.process;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.process.RouteSettings.Condition;
import io.headgate.process.RouteSettings.Match;
import io.headgate.stream.StreamEntry;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Which events a route is for: those that one of its matches takes. Immutable. */
final class Selector {
    private final List<One> matches;
    private final Predicate<String> isLead;

    /** {@code isLead} tells by its name whether a type is a lead's; asked anew for each event. */
    Selector(List<Match> matches, Predicate<String> isLead) {
        this.matches = matches.stream().map(One::new).toList();
        this.isLead = isLead;
    }

    boolean takes(StreamEntry entry, JsonNode event) {
        for (One match : matches) {
            if (match.takes(entry, event, isLead)) {
                return true;
            }
        }
        return false;
    }

    private static final class One {
        private final Set<String> events;
        private final boolean leads;
        private final Set<String> sources;
        private final List<Asked> where;

        One(Match match) {
            this.events = Set.copyOf(match.events());
            this.leads = match.leads();
            this.sources = Set.copyOf(match.sources());
            this.where = match.where().stream().map(Asked::new).toList();
        }

        boolean takes(StreamEntry entry, JsonNode event, Predicate<String> isLead) {
            return (events.isEmpty() || events.contains(entry.name()))
                    && (sources.isEmpty() || sources.contains(entry.source()))
                    && (!leads || isLead.test(entry.name()))
                    && where.stream().allMatch(asked -> asked.holds(event));
        }
    }

    /** One condition, its pointer read and its number too. */
    private static final class Asked {
        private final JsonPointer field;
        private final Condition condition;
        private final BigDecimal number;

        Asked(Condition condition) {
            this.field = JsonPointer.compile(condition.field());
            this.condition = condition;
            this.number = switch (condition.test()) {
                case AT_LEAST, AT_MOST -> new BigDecimal(condition.values().get(0));
                case PRESENT, ABSENT, IN, NOT_IN, STARTS_WITH, CONTAINS -> BigDecimal.ZERO;
            };
        }

        boolean holds(JsonNode event) {
            JsonNode value = event.at(field);
            boolean there = !value.isMissingNode() && !value.isNull();
            List<String> values = condition.values();
            return switch (condition.test()) {
                case PRESENT -> there;
                case ABSENT -> !there;
                case IN -> there && value.isValueNode() && values.contains(value.asText());
                case NOT_IN -> !(there && value.isValueNode() && values.contains(value.asText()));
                case STARTS_WITH -> value.isTextual() && values.stream().anyMatch(value.asText()::startsWith);
                case CONTAINS -> value.isTextual() && values.stream().anyMatch(value.asText()::contains);
                case AT_LEAST -> value.isNumber() && value.decimalValue().compareTo(number) >= 0;
                case AT_MOST -> value.isNumber() && value.decimalValue().compareTo(number) <= 0;
            };
        }
    }
}

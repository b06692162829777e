package io.headgate.config;

import io.headgate.process.RouteSettings;
import io.headgate.process.RouteSettings.Fields;
import io.headgate.process.RouteSettings.Match;
import io.headgate.process.RouteSettings.Priority;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code routes}: a list of maps, each of which names a destination. */
final class RoutesReader {
    private static final int ROUTES_MAX = 100;
    private static final int MATCHES_MAX = 100;
    private static final int FIELDS_MAX = 100;

    private static final Match EVERYTHING = new Match(List.of(), false, List.of(), List.of());
    private static final RouteSettings ARCHIVE = new RouteSettings(
            DestinationsReader.ARCHIVE,
            DestinationsReader.ARCHIVE,
            List.of(EVERYTHING),
            Priority.NORMAL,
            false,
            true,
            Fields.ALL);

    private static final Rule<Priority> PRIORITY = Rule.oneOf(Map.of("high", Priority.HIGH, "normal", Priority.NORMAL));
    private static final Rule<Boolean> ORDER = Rule.oneOf(Map.of("session", true, "none", false));
    private static final Rule<Boolean> FROM = Rule.oneOf(Map.of("start", true, "now", false));
    private static final Rule<String> EVENT = Rule.matching(
            "[a-z][a-z0-9_]{0,63}",
            "an event_name: a lower-case letter, then up to 63 letters, digits," + " underscores");

    private final Items items;

    RoutesReader(Items items) {
        this.items = items;
    }

    /** Everything to the archive where nothing is written; nothing is read where the list is empty. */
    List<RouteSettings> read(Values values, Rule<String> destination) {
        if (values.written(Keys.ROUTES).isEmpty()) {
            if (destination.parse().apply(ARCHIVE.destination()).isEmpty()) {
                values.fault(
                        Keys.ROUTES,
                        "",
                        "is missing, and the default route needs a destination called archive, which destinations does"
                                + " not have: write the routes, or [] for none");
            }
            return List.of(ARCHIVE);
        }
        Set<String> names = new HashSet<>();
        List<RouteSettings> routes = new ArrayList<>();
        for (Items.Item item : items.read(values, Keys.ROUTES, 0, ROUTES_MAX, Keys.OF_A_ROUTE)) {
            route(item, destination, names).ifPresent(routes::add);
        }
        return routes;
    }

    private Optional<RouteSettings> route(Items.Item item, Rule<String> destination, Set<String> names) {
        Values values = item.values();
        String name = values.get("name", "", Rule.name());
        String to = values.get("destination", "", destination);
        RouteSettings route = new RouteSettings(
                name,
                to,
                matches(values),
                values.get("priority", Priority.NORMAL, PRIORITY),
                values.get("order", false, ORDER),
                values.get("from", true, FROM),
                items.one(values, Keys.FIELDS, Keys.OF_FIELDS)
                        .map(fields -> fields(fields.values()))
                        .orElse(Fields.ALL));
        boolean named = items.hasOfItsOwn(item, "name", name, false, names);
        return items.has(item, "destination") && named ? Optional.of(route) : Optional.empty();
    }

    private List<Match> matches(Values values) {
        WhereReader where = new WhereReader(items);
        List<Match> matches = items.read(values, Keys.MATCH, 1, MATCHES_MAX, Keys.OF_A_MATCH).stream()
                .map(Items.Item::values)
                .map(match -> new Match(
                        match.list("events", List.of(), EVENT),
                        match.get("leads", false, Rule.yesOrNo()),
                        match.list("sources", List.of(), Rule.name()),
                        where.read(match)))
                .toList();
        return matches.isEmpty() ? List.of(EVERYTHING) : matches;
    }

    private static Fields fields(Values values) {
        Map<String, String> rename = values.map("rename", FIELDS_MAX, Rule.pointer(), Rule.pointer());
        apart(values, List.copyOf(rename.keySet()));
        apart(values, List.copyOf(rename.values()));
        return new Fields(
                values.list("pick", List.of(), Rule.pointer()), values.list("drop", List.of(), Rule.pointer()), rename);
    }

    /** Two fields that are one, or lie one in the other, would come out after the order of the renaming. */
    private static void apart(Values values, List<String> pointers) {
        for (int i = 0; i < pointers.size(); i++) {
            String pointer = pointers.get(i);
            Optional<String> other = pointers.subList(i + 1, pointers.size()).stream()
                    .filter(next -> (next + "/").startsWith(pointer + "/") || (pointer + "/").startsWith(next + "/"))
                    .findFirst();
            other.ifPresent(next -> values.fault("rename", "", pointer + " and " + next + " lie in each other"));
        }
    }
}

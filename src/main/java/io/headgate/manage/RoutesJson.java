package io.headgate.manage;

import io.headgate.process.DestinationStatus;
import io.headgate.process.ProcessStatus;
import io.headgate.process.RouteSettings;
import io.headgate.process.RouteStatus;
import io.headgate.stream.GroupState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The road out, as the management port shows it. */
final class RoutesJson {
    /** A route's group that was read for in this time has a process that reads it, and that trims. */
    private static final long READ_LATELY_MILLIS = 60_000;

    private static final String NOTHING_TRIMS = "nothing trims the streams: no route is read here or elsewhere; whoever"
            + " reads them must trim them, or Redis fills up";

    private RoutesJson() {}

    static JsonObject of(ProcessStatus status) {
        return new JsonObject()
                .put("reading", status.reading())
                .put("processes", new JsonArray(status.processes()))
                .put("routes", each(status.routes(), RoutesJson::route))
                .put("destinations", each(status.destinations(), RoutesJson::destination))
                .put("groups", each(others(status), RoutesJson::group))
                .put("trimming", trimming(status));
    }

    /** What one looks at first. */
    static JsonObject shortly(ProcessStatus status) {
        return new JsonObject()
                .put("reading", status.reading())
                .put("processes", status.processes().size())
                .put("routes", each(status.routes(), RoutesJson::routeShortly))
                .put("destinations", each(status.destinations(), RoutesJson::destinationShortly))
                .put("stream_entries", status.entries())
                .put("trims", trims(status))
                .put("note", trims(status) ? null : NOTHING_TRIMS);
    }

    private static JsonObject routeShortly(RouteStatus route) {
        return new JsonObject()
                .put("name", route.settings().name())
                .put("destination", route.settings().destination())
                .put("waiting_events", route.waitingEvents())
                .put("oldest_s", seconds(route.oldestMillis()))
                .put("paused_until", time(route.pausedUntilMillis()))
                .put("balanced", route.balanced());
    }

    private static JsonObject route(RouteStatus route) {
        return routeShortly(route)
                .put("settings", settings(route.settings()))
                .put("events_per_s", rounded(route.eventsPerSecond()))
                .put("p50_ms", rounded(route.p50Millis()))
                .put("p99_ms", rounded(route.p99Millis()))
                .put("success_percent", success(route.books()))
                .put("partitions", route.partitions())
                .put("waiting_again", route.waitingAgain())
                .put("books", new JsonObject(new TreeMap<>(route.books())));
    }

    private static JsonObject settings(RouteSettings route) {
        RouteSettings.Fields fields = route.fields();
        return new JsonObject()
                .put("priority", route.priority().name().toLowerCase(Locale.ROOT))
                .put("order", route.ordered() ? "session" : "none")
                .put("from", route.fromStart() ? "start" : "now")
                .put("match", each(route.match(), RoutesJson::match))
                .put("pick", new JsonArray(fields.pick()))
                .put("drop", new JsonArray(fields.drop()))
                .put("rename", new JsonObject(new TreeMap<>(fields.rename())));
    }

    private static JsonObject match(RouteSettings.Match match) {
        return new JsonObject()
                .put("events", new JsonArray(match.events()))
                .put("leads", match.leads())
                .put("sources", new JsonArray(match.sources()))
                .put("where", each(match.where(), one -> new JsonObject()
                        .put("field", one.field())
                        .put("test", one.test().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .put("values", new JsonArray(one.values()))));
    }

    private static JsonObject destinationShortly(DestinationStatus destination) {
        return new JsonObject()
                .put("name", destination.name())
                .put("type", destination.type())
                .put("breaker", destination.breaker())
                .put("in_flight", destination.inFlight());
    }

    private static JsonObject destination(DestinationStatus destination) {
        long tried = destination.tried();
        return destinationShortly(destination)
                .put("tried", tried)
                .put("failed", destination.failed())
                .put("success_percent", tried == 0 ? null : percent(tried - destination.failed(), tried))
                .put("p50_ms", rounded(destination.p50Millis()))
                .put("p95_ms", rounded(destination.p95Millis()))
                .put("p99_ms", rounded(destination.p99Millis()))
                .put(
                        "last_fault",
                        destination.lastFault().isEmpty()
                                ? null
                                : new JsonObject()
                                        .put("what", destination.lastFault())
                                        .put("at", time(destination.lastFaultMillis())));
    }

    private static JsonObject group(GroupState group) {
        return new JsonObject()
                .put("name", group.group())
                .put("waiting_events", group.waiting() < 0 ? null : group.waiting())
                .put("oldest_s", seconds(group.oldestMillis()))
                .put("idle_s", group.idleMillis() < 0 ? null : seconds(group.idleMillis()));
    }

    private static JsonObject trimming(ProcessStatus status) {
        return new JsonObject()
                .put("trims", trims(status))
                .put("note", trims(status) ? null : NOTHING_TRIMS)
                .put("stream_entries", status.entries())
                .put("trimmed", status.trimmed())
                .put("pressed", status.pressed())
                .put("holders", new JsonArray(status.holders().stream().sorted().toList()));
    }

    /** Whether this process trims the streams, or another that reads routes. */
    private static boolean trims(ProcessStatus status) {
        return status.reading()
                || status.groups().stream()
                        .anyMatch(group -> group.group().startsWith(GroupState.ROUTE)
                                && group.idleMillis() >= 0
                                && group.idleMillis() < READ_LATELY_MILLIS);
    }

    /** Groups that are no route's of this process. */
    private static List<GroupState> others(ProcessStatus status) {
        List<String> own = status.routes().stream()
                .map(route -> GroupState.ROUTE + route.settings().name())
                .toList();
        return status.groups().stream()
                .filter(group -> !own.contains(group.group()))
                .toList();
    }

    /** Of what the route has brought to an end, the share that its destination took; null before the first. */
    private static @Nullable Double success(Map<String, Long> books) {
        long delivered = books.getOrDefault("delivered", 0L);
        long ended = delivered + books.getOrDefault("dead", 0L) + books.getOrDefault("gone", 0L);
        return ended == 0 ? null : percent(delivered, ended);
    }

    private static double percent(long part, long whole) {
        return rounded(100.0 * part / whole);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }

    private static @Nullable String time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }

    private static <T> JsonArray each(List<T> items, Function<T, JsonObject> json) {
        return new JsonArray(items.stream().map(json).collect(Collectors.toList()));
    }
}

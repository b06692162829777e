package io.headgate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code headgate routes} prints of {@code GET /routes}: a table of routes, of destinations, of others' groups. */
final class RouteLines {
    private static final int FAULT_CHARS_MAX = 80;

    private RouteLines() {}

    static void print(JsonObject page, PrintWriter out) {
        routes(page).print(out);
        out.println();
        destinations(page).print(out);
        if (!page.getJsonArray("groups").isEmpty()) {
            out.println();
            groups(page).print(out);
        }
        out.println();
        JsonObject trimming = page.getJsonObject("trimming");
        out.println("dead letters: " + page.getValue("dead_letters") + ", entries on the streams: "
                + trimming.getLong("stream_entries") + ", processes that share the work: "
                + page.getJsonArray("processes").size());
        if (trimming.getBoolean("pressed")) {
            out.println(
                    "Redis is short of memory; what these groups have not acknowledged keeps it from being trimmed: "
                            + trimming.getJsonArray("holders"));
        }
        if (trimming.getString("note") != null) {
            out.println(trimming.getString("note"));
        }
    }

    private static Table routes(JsonObject page) {
        Table table = new Table(
                "ROUTE",
                "DESTINATION",
                "PRIORITY",
                "WAITING",
                "OLDEST",
                "AGAIN",
                "EVENTS/S",
                "P50",
                "P99",
                "SUCCESS",
                "DEAD",
                "BOOKS",
                "PAUSED UNTIL");
        for (JsonObject route : objects(page, "routes")) {
            table.row(
                    route.getString("name"),
                    route.getString("destination"),
                    route.getJsonObject("settings").getString("priority"),
                    route.getLong("waiting_events"),
                    seconds(route, "oldest_s"),
                    route.getLong("waiting_again"),
                    route.getDouble("events_per_s"),
                    millis(route, "p50_ms"),
                    millis(route, "p99_ms"),
                    percent(route),
                    route.getJsonObject("books").getLong("dead", 0L),
                    route.getBoolean("balanced") ? "balanced" : "NOT BALANCED",
                    route.getString("paused_until"));
        }
        return table;
    }

    private static Table destinations(JsonObject page) {
        Table table = new Table(
                "DESTINATION",
                "TYPE",
                "BREAKER",
                "IN FLIGHT",
                "TRIED",
                "FAILED",
                "SUCCESS",
                "P50",
                "P95",
                "P99",
                "LAST FAULT");
        for (JsonObject destination : objects(page, "destinations")) {
            JsonObject fault = destination.getJsonObject("last_fault");
            table.row(
                    destination.getString("name"),
                    destination.getString("type"),
                    destination.getString("breaker"),
                    destination.getLong("in_flight"),
                    destination.getLong("tried"),
                    destination.getLong("failed"),
                    percent(destination),
                    millis(destination, "p50_ms"),
                    millis(destination, "p95_ms"),
                    millis(destination, "p99_ms"),
                    fault == null
                            ? null
                            : fault.getString("at") + " " + oneLine(fault.getString("what"), FAULT_CHARS_MAX));
        }
        return table;
    }

    private static Table groups(JsonObject page) {
        Table table = new Table("GROUP OF OTHERS", "WAITING", "OLDEST", "IDLE");
        for (JsonObject group : objects(page, "groups")) {
            table.row(
                    group.getString("name"),
                    group.getValue("waiting_events"),
                    seconds(group, "oldest_s"),
                    seconds(group, "idle_s"));
        }
        return table;
    }

    /** Cut where it is longer, and without line breaks, for what others answered may hold any. */
    static String oneLine(String text, int charsMax) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > charsMax ? line.substring(0, charsMax) + "..." : line;
    }

    static List<JsonObject> objects(JsonObject page, String name) {
        JsonArray array = page.getJsonArray(name);
        return array.stream().map(JsonObject.class::cast).toList();
    }

    private static @Nullable String percent(JsonObject row) {
        Double percent = row.getDouble("success_percent");
        return percent == null ? null : percent + " %";
    }

    private static @Nullable String seconds(JsonObject row, String name) {
        Double seconds = row.getDouble(name);
        return seconds == null ? null : seconds + " s";
    }

    private static String millis(JsonObject row, String name) {
        return row.getDouble(name) + " ms";
    }
}

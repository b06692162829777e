package io.headgate.alert;

import io.headgate.alert.Elapsed.Moment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last leads as they lie on disk. Ages, not times, so that a wall clock that is set while the process runs makes no
 * difference; the wall clock is asked only how long the process was away.
 *
 * <pre>
 *   {"wall": ms since 1970 when this was written,
 *    "lost": true when a state before it could not be read,
 *    "flows": [{"source": "*", "age": ms, "id": "...", "name": "lead_submitted"},
 *              {"source": "new", "watched": ms that it has been watched without a lead}]}
 * </pre>
 *
 * @param wallMillis when it was written
 * @param lost whether a state before it could not be read, and no lead has come since
 */
record SavedLeads(long wallMillis, boolean lost, Map<String, Saved> flows) {
    /** What is kept of one flow; without a lead the age is how long it has been watched. */
    private record Saved(long ageMillis, @Nullable UUID eventId, String eventName) {
        Saved {
            if (ageMillis < 0) {
                throw new IllegalArgumentException("an age below 0: " + ageMillis);
            }
        }
    }

    private record Entry(String source, long ageMillis, @Nullable LastSeen last) {}

    /** What stands now, to be written later by another thread. */
    static Supplier<JsonObject> of(Collection<Flow> flows, boolean lost, Moment now) {
        List<Entry> entries = flows.stream()
                .filter(Flow::remembered)
                .map(flow -> new Entry(flow.source(), flow.silentMillis(now), flow.last()))
                .toList();
        return () -> encode(entries, lost, now.wallMillis());
    }

    private static JsonObject encode(List<Entry> entries, boolean lost, long wallMillis) {
        JsonArray flows = new JsonArray();
        for (Entry entry : entries) {
            JsonObject flow = new JsonObject().put("source", entry.source());
            LastSeen last = entry.last();
            if (last == null) {
                flow.put("watched", entry.ageMillis());
            } else {
                flow.put("age", entry.ageMillis())
                        .put("id", last.eventId().toString())
                        .put("name", last.eventName());
            }
            flows.add(flow);
        }
        JsonObject state = new JsonObject().put("wall", wallMillis);
        return (lost ? state.put("lost", true) : state).put("flows", flows);
    }

    /** @throws RuntimeException of some kind when it is not what this class wrote */
    static SavedLeads decode(JsonObject state) {
        Map<String, Saved> flows = new HashMap<>();
        for (Object each : state.getJsonArray("flows")) {
            JsonObject flow = (JsonObject) each;
            String id = flow.getString("id");
            flows.put(
                    flow.getString("source"),
                    id == null
                            ? new Saved(flow.getLong("watched"), null, "")
                            : new Saved(flow.getLong("age"), UUID.fromString(id), flow.getString("name")));
        }
        return new SavedLeads(state.getLong("wall"), state.getBoolean("lost", false), flows);
    }

    /** Tells a flow what is known of it; {@code now} is the start of the process. */
    void restore(Flow flow, Moment now) {
        Saved saved = flows.get(flow.source());
        if (saved == null) {
            return;
        }
        long from = now.millis() - saved.ageMillis() - Math.max(0, now.wallMillis() - wallMillis);
        UUID id = saved.eventId();
        flow.restore(from, id == null ? null : new LastSeen(from, id, saved.eventName()));
    }
}

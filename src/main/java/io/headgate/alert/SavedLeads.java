package io.headgate.alert;

import io.headgate.alert.Elapsed.Moment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last leads as they lie on disk. Ages, not times, so that a wall clock that is set while the process runs makes no
 * difference. How long the process was away is told by the boot clock; by the wall clock only where the machine was
 * started in between, or where the boot clock is not one for the whole machine (in some containers it begins anew).
 *
 * <pre>
 *   {"wall": ms since 1970 when this was written,
 *    "boot": {"id": names the start of the machine, "ms": its boot clock then}; not there where that is not known,
 *    "lost": true when a state before it could not be read,
 *    "flows": [{"source": "*", "age": ms, "id": "...", "name": "lead_submitted"},
 *              {"source": "new", "watched": ms that it has been watched without a lead}]}
 * </pre>
 *
 * @param wallMillis when it was written
 * @param boot when it was written, by the boot clock; null where that was not known
 * @param lost whether a state before it could not be read, and no lead has come since
 */
record SavedLeads(long wallMillis, @Nullable Boot boot, boolean lost, Map<String, Saved> flows) {
    /** What is kept of one flow; without a lead the age is how long it has been watched. */
    private record Saved(long ageMillis, @Nullable UUID eventId, String eventName) {
        Saved {
            if (ageMillis < 0) {
                throw new IllegalArgumentException("an age below 0: " + ageMillis);
            }
        }
    }

    /** A moment by the clock of one start of the machine. */
    record Boot(String id, long millis) {
        Boot {
            Objects.requireNonNull(id);
        }

        static @Nullable Boot of(String id, Moment now) {
            return id.isEmpty() ? null : new Boot(id, now.bootMillis());
        }

        static @Nullable Boot decode(@Nullable JsonObject boot) {
            return boot == null ? null : new Boot(boot.getString("id"), boot.getLong("ms"));
        }

        JsonObject encode() {
            return new JsonObject().put("id", id).put("ms", millis);
        }
    }

    /**
     * How long the process was away.
     *
     * @param sure whether a clock that nobody sets says so
     */
    record Away(long millis, boolean sure) {}

    private record Entry(String source, long ageMillis, @Nullable LastSeen last) {}

    /** What stands now, to be written later by another thread. */
    static Supplier<JsonObject> of(Collection<Flow> flows, boolean lost, String bootId, Moment now) {
        List<Entry> entries = flows.stream()
                .filter(Flow::remembered)
                .map(flow -> new Entry(flow.source(), flow.silentMillis(now), flow.last()))
                .toList();
        Boot boot = Boot.of(bootId, now);
        return () -> encode(entries, lost, boot, now.wallMillis());
    }

    private static JsonObject encode(List<Entry> entries, boolean lost, @Nullable Boot boot, long wallMillis) {
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
        if (boot != null) {
            state.put("boot", boot.encode());
        }
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
        return new SavedLeads(
                state.getLong("wall"),
                Boot.decode(state.getJsonObject("boot")),
                state.getBoolean("lost", false),
                flows);
    }

    /** Until the start of this process, which is {@code now}. */
    Away away(String bootId, Moment now) {
        long booted = boot != null && boot.id().equals(bootId) ? now.bootMillis() - boot.millis() : -1;
        return booted >= 0 ? new Away(booted, true) : new Away(Math.max(0, now.wallMillis() - wallMillis), false);
    }

    /** Tells a flow what is known of it; {@code now} is the start of the process. */
    void restore(Flow flow, Away away, Moment now) {
        Saved saved = flows.get(flow.source());
        if (saved == null) {
            return;
        }
        long from = now.millis() - saved.ageMillis() - away.millis();
        UUID id = saved.eventId();
        flow.restore(from, id == null ? null : new LastSeen(from, id, saved.eventName()), away.sure());
    }
}

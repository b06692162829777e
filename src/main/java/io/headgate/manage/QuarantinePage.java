package io.headgate.manage;

import io.headgate.event.Quarantined;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What {@code GET /quarantine} shows: rejected events with their reasons, newest first. */
final class QuarantinePage {
    private QuarantinePage() {}

    static JsonObject of(List<Quarantined> entries) {
        JsonArray events = new JsonArray();
        for (Quarantined entry : entries) {
            byte[] event = entry.event().copy(Quarantined.EVENT_BYTES_MAX);
            events.add(new JsonObject()
                    .put("source", entry.source())
                    .put(
                            "received",
                            Instant.ofEpochMilli(entry.receivedMillis()).toString())
                    .put("reason", reason(entry.reason()))
                    // as text, for it may be no JSON
                    .put("event", new String(event, StandardCharsets.UTF_8)));
        }
        return new JsonObject().put("events", events);
    }

    /** As JSON; as text where somebody else wrote an entry whose reason is none. */
    private static Object reason(String text) {
        try {
            return new JsonArray(text);
        } catch (DecodeException e) {
            return text;
        }
    }
}

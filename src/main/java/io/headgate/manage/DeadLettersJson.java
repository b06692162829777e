package io.headgate.manage;

import io.headgate.process.Redelivery.Found;
import io.headgate.stream.DeadLetter;
import io.headgate.stream.StreamEntry;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Dead letters, as the management port shows them. */
final class DeadLettersJson {
    private DeadLettersJson() {}

    /** Without the event itself. */
    static JsonObject shortly(Found found) {
        DeadLetter letter = found.letter();
        return new JsonObject()
                .put("id", found.id())
                .put("route", letter.route())
                .put("destination", letter.destination())
                .put("event_id", letter.eventId())
                .put("event_name", letter.entry().name())
                .put("source", letter.entry().source())
                .put("attempts", letter.attempts())
                .put("at", Instant.ofEpochMilli(letter.atMillis()).toString())
                .put("request", letter.request())
                .put("answer", letter.answer());
    }

    static JsonObject of(Found found) {
        StreamEntry entry = found.letter().entry();
        return shortly(found)
                .put("received", Instant.ofEpochMilli(entry.receivedMillis()).toString())
                .put("entry", entry.origin())
                // as text, byte for byte as it was posted
                .put("event", new String(entry.json().copy(entry.json().length()), StandardCharsets.UTF_8));
    }
}

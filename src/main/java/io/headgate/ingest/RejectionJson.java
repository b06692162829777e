package io.headgate.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.headgate.event.Fault;
import io.headgate.event.FaultCode;
import io.headgate.event.Rejection;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a rejection is told in JSON: to the client in {@code errors}, and in the quarantine as the {@code reason}. */
public final class RejectionJson {
    private static final JsonFactory JSON = new JsonFactory();

    private static final int TEXT_CHARS_MAX = 512;

    private RejectionJson() {}

    /**
     * Writes one object for each fault into the array that the generator is in. What is not known is left out, and a
     * pointer where no value is at fault.
     */
    public static void write(JsonGenerator json, Rejection rejection) throws IOException {
        for (Fault fault : rejection.faults()) {
            json.writeStartObject();
            json.writeNumberField("index", rejection.index());
            UUID id = rejection.eventId();
            member(json, "event_id", id == null ? null : id.toString());
            json.writeStringField("code", fault.code().wire());
            member(json, "event_name", rejection.eventName());
            member(json, "schema_version", rejection.schemaVersion());
            if (fault.code() == FaultCode.SCHEMA || !fault.pointer().isEmpty()) {
                member(json, "pointer", fault.pointer());
            }
            member(json, "keyword", fault.keyword().isEmpty() ? null : fault.keyword());
            member(json, "message", fault.message());
            json.writeEndObject();
        }
    }

    /** The same as an array by itself. */
    static String array(Rejection rejection) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            write(json, rejection);
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    private static void member(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, sayable(value));
        }
    }

    /**
     * What can be sent back of a text that the client chose: not all of one that is as long as an event, for it is told
     * with each fault, and no half of a surrogate pair, which JSON can spell and UTF-8 cannot.
     */
    static String sayable(String text) {
        String cut = text.length() > TEXT_CHARS_MAX ? text.substring(0, TEXT_CHARS_MAX) + "…" : text;
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}

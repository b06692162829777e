package io.headgate.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.headgate.event.Fault;
import io.headgate.event.Rejection;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** How a rejection is told in JSON: to the client in {@code errors}, and in the quarantine as the {@code reason}. */
public final class RejectionJson {
    private static final JsonFactory JSON = new JsonFactory();

    private RejectionJson() {}

    /** Writes one object for each fault into the array that the generator is in. What is not known is left out. */
    public static void write(JsonGenerator json, Rejection rejection) throws IOException {
        for (Fault fault : rejection.faults()) {
            json.writeStartObject();
            json.writeNumberField("index", rejection.index());
            member(json, "event_id", rejection.eventId() == null ? null : String.valueOf(rejection.eventId()));
            json.writeStringField("code", fault.code().wire());
            member(json, "event_name", rejection.eventName());
            member(json, "schema_version", rejection.schemaVersion());
            json.writeStringField("pointer", fault.pointer());
            member(json, "keyword", fault.keyword().isEmpty() ? null : fault.keyword());
            json.writeStringField("message", fault.message());
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
            json.writeStringField(name, value);
        }
    }
}

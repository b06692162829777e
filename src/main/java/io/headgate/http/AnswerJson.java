package io.headgate.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.headgate.event.Outcome;
import io.headgate.event.Rejection;
import io.headgate.ingest.Answer;
import io.headgate.ingest.RejectionJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the answer to a batch whose events all have their verdict. Safe for use by any thread. */
final class AnswerJson {
    private final JsonFactory factory = new JsonFactory();

    /** {@code representation}: whether {@code results} has a line for each event. */
    byte[] write(Answer.Verdicts verdicts, boolean representation) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(256);
                JsonGenerator json = factory.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("received", verdicts.received());
            json.writeNumberField("accepted", verdicts.accepted());
            json.writeNumberField("duplicate", verdicts.duplicate());
            json.writeNumberField("rejected", verdicts.rejected());
            json.writeObjectFieldStart("stored");
            json.writeNumberField("stream", verdicts.onStream());
            json.writeNumberField("journal", verdicts.inJournal());
            json.writeEndObject();
            errors(json, verdicts.rejections());
            if (representation) {
                results(json, verdicts.results());
            }
            json.writeEndObject();
            json.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    private static void errors(JsonGenerator json, List<Rejection> rejections) throws IOException {
        json.writeArrayFieldStart("errors");
        for (Rejection rejection : rejections) {
            RejectionJson.write(json, rejection);
        }
        json.writeEndArray();
    }

    private static void results(JsonGenerator json, List<Answer.Result> results) throws IOException {
        json.writeArrayFieldStart("results");
        int index = 0;
        for (Answer.Result result : results) {
            json.writeStartObject();
            json.writeNumberField("index", index++);
            optional(json, "event_id", result.eventId());
            json.writeStringField("verdict", result.verdict().wire());
            if (result.verdict() == Answer.Verdict.ACCEPTED) {
                json.writeStringField("stored", result.stored() == Outcome.JOURNALED ? "journal" : "stream");
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void optional(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }
}

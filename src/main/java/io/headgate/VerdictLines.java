package io.headgate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.headgate.event.Rejection;
import io.headgate.ingest.Answer;
import io.headgate.ingest.RejectionJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints verdicts: a line of JSON for each event, named as in an answer, and the sums as the last line. */
final class VerdictLines {
    private static final JsonFactory JSON = new JsonFactory();

    private VerdictLines() {}

    static void print(Answer.Verdicts verdicts, PrintWriter out) {
        Map<Integer, Rejection> rejections = new HashMap<>();
        verdicts.rejections().forEach(rejection -> rejections.put(rejection.index(), rejection));
        List<Answer.Result> results = verdicts.results();
        for (int index = 0; index < results.size(); index++) {
            Answer.Result result = results.get(index);
            Rejection rejection = rejections.get(index);
            int at = index;
            out.println(line(json -> {
                json.writeNumberField("index", at);
                if (result.eventId() != null) {
                    json.writeStringField("event_id", result.eventId().toString());
                }
                json.writeStringField("verdict", result.verdict().wire());
                if (rejection != null) {
                    json.writeArrayFieldStart("errors");
                    RejectionJson.write(json, rejection);
                    json.writeEndArray();
                }
            }));
        }
        out.println(line(json -> {
            json.writeNumberField("received", verdicts.received());
            json.writeNumberField("accepted", verdicts.accepted());
            json.writeNumberField("duplicate", verdicts.duplicate());
            json.writeNumberField("rejected", verdicts.rejected());
        }));
        out.flush();
    }

    /** The members of one object. */
    private interface Members {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static String line(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }
}

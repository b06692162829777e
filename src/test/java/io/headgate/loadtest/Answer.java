package io.headgate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a gateway answered to a batch that it took: a 202 or a 422.
 *
 * @param streamed of the accepted events, those that are on a stream
 * @param journaled those that are in the journal
 * @param rejections as they were told, in the order of the events
 */
record Answer(
        long received,
        long accepted,
        long duplicate,
        long rejected,
        long streamed,
        long journaled,
        List<Rejection> rejections) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A fault of a rejected event; what was not said is empty, such as the keyword where the code says it all. */
    record Rejection(int index, String eventId, String code, String pointer, String keyword) {}

    /** Reads one; throws where a figure is missing. */
    static Answer read(byte[] body) throws IOException {
        JsonNode json = JSON.readTree(body);
        List<Rejection> rejections = new ArrayList<>();
        for (JsonNode error : json.path("errors")) {
            rejections.add(new Rejection(
                    error.path("index").asInt(-1),
                    error.path("event_id").asText(""),
                    error.path("code").asText(""),
                    error.path("pointer").asText(""),
                    error.path("keyword").asText("")));
        }
        rejections.sort(Comparator.comparingInt(Rejection::index));
        return new Answer(
                figure(json, "received"),
                figure(json, "accepted"),
                figure(json, "duplicate"),
                figure(json, "rejected"),
                figure(json.path("stored"), "stream"),
                figure(json.path("stored"), "journal"),
                List.copyOf(rejections));
    }

    private static long figure(JsonNode json, String name) throws IOException {
        JsonNode figure = json.path(name);
        if (!figure.isIntegralNumber()) {
            throw new IOException("no figure " + name);
        }
        return figure.longValue();
    }
}

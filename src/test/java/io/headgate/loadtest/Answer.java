package io.headgate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a gateway answered to a batch that it took: a 202 or a 422. */
record Answer(long received, long accepted, long duplicate, long rejected, long journaled, List<Rejection> rejections) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One rejected event; the keyword is empty where the code says it all. */
    record Rejection(int index, String code, String keyword) {}

    /** Reads one; throws where a figure is missing. */
    static Answer read(byte[] body) throws IOException {
        JsonNode json = JSON.readTree(body);
        List<Rejection> rejections = new ArrayList<>();
        for (JsonNode error : json.path("errors")) {
            rejections.add(new Rejection(
                    error.path("index").asInt(-1),
                    error.path("code").asText(),
                    error.path("keyword").asText("")));
        }
        return new Answer(
                figure(json, "received"),
                figure(json, "accepted"),
                figure(json, "duplicate"),
                figure(json, "rejected"),
                figure(json.path("stored"), "journal"),
                rejections);
    }

    private static long figure(JsonNode json, String name) throws IOException {
        JsonNode figure = json.path(name);
        if (!figure.isIntegralNumber()) {
            throw new IOException("no figure " + name);
        }
        return figure.longValue();
    }
}

package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the gateway itself needs of every event, and so every envelope must ask for. */
final class EnvelopeLint {
    private static final Map<String, String> STRINGS =
            new TreeMap<>(Map.of("event_id", "uuid", "event_name", "", "session_id", ""));

    private EnvelopeLint() {}

    static void check(JsonNode envelope, String file, List<String> faults) {
        checkSize(envelope, file, faults);
        STRINGS.forEach((member, format) -> {
            JsonNode schema = envelope.path("properties").path(member);
            boolean text = schema.path("type").asText().equals("string");
            boolean formatted =
                    format.isEmpty() || schema.path("format").asText().equals(format);
            if (!required(envelope, member) || !text || !formatted) {
                faults.add(file + ": must require " + member + " as a string"
                        + (format.isEmpty() ? "" : " of format " + format) + ", for the gateway itself relies on it");
            }
        });
    }

    private static void checkSize(JsonNode envelope, String file, List<String> faults) {
        if (envelope.path("properties").size() > MembersRule.KNOWN_MAX) {
            faults.add(file + ": /properties must have at most " + MembersRule.KNOWN_MAX + " members");
        }
    }

    private static boolean required(JsonNode envelope, String member) {
        for (JsonNode name : envelope.path("required")) {
            if (name.asText().equals(member)) {
                return true;
            }
        }
        return false;
    }
}

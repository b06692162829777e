package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.event.Fault;
import io.headgate.event.FaultCode;
import java.util.Optional;

/**
 * The nil and the max UUID name no event. The envelope's schema lists them as it can; this is for the max UUID in a
 * mixture of cases, which a list cannot hold.
 */
final class EventIds {
    private static final String MEMBER = "event_id";

    private EventIds() {}

    static Optional<Fault> fault(JsonNode event) {
        JsonNode id = event.path(MEMBER);
        if (!id.isTextual() || !nilOrMax(id.textValue())) {
            return Optional.empty();
        }
        return Optional.of(
                new Fault(FaultCode.SCHEMA, "/" + MEMBER, "not", "must not be the nil UUID or the max UUID"));
    }

    /** Whether all digits of what may be a UUID are 0, or all are f. */
    static boolean nilOrMax(String id) {
        return !id.isEmpty() && (only(id, '0', '0') || only(id, 'f', 'F'));
    }

    private static boolean only(String id, char digit, char other) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c != digit && c != other && c != '-') {
                return false;
            }
        }
        return true;
    }
}

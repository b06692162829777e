package io.headgate.event;

import java.util.Objects;
import java.util.UUID;

/**
 * One event that passed the taxonomy and is to be stored.
 *
 * @param id the client's {@code event_id}, compared as 128 bits
 * @param name its {@code event_name}, a type of the taxonomy
 * @param source name of the source whose write key posted it
 * @param sessionId decoded {@code session_id}; decides the partition
 * @param lead whether its type is annotated {@code "x-lead": true}
 * @param receivedMillis when the gateway had the whole request, in milliseconds since 1970
 * @param json the event exactly as it was posted, in UTF-8; never re-encoded
 */
public record Event(
        UUID id, String name, String source, String sessionId, boolean lead, long receivedMillis, Slice json) {
    public Event {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(json, "json");
    }
}

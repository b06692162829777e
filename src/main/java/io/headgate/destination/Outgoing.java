package io.headgate.destination;

import io.headgate.event.Slice;
import java.util.Objects;

/**
 * An event on its way to a destination, as its route shaped it.
 *
 * @param position where it stands: {@code PARTITION-ID}, such as {@code 2-1700000000000-5}; the same each time it is delivered
 * @param eventId its {@code event_id} as it was posted; the key by which a receiver knows it again
 * @param sessionId its {@code session_id}
 * @param name its {@code event_name}
 * @param source name of the source that posted it
 * @param receivedMillis when a gateway received it, in milliseconds since 1970
 * @param json the event after the route's {@code fields}, in UTF-8, on one line: as it was posted where the route changes nothing
 */
public record Outgoing(
        String position,
        String eventId,
        String sessionId,
        String name,
        String source,
        long receivedMillis,
        Slice json) {
    public Outgoing {
        Objects.requireNonNull(json, "json");
    }
}

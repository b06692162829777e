package io.headgate.stream;

import java.util.Objects;

/**
 * An event that a destination refused for good, as it is kept on {@code {PREFIX:P}:dead}.
 *
 * @param entry as the route read it
 * @param eventId its {@code event_id}, to be found by
 * @param attempts how often it was tried, as far as that was counted
 * @param atMillis when it was given up, in milliseconds since 1970
 * @param request what was asked of the destination, without secrets
 * @param answer what it answered, or why it was given up without an answer
 */
public record DeadLetter(
        StreamEntry entry,
        String eventId,
        String route,
        String destination,
        int attempts,
        long atMillis,
        String request,
        String answer) {
    public DeadLetter {
        Objects.requireNonNull(entry, "entry");
    }
}

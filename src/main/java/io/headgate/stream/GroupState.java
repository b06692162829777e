package io.headgate.stream;

import java.util.Map;

/**
 * How a consumer group stands on one partition, whoever made it.
 *
 * @param pending entries that it was given and has not acknowledged
 * @param idleMillis since anybody read for it; -1 when nobody ever has
 * @param oldestMillis age of the oldest entry that it has not acknowledged, by the server's clock; 0 without one
 * @param waiting entries that it has not acknowledged, those that it was not given yet included; -1 where that is not known
 * @param books of a route's group; empty for others'
 */
public record GroupState(
        String group, long pending, long idleMillis, long oldestMillis, long waiting, Map<String, Long> books) {
    /** What the name of a route's group begins with. */
    public static final String ROUTE = "route:";

    public GroupState {
        books = Map.copyOf(books);
    }
}

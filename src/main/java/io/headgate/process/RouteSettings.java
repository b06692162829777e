package io.headgate.process;

import java.util.List;
import java.util.Map;

/**
 * Settings of one route ({@code routes[]}).
 *
 * @param name names it, and its consumer group {@code route:NAME} on Redis
 * @param destination name of a destination
 * @param match which events it is for: those that one of these takes
 * @param priority events of a high route are delivered and retried before the rest when a destination is slow
 * @param ordered whether a session's events are delivered in order, so that a later one waits for an earlier
 * @param fromStart whether a new route begins with the oldest event on the streams, or with the next to come
 * @param fields what is delivered of an event
 */
public record RouteSettings(
        String name,
        String destination,
        List<Match> match,
        Priority priority,
        boolean ordered,
        boolean fromStart,
        Fields fields) {
    public RouteSettings {
        match = List.copyOf(match);
        if (match.isEmpty()) {
            throw new IllegalArgumentException("match: a route for nothing: " + name);
        }
    }

    /** Which route is served first. */
    public enum Priority {
        HIGH,
        NORMAL
    }

    /**
     * Takes an event when each of its parts does.
     *
     * @param events names of types; empty: any
     * @param leads whether only types annotated {@code "x-lead": true} are taken
     * @param sources names of sources; empty: any
     * @param where all of these must hold
     */
    public record Match(List<String> events, boolean leads, List<String> sources, List<Condition> where) {
        public Match {
            events = List.copyOf(events);
            sources = List.copyOf(sources);
            where = List.copyOf(where);
        }
    }

    /**
     * Something about a field's value. A field that is not there, or not of the kind that is asked for, fulfils nothing
     * but {@link Test#ABSENT} and {@link Test#NOT_IN}.
     *
     * @param field JSON Pointer (RFC 6901) into the event, such as {@code /context/page}
     * @param values texts as in JSON, numbers and booleans by their text; for the numeric tests one number
     */
    public record Condition(String field, Test test, List<String> values) {
        public Condition {
            values = List.copyOf(values);
        }
    }

    /** What a condition asks. */
    public enum Test {
        PRESENT,
        ABSENT,
        IN,
        NOT_IN,
        STARTS_WITH,
        CONTAINS,
        AT_LEAST,
        AT_MOST
    }

    /**
     * What is delivered of an event, by JSON Pointers to members of objects. First {@code pick}, then {@code drop}, then
     * {@code rename}. With nothing of it the event goes as it was posted, byte for byte.
     *
     * @param pick only these; empty: everything
     * @param drop not these
     * @param rename from pointer to pointer; objects on the way are made
     */
    public record Fields(List<String> pick, List<String> drop, Map<String, String> rename) {
        public static final Fields ALL = new Fields(List.of(), List.of(), Map.of());

        public Fields {
            pick = List.copyOf(pick);
            drop = List.copyOf(drop);
            rename = Map.copyOf(rename);
        }

        boolean all() {
            return pick.isEmpty() && drop.isEmpty() && rename.isEmpty();
        }
    }
}

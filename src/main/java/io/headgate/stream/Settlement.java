package io.headgate.stream;

import java.util.List;

/**
 * What became of entries that a group was given; with it they are acknowledged.
 *
 * @param delivered ids that the destination has confirmed
 * @param filtered ids that the route does not want
 * @param gone ids whose entries are on the stream no more
 * @param dead entries that are refused for good
 */
public record Settlement(List<String> delivered, List<String> filtered, List<String> gone, List<DeadLetter> dead) {
    public Settlement {
        delivered = List.copyOf(delivered);
        filtered = List.copyOf(filtered);
        gone = List.copyOf(gone);
        dead = List.copyOf(dead);
    }

    public int size() {
        return delivered.size() + filtered.size() + gone.size() + dead.size();
    }

    /**
     * What came of it. Counted is only what this settlement has acknowledged.
     *
     * @param repeated entries that had been acknowledged before: their events were delivered twice
     * @param deadKept why dead letters could not be kept, so that their entries are not acknowledged; empty when they were
     */
    public record Result(int delivered, int filtered, int gone, int dead, int repeated, String deadKept) {}
}

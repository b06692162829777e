package io.headgate.process;

/**
 * What one lane may hold; the rest waits on the stream.
 *
 * @param eventsMax events in hand
 * @param bytesMax what these weigh in memory, about
 * @param waitingMax places of events that wait to be tried again
 */
record LaneLimits(int eventsMax, long bytesMax, int waitingMax) {
    static final int EVENTS_MAX = 4_000;
    static final int BYTES_MAX = 4 << 20;
    static final int WAITING_MAX = 10_000;

    /** Of the heap, for the events of all lanes together; and for the places. */
    private static final int EVENTS_SHARE = 8;

    private static final int PLACES_SHARE = 16;
    private static final int PLACE_BYTES = 200;

    /** Even of many lanes each one may work. */
    private static final int BYTES_MIN = 64 << 10;

    private static final int WAITING_MIN = 500;

    /** Those of each lane, when there are so many in a heap of this size. */
    static LaneLimits of(long heapBytes, int lanes) {
        long bytes = heapBytes / EVENTS_SHARE / Math.max(1, lanes);
        long waiting = heapBytes / PLACES_SHARE / Math.max(1, lanes) / PLACE_BYTES;
        return new LaneLimits(EVENTS_MAX, Math.max(BYTES_MIN, Math.min(BYTES_MAX, bytes)), (int)
                Math.max(WAITING_MIN, Math.min(WAITING_MAX, waiting)));
    }
}

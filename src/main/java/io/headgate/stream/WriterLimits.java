package io.headgate.stream;

/**
 * What one partition's writer holds at most.
 *
 * @param queueEventsMax waiting events beyond which an append is given back
 * @param queueBytesMax the same in bytes. An append that finds the queue empty is always taken, whatever its size: how
 *     large a batch may be is decided at the door
 * @param callEventsMax of one call of the script, during which Redis serves nobody else; 256 take some 2 ms
 * @param callBytesMax of one call; the first event always fits
 */
record WriterLimits(int queueEventsMax, long queueBytesMax, int callEventsMax, long callBytesMax) {
    static final WriterLimits DEFAULTS = new WriterLimits(20_000, 16L << 20, 256, 512L << 10);

    WriterLimits {
        if (queueEventsMax < 1 || queueBytesMax < 1 || callEventsMax < 1 || callBytesMax < 1) {
            throw new IllegalArgumentException("limits of a writer: at least 1 each");
        }
    }
}

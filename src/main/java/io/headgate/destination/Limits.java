package io.headgate.destination;

import java.time.Duration;

/**
 * How much a destination is given, by one process.
 *
 * @param batchEventsMax events in one delivery
 * @param batchBytesMax what those may weigh together; a single event goes whatever it weighs
 * @param concurrency deliveries at a time
 * @param eventsPerSecond 0: no limit
 * @param linger how long events may wait for others to be delivered with
 */
public record Limits(int batchEventsMax, int batchBytesMax, int concurrency, int eventsPerSecond, Duration linger) {
    public Limits {
        require(batchEventsMax > 0, "batch-events-max", batchEventsMax);
        require(batchBytesMax > 0, "batch-bytes-max", batchBytesMax);
        require(concurrency > 0, "concurrency", concurrency);
        require(eventsPerSecond >= 0, "events-per-second", eventsPerSecond);
        require(!linger.isNegative(), "linger", linger);
    }

    private static void require(boolean holds, String setting, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(setting + " cannot be " + value);
        }
    }
}

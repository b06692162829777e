package io.headgate.ingest;

/**
 * Limits on what one batch may hold.
 *
 * @param eventBytesMax bytes of one event as posted; a larger one is rejected as {@code too_large}
 * @param batchEventsMax events of one batch; a larger batch is not taken at all
 */
public record IngestSettings(int eventBytesMax, int batchEventsMax) {
    public IngestSettings {
        if (eventBytesMax <= 0) {
            throw new IllegalArgumentException("http.event-bytes-max cannot be " + eventBytesMax);
        }
        if (batchEventsMax <= 0) {
            throw new IllegalArgumentException("http.batch-events-max cannot be " + batchEventsMax);
        }
    }
}

package io.headgate.event;

import java.util.Objects;

/**
 * A rejected event as the quarantine keeps it, apart from the body that it came in.
 *
 * @param receivedMillis when the gateway had the request, in milliseconds since 1970
 * @param reason its faults, as JSON, the same that the client was told
 * @param event as it was posted, which may be no JSON at all; cut at {@value #EVENT_BYTES_MAX} bytes
 */
public record Quarantined(String source, long receivedMillis, String reason, Slice event) {
    /** Bytes of an event that are kept at most. */
    public static final int EVENT_BYTES_MAX = 32 * 1024;

    public Quarantined {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(reason, "reason");
        if (event.length() > EVENT_BYTES_MAX) {
            throw new IllegalArgumentException("event: at most " + EVENT_BYTES_MAX + " bytes, not " + event.length());
        }
    }

    /** Copies as much of the event as is kept, so that the body that it came in need not stay in memory. */
    public static Quarantined cut(String source, long receivedMillis, String reason, Slice event) {
        return new Quarantined(source, receivedMillis, reason, Slice.of(event.copy(EVENT_BYTES_MAX)));
    }
}

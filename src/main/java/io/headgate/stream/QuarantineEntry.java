package io.headgate.stream;

import io.headgate.event.Slice;
import java.util.Objects;

/**
 * A rejected event as the quarantine keeps it.
 *
 * @param source who posted it
 * @param receivedMillis when, in milliseconds since 1970
 * @param reason what is wrong with it, in JSON, as in {@code errors} of an answer
 * @param event as it was posted, cut at {@value #EVENT_BYTES_MAX} bytes
 */
public record QuarantineEntry(String source, long receivedMillis, String reason, Slice event) {
    /** What is kept of an event. */
    public static final int EVENT_BYTES_MAX = 32 * 1024;

    public QuarantineEntry {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(reason, "reason");
        if (event.length() > EVENT_BYTES_MAX) {
            throw new IllegalArgumentException("event: at most " + EVENT_BYTES_MAX + " bytes, not " + event.length());
        }
    }
}

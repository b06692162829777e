package io.headgate.alert;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message about one alert, as things were when it was decided to send it. It never changes, so each attempt says the
 * same.
 *
 * @param id names the message, the same for each attempt; a repeat while the alert fires is a message of its own
 * @param sinceMillis since when it has been so, in milliseconds since 1970
 * @param atMillis when this message was made
 * @param summary one line, such as {@code No lead from shop for 4 h 0 m}
 * @param details further sentences: figures, reasons, where to look first
 * @param lastLead for the alerts of the lead flow, where there ever was one
 * @param runbook where this alert's section of the runbook is
 */
record Notice(
        String id,
        AlertKey key,
        Priority priority,
        Status status,
        long sinceMillis,
        long atMillis,
        String summary,
        List<String> details,
        @Nullable LastLead lastLead,
        GatewayNow gateway,
        String runbook) {
    static final int SUMMARY_CHARS_MAX = 300;

    /** Whether the alert has begun, or goes on, or is over. */
    enum Status {
        FIRING("firing"),
        RESOLVED("resolved");

        private final String wire;

        Status(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }
    }

    Notice {
        Objects.requireNonNull(key, "key");
        details = List.copyOf(details);
        if (id.isBlank() || summary.isBlank() || summary.length() > SUMMARY_CHARS_MAX) {
            throw new IllegalArgumentException("a notice needs an id and a summary of 1 to " + SUMMARY_CHARS_MAX
                    + " characters, not '" + id + "' and " + summary.length());
        }
    }
}

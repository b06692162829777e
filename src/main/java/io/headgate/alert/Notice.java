package io.headgate.alert;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
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
 * @param was the priority that receivers know it by, where this message changes it
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
        String runbook,
        @Nullable Priority was) {
    static final int SUMMARY_CHARS_MAX = 300;

    /** It is a header of webhooks, and signed with dots around it. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

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

    /** One that does not change the priority. */
    Notice(
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
        this(id, key, priority, status, sinceMillis, atMillis, summary, details, lastLead, gateway, runbook, null);
    }

    Notice {
        Objects.requireNonNull(key, "key");
        details = List.copyOf(details);
        if (!ID.matcher(id).matches() || summary.isBlank() || summary.length() > SUMMARY_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "a notice needs an id of letters, digits, - and _, and a summary of 1 to " + SUMMARY_CHARS_MAX
                            + " characters, not '" + id + "' and " + summary.length());
        }
    }
}

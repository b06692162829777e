package io.headgate.alert;

import java.util.regex.Pattern;

/**
 * A window of time in which an alert is not told: maintenance.
 *
 * @param id names it; those of the configuration begin with {@code config-}
 * @param alert the alert's name; {@code *} for every alert
 * @param label its source or receiver; empty: any
 * @param fromMillis from when, in milliseconds since 1970
 * @param toMillis until when, not included
 * @param reason why, for whoever finds it
 */
public record Silence(String id, String alert, String label, long fromMillis, long toMillis, String reason) {
    /** Stands for every alert. */
    public static final String ANY = "*";

    /** What a reason is, for people. */
    public static final String REASON = "a line of 1 to 500 characters";

    private static final Pattern A_LINE = Pattern.compile("\\P{Cntrl}{1,500}");

    public Silence {
        if (toMillis <= fromMillis) {
            throw new IllegalArgumentException("a silence must end after it begins");
        }
        if (!isReason(reason)) {
            throw new IllegalArgumentException("a silence needs a reason: " + REASON);
        }
    }

    /** Whether somebody who finds it is told why: {@link #REASON}. */
    public static boolean isReason(String text) {
        return !text.isBlank() && A_LINE.matcher(text).matches();
    }

    /** The same, by a clock that is so much ahead. */
    Silence later(long byMillis) {
        return new Silence(id, alert, label, fromMillis + byMillis, toMillis + byMillis, reason);
    }

    boolean covers(AlertKey key, long nowMillis) {
        return nowMillis >= fromMillis
                && nowMillis < toMillis
                && (alert.equals(ANY) || alert.equals(key.name().wire()))
                && (label.isEmpty() || label.equals(key.label()));
    }
}

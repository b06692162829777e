package io.headgate.alert;

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

    public Silence {
        if (toMillis <= fromMillis) {
            throw new IllegalArgumentException("a silence must end after it begins");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a silence needs a reason");
        }
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

package io.headgate.alert;

import java.util.List;
import java.util.Locale;

/**
 * {@code JournalFilling}: the journal has used more than {@value #HIGH_PERCENT} % of the room that its limit and the disk leave
 * it; above {@value #URGENT_PERCENT} % it is urgent. Over below {@value #LOW_PERCENT} %. What is written counts, not room that
 * was prepared.
 */
final class JournalWatch {
    static final int HIGH_PERCENT = 70;
    static final int URGENT_PERCENT = 95;
    static final int LOW_PERCENT = 60;

    /** Since when, in milliseconds since 1970, where it is high; 0 where it is not. */
    private long sinceMillis;

    void look(Facts.Disk disk, long nowMillis, Bell bell) {
        double percent = disk.roomBytes() <= 0 ? 100 : 100.0 * disk.usedBytes() / disk.roomBytes();
        if (percent > HIGH_PERCENT) {
            sinceMillis = sinceMillis == 0 ? nowMillis : sinceMillis;
            bell.firing(
                    AlertName.JOURNAL_FILLING,
                    "",
                    percent > URGENT_PERCENT ? Priority.P0 : Priority.P1,
                    sinceMillis,
                    String.format(Locale.ROOT, "The journal has used %.0f %% of its room", percent),
                    List.of(mebibytes(disk.usedBytes()) + " of " + mebibytes(disk.roomBytes())
                            + " are written. When it is full, events are answered 503; nothing is dropped."),
                    null);
        } else if (percent < LOW_PERCENT) {
            sinceMillis = 0;
            bell.well(AlertName.JOURNAL_FILLING, "", "the journal has room again");
        }
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}

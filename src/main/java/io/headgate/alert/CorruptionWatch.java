package io.headgate.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code JournalCorrupt}: recovery or the drain met records that it could not read. Over when an operator says so; what was
 * known then is not told again.
 */
final class CorruptionWatch {
    private Facts.@Nullable Disk last;
    private boolean changed;
    private long acknowledgedRecords;
    private long acknowledgedFiles;

    /** {@code files}: how many corrupt files an operator knew of before this process. */
    CorruptionWatch(long files) {
        this.acknowledgedFiles = files;
    }

    void look(Facts.Disk disk, long nowMillis, Bell bell) {
        last = disk;
        if (disk.corruptFiles() < acknowledgedFiles) { // somebody tidied up
            acknowledgedFiles = disk.corruptFiles();
            changed = true;
        }
        if (disk.corruptFiles() > acknowledgedFiles || disk.lostRecords() > acknowledgedRecords) {
            bell.firing(
                    AlertName.JOURNAL_CORRUPT,
                    "",
                    Priority.P0,
                    nowMillis,
                    "The journal holds records that cannot be read",
                    List.of(
                            disk.lostRecords() + " records could not be read back since the start; "
                                    + disk.corruptFiles() + " corrupt files are kept, most under journal/dead.",
                            "Acknowledge with POST /alerts/acknowledge?alert=JournalCorrupt once you have looked."),
                    null);
        }
    }

    /** An operator knows of it. False while there is nothing to know, or the disk was not looked at yet. */
    boolean acknowledge(Bell bell) {
        Facts.Disk known = last;
        if (known == null
                || (known.lostRecords() == acknowledgedRecords && known.corruptFiles() == acknowledgedFiles)) {
            return false;
        }
        acknowledgedRecords = known.lostRecords();
        acknowledgedFiles = known.corruptFiles();
        bell.well(AlertName.JOURNAL_CORRUPT, "", "an operator has acknowledged it");
        return true;
    }

    /** Whether {@link #acknowledgedFiles} has changed by a look since the last time this was asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** How many corrupt files an operator knows of. */
    long acknowledgedFiles() {
        return acknowledgedFiles;
    }
}

package io.headgate.alert;

import java.util.List;

/**
 * {@code JournalCorrupt}: recovery or the drain met records that it could not read. Over when an operator says so; what was
 * known then is not told again.
 */
final class CorruptionWatch {
    private Facts.Disk last = new Facts.Disk(0, 1, 0, 0);
    private long acknowledgedRecords;
    private long acknowledgedFiles;

    /** {@code files}: how many corrupt files an operator knew of before this process. */
    CorruptionWatch(long files) {
        this.acknowledgedFiles = files;
    }

    void look(Facts.Disk disk, long nowMillis, Bell bell) {
        last = disk;
        acknowledgedFiles = Math.min(acknowledgedFiles, disk.corruptFiles()); // somebody tidied up
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

    /** An operator knows of it. */
    void acknowledge() {
        acknowledgedRecords = last.lostRecords();
        acknowledgedFiles = last.corruptFiles();
    }

    /** How many corrupt files an operator knows of. */
    long acknowledgedFiles() {
        return acknowledgedFiles;
    }
}

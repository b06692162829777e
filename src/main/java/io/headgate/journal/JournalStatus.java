package io.headgate.journal;

import org.jspecify.annotations.Nullable;

/**
 * How the journal stands, for the status page.
 *
 * @param writable whether appends are taken now
 * @param trouble why not, in words for an operator; null while it is writable
 * @param bytes what all segment files take, preallocated room included
 * @param bytesMax what they may take
 * @param diskFreeBytes what the file system has left
 * @param usedBytes what is written in them
 * @param roomBytes what can be written in all before appends are refused: by the limit, or by what the disk has left
 * @param bytesPerSecond of records appended, over the last ten seconds or so
 * @param segments number of segment files
 * @param lostRecords records that could not be read back, since the start of the process
 * @param corruptSegments segments in use in which bytes were found that nobody wrote; they go to {@code dead/} when they
 *     are done with
 * @param deadFiles corrupt files kept under {@code dead/}
 */
public record JournalStatus(
        boolean writable,
        @Nullable String trouble,
        long bytes,
        long bytesMax,
        long diskFreeBytes,
        long usedBytes,
        long roomBytes,
        double bytesPerSecond,
        int segments,
        long lostRecords,
        int corruptSegments,
        int deadFiles) {}

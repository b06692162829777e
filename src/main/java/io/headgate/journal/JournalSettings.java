package io.headgate.journal;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Settings of the journal ({@code journal.*}).
 *
 * @param dir the directory of its files
 * @param channels number of channels, numbered from 0; {@code redis.partitions}
 * @param segmentBytes size of one segment file ({@code journal.segment-bytes}); what is appended in one call must fit
 * @param bytesMax what all segment files together may take ({@code journal.bytes-max}), two segments at least; beyond it
 *     appends are refused
 * @param sync whether an append is answered only after fsync ({@code journal.sync})
 */
public record JournalSettings(Path dir, int channels, long segmentBytes, long bytesMax, Sync sync) {
    /** Headers of the largest number of channels, and some records. */
    static final long SEGMENT_BYTES_MIN = 65_536;

    /** Positions in a segment are ints, with room to add to them. */
    static final long SEGMENT_BYTES_MAX = 1L << 30;

    /** When an append is answered. */
    public enum Sync {
        /** After an fsync, one for a group of appends. */
        ALWAYS,
        /** After it was handed to the operating system: survives the death of the process, not of the machine. */
        NEVER
    }

    public JournalSettings {
        Objects.requireNonNull(dir, "dir");
        Objects.requireNonNull(sync, "sync");
        if (channels < 1 || channels > SegmentHeader.CHANNELS_MAX) {
            throw new IllegalArgumentException(
                    "redis.partitions is " + channels + ", allowed: 1 to " + SegmentHeader.CHANNELS_MAX);
        }
        if (segmentBytes < SEGMENT_BYTES_MIN || segmentBytes > SEGMENT_BYTES_MAX) {
            throw new IllegalArgumentException("journal.segment-bytes is " + segmentBytes + ", allowed: "
                    + SEGMENT_BYTES_MIN + " to " + SEGMENT_BYTES_MAX);
        }
        if (bytesMax < 2 * segmentBytes) {
            throw new IllegalArgumentException("journal.bytes-max is " + bytesMax
                    + ", allowed: at least two segments of journal.segment-bytes, " + 2 * segmentBytes);
        }
    }

    /** What the files can come to: only whole segments are made. */
    long wholeSegmentsBytes() {
        return bytesMax / segmentBytes * segmentBytes;
    }
}

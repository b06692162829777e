package io.headgate.journal;

import java.util.List;

/**
 * What is in one segment file.
 *
 * @param name of the file
 * @param createdMillis since 1970
 * @param fileBytes what it takes on the disk
 * @param usedBytes up to where it counts
 * @param ranges one for each channel that has records in it
 * @param corrupt regions that are not what was written
 * @param tornBytes bytes behind the last record of the newest segment that are no record
 * @param lost records that its numbers say should be there, or before it, and are not
 */
public record SegmentReport(
        String name,
        long createdMillis,
        long fileBytes,
        long usedBytes,
        List<Range> ranges,
        List<Region> corrupt,
        long tornBytes,
        long lost) {
    /**
     * Records of one channel.
     *
     * @param first number of the first
     * @param last number of the last
     * @param waiting how many of them are not confirmed
     */
    public record Range(int channel, long first, long last, long records, long waiting) {}

    /** Bytes of the file, from one place up to another. */
    public record Region(long from, long to) {
        @Override
        public String toString() {
            return from + "-" + to;
        }
    }

    public SegmentReport {
        ranges = List.copyOf(ranges);
        corrupt = List.copyOf(corrupt);
    }

    public long records() {
        return ranges.stream().mapToLong(Range::records).sum();
    }

    public long waiting() {
        return ranges.stream().mapToLong(Range::waiting).sum();
    }
}

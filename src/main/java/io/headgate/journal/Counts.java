package io.headgate.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is counted of one segment's channels while it is read. Belongs to one thread. */
final class Counts {
    private final List<Long> confirmed;
    private final long[] first;
    private final long[] last;
    private final long[] records;
    private final long[] waiting;
    private long lost;

    /** Of a segment; {@code confirmed} may have fewer channels, or none. */
    Counts(SegmentHeader header, List<Long> confirmed) {
        this.confirmed = confirmed;
        this.first = new long[header.channels()];
        this.last = header.bases().stream().mapToLong(Long::longValue).toArray();
        this.records = new long[header.channels()];
        this.waiting = new long[header.channels()];
    }

    void add(int channel, long sequence) {
        gap(channel, sequence - 1);
        first[channel] = records[channel] == 0 ? sequence : first[channel];
        last[channel] = sequence;
        records[channel]++;
        waiting[channel] += sequence > confirmed(channel) ? 1 : 0;
    }

    List<SegmentReport.Range> ranges() {
        List<SegmentReport.Range> ranges = new ArrayList<>();
        for (int c = 0; c < records.length; c++) {
            if (records[c] > 0) {
                ranges.add(new SegmentReport.Range(c, first[c], last[c], records[c], waiting[c]));
            }
        }
        return ranges;
    }

    /** Records that are not there and were not confirmed; {@code next} is the header of the segment that follows. */
    long lost(@Nullable SegmentHeader next) {
        for (int c = 0; next != null && c < last.length; c++) {
            gap(c, next.base(c));
        }
        return lost;
    }

    private void gap(int channel, long to) {
        lost += Math.max(0, to - Math.max(last[channel], confirmed(channel)));
    }

    private long confirmed(int channel) {
        return channel < confirmed.size() ? confirmed.get(channel) : 0;
    }
}

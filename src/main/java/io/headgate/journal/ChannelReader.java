package io.headgate.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one channel's records and keeps its place. Belongs to the reader's thread.
 *
 * <pre>
 *   hop over other channels' records by their length, check the checksum of our own
 *      |  something is not as it should be: an impossible length, a wrong checksum, a number left out
 *      v
 *   scan from the last place that was right, checking every record, to the next good one of ours
 * </pre>
 */
final class ChannelReader {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelReader.class);

    private final int channel;
    private final Disk disk;
    private final Blocks blocks;
    private final Segments segments;
    private final Positions positions;
    private final JournalMeters meters;
    private final ByteBuffer head = ByteBuffer.allocate(RecordFormat.HEADER_BYTES);

    private List<Segment> all = List.of();
    private @Nullable Segment segment;
    /** Where we are in the segment; all our records before it are behind us. */
    private long place;
    /** Number of our next record at or behind the place. */
    private long next;
    /** The last place that a checksum has shown to be the end of a record. */
    private long sure;
    /** The highest number that was counted as lost, lest it be counted again when it is read again. */
    private long countedLost;

    ChannelReader(int channel, Disk disk, Blocks blocks, Segments segments, Positions positions, JournalMeters meters) {
        this.channel = channel;
        this.disk = disk;
        this.blocks = blocks;
        this.segments = segments;
        this.positions = positions;
        this.meters = meters;
    }

    Chunk read(long from, int recordsMax, long bytesMax) throws IOException {
        long durable = positions.durable(channel);
        if (from > durable) {
            return new Chunk(0, from, List.of());
        }
        all = segments.all();
        try {
            Chunk chunk = find(from, durable, recordsMax, bytesMax);
            countLost(from, chunk.lost());
            return chunk;
        } catch (IOException e) {
            segment = null;
            throw e;
        }
    }

    private Chunk find(long from, long durable, int recordsMax, long bytesMax) throws IOException {
        seek(from);
        Take take = new Take(from, durable, recordsMax, bytesMax);
        while (take.payloads.isEmpty() && next <= durable) {
            if (!hop(take) && take.payloads.isEmpty()) {
                scan();
            }
        }
        long first = take.payloads.isEmpty() ? durable + 1 : next - take.payloads.size();
        return new Chunk(first - from, first, take.payloads);
    }

    /** To where the record of this number is or should be, and not further back than its segment's start. */
    private void seek(long from) throws JournalException {
        Segment here = segment;
        if (here != null && next <= from && from <= lastOf(here) && all.contains(here)) {
            return;
        }
        Segment holding = null;
        for (Segment candidate : all) {
            if (candidate.header().base(channel) < from) {
                holding = candidate;
            }
        }
        if (holding == null && from <= positions.confirmed(channel)) {
            throw new JournalException("record " + from + " of channel " + channel + " was confirmed and is gone");
        }
        if (all.isEmpty()) {
            next = Long.MAX_VALUE;
        } else {
            enter(holding == null ? all.get(0) : holding);
        }
    }

    /**
     * Takes records from here on, as long as everything is as it should be.
     *
     * @return false at a place that is not; nothing behind it was taken
     */
    private boolean hop(Take take) throws IOException {
        while (next <= take.durable && !take.full()) {
            Segment here = Objects.requireNonNull(segment);
            if (place == here.validBytes()) {
                if (next <= lastOf(here)) {
                    return false;
                }
                enter(Objects.requireNonNull(following(here)));
                continue;
            }
            if (!blocks.read(here, place, head.clear()) || !isPlausible(here)) {
                return false;
            }
            int length = RecordFormat.length(head, 0);
            if (RecordFormat.channel(head, 0) == channel) {
                if (next >= take.from && !take.hasRoom(length)) {
                    return true;
                }
                if (!ours(here, length, take)) {
                    return false;
                }
            }
            place += RecordFormat.HEADER_BYTES + length;
        }
        return true;
    }

    /** One of our records; those before the first that was asked for are only counted. */
    private boolean ours(Segment here, int length, Take take) throws IOException {
        if (RecordFormat.sequence(head, 0) != next) {
            return false;
        }
        if (next >= take.from) {
            byte[] payload = new byte[length];
            if (!blocks.read(here, place + RecordFormat.HEADER_BYTES, ByteBuffer.wrap(payload))
                    || !RecordFormat.intact(here.header().salt(), head, payload)) {
                return false;
            }
            take.add(payload);
            sure = place + RecordFormat.HEADER_BYTES + length;
        }
        next++;
        return true;
    }

    private boolean isPlausible(Segment here) {
        int length = RecordFormat.length(head, 0);
        return length >= 1
                && length <= here.validBytes() - place - RecordFormat.HEADER_BYTES
                && length <= RecordFormat.PAYLOAD_BYTES_MAX
                && RecordFormat.channel(head, 0) < here.header().channels();
    }

    /** To the next good record of ours, in this segment, or else to the start of the one that follows. */
    private void scan() throws IOException {
        Segment here = Objects.requireNonNull(segment);
        try (Disk.File file = disk.openToRead(here.name())) {
            long end = Math.min(here.validBytes(), file.size());
            Scan scan = new Scan(file, here.header(), sure, end);
            while (scan.next()) {
                if (scan.channel() == channel && scan.sequence() >= next) {
                    place = scan.offset();
                    sure = place;
                    next = scan.sequence();
                    found(here, scan.bad());
                    return;
                }
            }
            found(here, scan.bad());
            if (scan.end() < here.validBytes()) {
                found(here, List.of(new Scan.Bad(scan.end(), here.validBytes())));
            }
        }
        Segment following = following(here);
        if (following == null) {
            segment = null;
            next = Long.MAX_VALUE;
        } else {
            enter(following);
        }
    }

    private void found(Segment here, List<Scan.Bad> bad) {
        if (!bad.isEmpty() && here.foundCorrupt()) {
            LOG.error("journal_corrupt segment={} bad={}, what is good behind it is kept", here.name(), bad);
        }
    }

    private void countLost(long from, long lost) {
        long already = Math.max(countedLost, from - 1);
        long news = from + lost - 1 - already;
        if (lost > 0 && news > 0) {
            countedLost = already + news;
            meters.lost(news);
            LOG.error("journal_lost channel={} from={} records={}", channel, from, news);
        }
    }

    private void enter(Segment other) {
        segment = other;
        place = other.header().bytes();
        sure = place;
        next = other.header().base(channel) + 1;
    }

    /** Number of our last record in this segment, as the one that follows says. */
    private long lastOf(Segment here) {
        Segment following = following(here);
        return following == null ? Long.MAX_VALUE : following.header().base(channel);
    }

    private @Nullable Segment following(Segment here) {
        int index = all.indexOf(here);
        return index + 1 < all.size() ? all.get(index + 1) : null;
    }

    /** What one read has taken, and what it may. */
    private static final class Take {
        private final long from;
        private final long durable;
        private final int recordsMax;
        private final long bytesMax;
        private final List<byte[]> payloads = new ArrayList<>();
        private long bytes;

        private Take(long from, long durable, int recordsMax, long bytesMax) {
            this.from = from;
            this.durable = durable;
            this.recordsMax = recordsMax;
            this.bytesMax = bytesMax;
        }

        private boolean full() {
            return payloads.size() >= recordsMax;
        }

        private boolean hasRoom(int length) {
            return payloads.isEmpty() || bytes + length <= bytesMax;
        }

        private void add(byte[] payload) {
            payloads.add(payload);
            bytes += payload.length;
        }
    }
}

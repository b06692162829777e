package io.headgate.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Walks over all records of a segment and believes none of them without its checksum. Where there is none it looks on,
 * byte by byte, for the next one whose checksum and number are right.
 *
 * <pre>
 *   | headers | record | record | what nobody wrote | record | record | zeros, or a torn record |
 *                               ^------ bad -------^                  ^------- tail ----------^
 * </pre>
 *
 * <p>A number that is not above its channel's last one is no record: it is a copy of bytes that stand further in front.
 * Belongs to one thread.
 */
final class Scan {
    /** Bytes that are not what was written, with good records behind them. */
    record Bad(long from, long to) {}

    private static final ByteBuffer ZEROS = ByteBuffer.allocate(64 * 1024);

    private final SegmentHeader header;
    private final Window window;
    private final long end;
    private final long recordsMax;
    private final long[] last;
    private final List<Bad> bad = new ArrayList<>();
    private long next;
    private int at;
    private long offset;
    private boolean torn;

    /** Of the records between these two places; the first must be where a record starts or started. */
    Scan(Disk.File file, SegmentHeader header, long from, long end) {
        this.header = header;
        this.window = new Window(file, end);
        this.end = end;
        this.recordsMax = end / RecordFormat.HEADER_BYTES;
        this.last = header.bases().stream().mapToLong(Long::longValue).toArray();
        this.next = from;
    }

    /** Goes to the next good record; false when there is none, and {@link #end} then is where the last one ended. */
    boolean next() throws IOException {
        long from = next;
        torn = false;
        for (long place = from; place + RecordFormat.HEADER_BYTES < end; place += step(place)) {
            if (isRecord(place)) {
                if (place > from) {
                    bad.add(new Bad(from, place));
                }
                taken(place);
                return true;
            }
        }
        return false;
    }

    /** Where the record starts. */
    long offset() {
        return offset;
    }

    int channel() {
        return RecordFormat.channel(window.bytes(), at);
    }

    long sequence() {
        return RecordFormat.sequence(window.bytes(), at);
    }

    int length() {
        return RecordFormat.length(window.bytes(), at);
    }

    byte[] payload() {
        byte[] payload = new byte[length()];
        window.bytes().get(at + RecordFormat.HEADER_BYTES, payload);
        return payload;
    }

    /** Where the last good record ended. */
    long end() {
        return next;
    }

    /** Number of each channel's last good record; before the first that of the segment's header. */
    List<Long> lasts() {
        return Arrays.stream(last).boxed().toList();
    }

    /** What was passed over so far. */
    List<Bad> bad() {
        return List.copyOf(bad);
    }

    /** When there is no next: whether anything but zeros is behind the last good record, such as a torn one. */
    boolean torn() {
        return torn;
    }

    private void taken(long place) {
        offset = place;
        last[channel()] = sequence();
        next = place + RecordFormat.HEADER_BYTES + length();
    }

    private boolean isRecord(long place) throws IOException {
        at = window.at(place, RecordFormat.HEADER_BYTES);
        if (at < 0 || !isPlausible(window.bytes(), place)) {
            return false;
        }
        at = window.at(place, RecordFormat.HEADER_BYTES + RecordFormat.length(window.bytes(), at));
        return at >= 0 && RecordFormat.intact(header.salt(), window.bytes(), at);
    }

    /** What can be said before the checksum, so that it is computed only where it is likely to be right. */
    private boolean isPlausible(ByteBuffer bytes, long place) {
        int length = RecordFormat.length(bytes, at);
        int channel = RecordFormat.channel(bytes, at);
        if (length < 1
                || length > end - place - RecordFormat.HEADER_BYTES
                || length > RecordFormat.PAYLOAD_BYTES_MAX
                || channel >= last.length) {
            return false;
        }
        long ahead = RecordFormat.sequence(bytes, at) - last[channel];
        return ahead > 0 && ahead <= recordsMax;
    }

    /** Over zeros all but the last three may be left out: a record that started in them would have a length of zero. */
    private long step(long place) throws IOException {
        int start = window.at(place, Long.BYTES);
        int zeros = start < 0 ? 0 : zeros(window.bytes(), start);
        torn |= zeros == 0;
        return Math.max(1, zeros - Integer.BYTES + 1);
    }

    private static int zeros(ByteBuffer bytes, int start) {
        int count = Math.min(bytes.limit() - start, ZEROS.capacity());
        int other = bytes.slice(start, count).mismatch(ZEROS.slice(0, count));
        return other < 0 ? count : other;
    }
}

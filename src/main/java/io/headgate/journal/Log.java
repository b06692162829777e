package io.headgate.journal;

import io.headgate.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing side: puts records behind each other and makes them durable. Belongs to the writer's thread.
 *
 * <pre>
 *            write             write, full                          write fails
 *   (none) --------> active S -----------------> active S+1       active S -----> (none), S ends at its last durable byte
 *     ^                                                               ^                |
 *     '------ every start begins here                                 '----------------'  a new segment that says so
 * </pre>
 *
 * <p>A segment to which a write failed is never written again, nor is one of an earlier process: whether its last fsync
 * failed cannot be known, and torn bytes could lie behind its last record. The next segment's header says, durably, up to
 * where the one before counts, before anything is written behind it.
 */
final class Log {
    private static final Logger LOG = LoggerFactory.getLogger(Log.class);

    private static final int BUFFER_BYTES = 1 << 20;

    private final Disk disk;
    private final JournalSettings settings;
    private final Clock clock;
    private final JournalMeters meters;
    private final Segments segments;
    private final Positions positions;
    private final Spare spare;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long lastNumber;
    private @Nullable Segment last;
    private Disk.@Nullable File file;
    private long written;

    Log(Disk disk, JournalSettings settings, Clock clock, JournalMeters meters, Recovered found, Spare spare) {
        this.disk = disk;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
        this.segments = found.segments();
        this.positions = found.positions();
        this.spare = spare;
        this.lastNumber = found.lastNumber();
        this.last = segments.last();
    }

    /** The largest entry that a segment holds, in bytes of records. */
    static long entryBytesMax(JournalSettings settings) {
        return settings.segmentBytes() - SegmentHeader.bytes(settings.channels());
    }

    /**
     * Makes the first of these entries durable, as many as the segment holds and one at least. Their numbers follow what
     * is durable. A disk that fails once costs time alone.
     *
     * @return how many entries
     * @throws JournalException when there is no room for them; none of them is kept
     * @throws IOException when the disk failed twice; none of them is kept, once {@link #reopen} has succeeded
     */
    int write(List<Entry> entries) throws IOException {
        if (file == null || written + entries.get(0).bytes() > settings.segmentBytes()) {
            rollOrAgain();
        }
        List<Entry> group = entries.subList(0, fitting(entries));
        try {
            put(group);
        } catch (IOException e) {
            LOG.warn("journal_write_failed, the segment is given up: {}", e.toString());
            meters.failed();
            abandon();
            again(group);
        }
        done(group);
        return group.size();
    }

    /**
     * After {@link #write} failed: makes a new segment with some room in it, which cuts off, durably, what was refused.
     * Their numbers may be used again when this returns.
     */
    void reopen() throws IOException {
        checkLimit();
        spare.begin();
        spare.step();
        roll();
    }

    /** Whether the next segment is to be prepared: the one in use is half full, and there is room for another. */
    boolean wantsSpare() {
        if (spare.there()) {
            if (!hasRoom()) {
                spare.drop();
            }
            return false;
        }
        return (file == null || written > settings.segmentBytes() / 2) && hasRoom();
    }

    /** Rises with each segment that is made. */
    long lastNumber() {
        return lastNumber;
    }

    /** What is durable stays; nothing more is written. */
    void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    private int fitting(List<Entry> entries) {
        long room = settings.segmentBytes() - written;
        int count = 0;
        while (count < entries.size() && entries.get(count).bytes() <= room) {
            room -= entries.get(count).bytes();
            count++;
        }
        return count;
    }

    private void again(List<Entry> group) throws IOException {
        roll();
        try {
            put(group);
        } catch (IOException e) {
            meters.failed();
            abandon();
            throw e;
        }
    }

    private void rollOrAgain() throws IOException {
        try {
            roll();
        } catch (JournalException full) {
            throw full;
        } catch (IOException e) {
            LOG.warn("journal_roll_failed, tried once more: {}", e.toString());
            meters.failed();
            roll();
        }
    }

    private void roll() throws IOException {
        checkLimit();
        if (file != null && settings.sync() == JournalSettings.Sync.NEVER) {
            file.force();
        }
        lastNumber++;
        SegmentHeader header = new SegmentHeader(
                lastNumber,
                ThreadLocalRandom.current().nextLong(),
                clock.wallMillis(),
                last == null ? 0 : last.header().number(),
                last == null ? 0 : last.validBytes(),
                positions.durable());
        Disk.File next = spare.become(header);
        leave();
        file = next;
        written = header.bytes();
        last = new Segment(header, written, settings.segmentBytes());
        segments.add(last);
    }

    private void checkLimit() throws JournalException {
        if (!hasRoom()) {
            throw new JournalException("the journal is full: its segments take " + segments.bytes()
                    + " bytes and journal.bytes-max is " + settings.bytesMax()
                    + "; it takes events again when some were drained");
        }
    }

    private boolean hasRoom() {
        return segments.bytes() + settings.segmentBytes() <= settings.bytesMax();
    }

    /** One that was filled is closed; one that was given up, or is of an earlier process, gives its unused room back. */
    private void leave() {
        if (file != null) {
            Disk.closeQuietly(file);
        } else if (last != null && !last.corrupt() && last.fileBytes() > last.validBytes()) {
            shrink(last);
        }
    }

    private void shrink(Segment segment) {
        try (Disk.File shrunk = disk.open(segment.name())) {
            shrunk.truncate(segment.validBytes());
            segment.resized(segment.validBytes());
        } catch (IOException e) {
            // it takes its room until it is deleted
        }
    }

    private void put(List<Entry> group) throws IOException {
        Disk.File to = Objects.requireNonNull(file);
        Put put = new Put(to, Objects.requireNonNull(last).header().salt(), written);
        for (Entry entry : group) {
            for (int i = 0; i < entry.payloads().size(); i++) {
                put.record(entry.channel(), entry.first() + i, entry.payloads().get(i));
            }
        }
        put.flush();
        if (settings.sync() == JournalSettings.Sync.ALWAYS) {
            long start = clock.nanos();
            to.force();
            meters.fsync(clock.nanos() - start);
        }
    }

    private void done(List<Entry> group) {
        for (Entry entry : group) {
            written += entry.bytes();
        }
        Objects.requireNonNull(last).grown(written);
        for (Entry entry : group) {
            positions.durable(entry.channel(), entry.last());
        }
    }

    /** Never writes to the segment again. One that holds nothing is void: the next one does not name it as the one before. */
    private void abandon() {
        Segment given = Objects.requireNonNull(last);
        Disk.closeQuietly(Objects.requireNonNull(file));
        file = null;
        if (given.validBytes() > given.header().bytes()) {
            return;
        }
        segments.remove(given);
        last = segments.last();
        try {
            disk.delete(given.name());
        } catch (IOException e) {
            // void all the same; deleted at the next start
        }
    }

    /** Records on their way through the buffer to the file. */
    private final class Put {
        private final Disk.File to;
        private final long salt;
        private long at;

        private Put(Disk.File to, long salt, long at) {
            this.to = to;
            this.salt = salt;
            this.at = at;
            buffer.clear();
        }

        private void record(int channel, long sequence, byte[] payload) throws IOException {
            if (buffer.remaining() < RecordFormat.HEADER_BYTES) {
                flush();
            }
            RecordFormat.putHeader(buffer, salt, channel, sequence, payload);
            for (int done = 0; done < payload.length; ) {
                if (!buffer.hasRemaining()) {
                    flush();
                }
                int count = Math.min(buffer.remaining(), payload.length - done);
                buffer.put(payload, done, count);
                done += count;
            }
        }

        private void flush() throws IOException {
            buffer.flip();
            int count = buffer.remaining();
            Disk.writeFully(to, buffer, at);
            at += count;
            buffer.clear();
        }
    }
}

package io.headgate.journal;

import io.headgate.meter.Meters;
import io.headgate.time.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * The log. Each record belongs to a channel and has a number in it, from 1, without gaps.
 *
 * <p>Safe for use by any thread; written by one thread of its own.
 */
public final class Journal {
    private final Vertx vertx;
    private final Disk disk;
    private final JournalSettings settings;
    private final Positions positions;
    private final Segments segments;
    private final Dead dead;
    private final JournalMeters meters;
    private final Spare spare;
    private final Rate rate;
    private final Queue queue;
    private final Writer writer;
    private final Reader reader;

    /**
     * Opens the journal in its directory, creating it if need be, and recovers what is there. Blocks.
     *
     * @throws JournalException when another process has it open, when it was written with another number of channels and
     *     still has a backlog, when its format is unknown, or when the directory cannot be used
     */
    public static Journal open(Vertx vertx, JournalSettings settings, Clock clock, Meters meters)
            throws JournalException {
        Disk disk = FileDisk.take(settings.dir());
        try {
            return open(vertx, disk, settings, clock, meters);
        } catch (JournalException e) {
            Disk.closeQuietly(disk);
            throw e;
        } catch (IOException e) {
            Disk.closeQuietly(disk);
            throw new JournalException("the journal in " + settings.dir() + " cannot be opened: " + e, e);
        }
    }

    /** The same on another disk. */
    static Journal open(Vertx vertx, Disk disk, JournalSettings settings, Clock clock, Meters meters)
            throws IOException {
        Dead dead = new Dead(disk);
        Recovered found = new Recovery(disk, settings, dead).recover();
        return new Journal(vertx, disk, settings, found, dead, clock, new JournalMeters(meters));
    }

    private Journal(
            Vertx vertx,
            Disk disk,
            JournalSettings settings,
            Recovered found,
            Dead dead,
            Clock clock,
            JournalMeters meters)
            throws IOException {
        this.vertx = vertx;
        this.disk = disk;
        this.settings = settings;
        this.positions = found.positions();
        this.segments = found.segments();
        this.dead = dead;
        this.meters = meters;
        this.spare = Spare.adopt(disk, settings.segmentBytes());
        this.rate = new Rate(clock);
        this.queue = new Queue(positions, meters, Log.entryBytesMax(settings));
        Preparer preparer = new Preparer(spare);
        Reserve reserve = new Reserve(disk);
        this.writer = new Writer(
                queue,
                new Log(disk, settings, clock, meters, found, spare),
                new Cleaner(disk, found, reserve, dead),
                preparer,
                clock,
                meters,
                rate);
        this.reader = new Reader(disk, found, meters);
        measure();
        preparer.start();
        writer.start();
        reader.start();
    }

    /**
     * Appends records to a channel, in order, behind everything appended to it before. {@link #appended} has risen when
     * this returns, unless it is refused at once. Completes on the caller's context when the records are durable, with the
     * number of the first; completions of one context come in the order of the appends. Fails with
     * {@link JournalException} when they were refused (full, disk failing, too much waiting, closed): then none is kept,
     * {@code appended} has gone back before the failure is told, and where the disk was the reason every append behind it is
     * refused too.
     */
    public Future<Long> append(int channel, List<byte[]> payloads) {
        Objects.checkIndex(channel, settings.channels());
        if (payloads.isEmpty() || payloads.stream().anyMatch(payload -> payload.length == 0)) {
            throw new IllegalArgumentException("there must be records, and something in each");
        }
        return queue.offer(channel, payloads, vertx.getOrCreateContext());
    }

    /** Whether an append is likely to be taken now. */
    public boolean writable() {
        return queue.open();
    }

    /** Number of the last record of the channel that was appended, durable or not yet; 0 before the first. */
    public long appended(int channel) {
        return positions.appended(channel);
    }

    /** Number of the last record of the channel that is durable. */
    public long durable(int channel) {
        return positions.durable(channel);
    }

    /** Number of the last record of the channel that was confirmed. */
    public long confirmed(int channel) {
        return positions.confirmed(channel);
    }

    /**
     * The records of the channel up to this number are done with. Takes effect at once; it is made durable within about
     * 200 ms, and before a segment is deleted. What was confirmed and not made durable is read again after a crash. A
     * lower number than before changes nothing.
     *
     * @throws IllegalArgumentException when the record is not durable
     */
    public void confirm(int channel, long sequence) {
        if (positions.confirm(channel, sequence)) {
            writer.confirmed();
        }
    }

    /**
     * Reads durable records of the channel from this number on: at most so many, and at most so many bytes but always one.
     * On a reading thread of the journal's own; completes on the caller's context. Fails with {@link JournalException}
     * when the disk cannot be read, or the record was confirmed and is gone. One read of a channel at a time.
     */
    public Future<Chunk> read(int channel, long fromSequence, int recordsMax, long bytesMax) {
        Objects.checkIndex(channel, settings.channels());
        if (fromSequence < 1 || recordsMax < 1) {
            throw new IllegalArgumentException("from record " + fromSequence + ", at most " + recordsMax);
        }
        return reader.read(channel, fromSequence, recordsMax, bytesMax, vertx.getOrCreateContext());
    }

    /** How it stands. Asks the file system how much it has left. */
    public JournalStatus status() {
        long free = disk.freeBytes();
        return new JournalStatus(
                queue.open(),
                queue.trouble(),
                bytes(),
                settings.bytesMax(),
                free,
                segments.usedBytes(),
                Math.min(settings.wholeSegmentsBytes(), free < 0 ? Long.MAX_VALUE : bytes() + free),
                rate.perSecond(),
                segments.count(),
                meters.lost(),
                segments.corrupt(),
                dead.files());
    }

    /** Takes no more appends, waits for those under way, makes the confirmed positions durable, and closes the files. */
    public Future<Void> close() {
        return writer.close().eventually(this::release);
    }

    private Future<Void> release() {
        reader.close();
        try {
            disk.close();
            return Future.succeededFuture();
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }

    private long bytes() {
        return segments.bytes() + (spare.there() ? settings.segmentBytes() : 0);
    }

    private void measure() {
        meters.gauge("bytes", "What the journal's segment files take, with room prepared", this::bytes);
        meters.gauge("bytes_max", "What they may take", settings::bytesMax);
        meters.gauge("segments", "Segment files of the journal", segments::count);
        meters.gauge("writable", "1 while appends are taken, else 0", () -> queue.open() ? 1 : 0);
        meters.gauge("dead_files", "Corrupt segments kept under dead/", dead::files);
    }
}

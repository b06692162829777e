package io.headgate.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A journal looked at while no gateway runs on it. Changes nothing, except by {@link #repair}. Belongs to one thread; what
 * it does takes as long as reading all segments does.
 */
public final class Inspector implements AutoCloseable {
    private final Disk disk;
    private final Chain chain;
    private final Optional<List<Long>> cursor;
    private final List<Long> confirmed;
    private final int deadFiles;

    private Inspector(Disk disk) throws IOException {
        this.disk = disk;
        this.chain = Chain.read(disk);
        this.cursor = Cursor.look(disk);
        this.confirmed = cursor.orElseGet(() -> chain.segments().isEmpty()
                ? List.of()
                : chain.segments().get(0).header().bases());
        this.deadFiles = new Dead(disk).files();
    }

    /** What is told of each record. */
    @FunctionalInterface
    public interface Sink {
        void record(byte[] payload) throws IOException;
    }

    /**
     * Takes a journal for looking at it.
     *
     * @throws JournalException when a gateway has it, it is not there, or it is of another format
     */
    public static Inspector look(Path dir) throws JournalException {
        return on(FileDisk.look(dir), dir);
    }

    /** The same for {@link #repair} too. */
    public static Inspector take(Path dir) throws JournalException {
        Disk.closeQuietly(FileDisk.look(dir)); // lest a directory be made where there is none
        return on(FileDisk.take(dir), dir);
    }

    /** Confirmed numbers by channel; empty when the cursor cannot be read. */
    public Optional<List<Long>> confirmed() {
        return cursor;
    }

    /** Number of segments that count. */
    public int segments() {
        return chain.segments().size();
    }

    /** Files of which no header is whole. */
    public List<String> unreadable() {
        return chain.unreadable();
    }

    /** Files whose making or first write failed; the next start deletes them. */
    public List<String> voids() {
        return chain.voids();
    }

    public int deadFiles() {
        return deadFiles;
    }

    /**
     * Reads all of one segment.
     *
     * @param index 0 for the oldest
     */
    public SegmentReport inspect(int index) throws IOException {
        Segment segment = chain.segments().get(index);
        boolean newest = index == chain.segments().size() - 1;
        Counts counts = new Counts(segment.header(), confirmed);
        try (Disk.File file = disk.openToRead(segment.name())) {
            Scan scan = scan(file, segment);
            while (scan.next()) {
                counts.add(scan.channel(), scan.sequence());
            }
            boolean rest = scan.torn();
            List<SegmentReport.Region> corrupt = new ArrayList<>(regions(scan));
            long end = newest ? scan.end() : segment.validBytes();
            if (!newest && scan.end() < end) {
                corrupt.add(new SegmentReport.Region(scan.end(), end));
            }
            return new SegmentReport(
                    segment.name(),
                    segment.header().createdMillis(),
                    segment.fileBytes(),
                    end,
                    counts.ranges(),
                    corrupt,
                    newest && rest ? segment.fileBytes() - scan.end() : 0,
                    counts.lost(newest ? null : chain.segments().get(index + 1).header()));
        }
    }

    /**
     * Hands out the payloads of one segment, as they stand in it.
     *
     * @param all those that are confirmed too
     */
    public long export(int index, boolean all, Sink sink) throws IOException {
        Segment segment = chain.segments().get(index);
        long count = 0;
        try (Disk.File file = disk.openToRead(segment.name())) {
            Scan scan = scan(file, segment);
            while (scan.next()) {
                if (all || scan.sequence() > confirmed(scan.channel())) {
                    sink.record(scan.payload());
                    count++;
                }
            }
        }
        return count;
    }

    /**
     * Writes a segment with corrupt regions anew, with every whole record in it; the file as it was is kept under
     * {@code dead/}. Nothing is deleted.
     *
     * @return whether there was anything to do
     */
    public boolean repair(int index) throws IOException {
        SegmentReport report = inspect(index);
        if (report.corrupt().isEmpty()) {
            return false;
        }
        new Repair(disk).rewrite(chain.segments().get(index));
        return true;
    }

    /** Moves the files of which no header is whole to {@code dead/}. */
    public void repairUnreadable() throws IOException {
        for (String name : chain.unreadable()) {
            new Repair(disk).putAside(name);
        }
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }

    private static Inspector on(Disk disk, Path dir) throws JournalException {
        try {
            return new Inspector(disk);
        } catch (JournalException e) {
            Disk.closeQuietly(disk);
            throw e;
        } catch (IOException e) {
            Disk.closeQuietly(disk);
            throw new JournalException("the journal in " + dir + " cannot be read: " + e, e);
        }
    }

    private static Scan scan(Disk.File file, Segment segment) throws IOException {
        long end = Math.min(segment.validBytes(), file.size());
        return new Scan(file, segment.header(), segment.header().bytes(), end);
    }

    private static List<SegmentReport.Region> regions(Scan scan) {
        return scan.bad().stream()
                .map(bad -> new SegmentReport.Region(bad.from(), bad.to()))
                .toList();
    }

    private long confirmed(int channel) {
        return channel < confirmed.size() ? confirmed.get(channel) : 0;
    }
}

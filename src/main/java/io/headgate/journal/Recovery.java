package io.headgate.journal;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, at the start, what is in the directory: all headers, and the records of the newest segment alone, so that it
 * takes no longer for a larger backlog.
 *
 * <p>Of the newest segment every whole record is kept, those behind a corrupt place too: records that were written and not
 * yet answered may be among them, which is allowed. What comes after the last one was being written when the process died.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Disk disk;
    private final JournalSettings settings;
    private final Dead dead;

    Recovery(Disk disk, JournalSettings settings, Dead dead) {
        this.disk = disk;
        this.settings = settings;
        this.dead = dead;
    }

    Recovered recover() throws IOException {
        Chain chain = Chain.read(disk);
        for (String name : chain.voids()) {
            disk.delete(name);
        }
        for (String name : chain.unreadable()) {
            LOG.error("journal_corrupt, no header of this segment is whole, its records are lost: {}", name);
            dead.keepUnread(name);
        }
        Segments segments = new Segments(chain.segments());
        Segment newest = segments.last();
        List<Long> last = newest == null ? List.of() : scan(newest);
        Optional<List<Long>> cursor = cursor(newest != null);
        List<Long> confirmed = cursor.orElse(List.of());
        if (newest != null && (chain.unreadable().isEmpty() || cursor.isEmpty())) {
            // a segment is deleted only when all before the next one was confirmed, whatever an older slot says
            confirmed = higher(confirmed, segments.all().get(0).header().bases());
        }
        if (differs(last) || differs(confirmed)) {
            startAnew(segments, last, confirmed);
            return new Recovered(
                    new Segments(List.of()),
                    new Positions(zeros(), zeros()),
                    Cursor.create(disk, zeros()),
                    chain.lastNumber());
        }
        confirmed = higher(confirmed, zeros());
        Cursor opened = cursor.isPresent() ? Cursor.open(disk) : Cursor.create(disk, confirmed);
        return new Recovered(segments, new Positions(higher(last, confirmed), confirmed), opened, chain.lastNumber());
    }

    /** Keeps what is whole; durable when this returns, for it may have been on its way to the disk. */
    private List<Long> scan(Segment segment) throws IOException {
        try (Disk.File file = disk.open(segment.name())) {
            Scan scan = new Scan(file, segment.header(), segment.header().bytes(), segment.fileBytes());
            while (scan.next()) {
                // to the last one
            }
            segment.grown(scan.end());
            if (!scan.bad().isEmpty()) {
                segment.foundCorrupt();
                LOG.error(
                        "journal_corrupt segment={} bad={}, what is good behind it is kept",
                        segment.name(),
                        scan.bad());
            }
            if (scan.torn()) {
                LOG.warn("journal_torn_tail segment={} at={}, dropped", segment.name(), scan.end());
            }
            file.force();
            return scan.lasts();
        }
    }

    private Optional<List<Long>> cursor(boolean needed) throws IOException {
        Optional<List<Long>> found = Cursor.look(disk);
        if (found.isEmpty() && needed) {
            LOG.error("journal_corrupt, the cursor cannot be read: all that is on the disk is drained again");
        }
        return found;
    }

    private boolean differs(List<Long> channels) {
        return !channels.isEmpty() && channels.size() != settings.channels();
    }

    /** Another number of channels is taken where nothing waits in the old ones. */
    private void startAnew(Segments segments, List<Long> last, List<Long> confirmed) throws IOException {
        boolean backlog = last.size() > confirmed.size()
                || IntStream.range(0, last.size()).anyMatch(c -> last.get(c) > confirmed.get(c));
        if (backlog) {
            throw new JournalException("the journal holds records of " + last.size()
                    + " channels that were not drained yet, and redis.partitions is now " + settings.channels()
                    + "; set it to " + last.size() + " again and let the journal drain first");
        }
        for (Segment segment : segments.all()) {
            disk.delete(segment.name());
        }
        disk.sync();
    }

    private List<Long> zeros() {
        return Collections.nCopies(settings.channels(), 0L);
    }

    /** Of each channel the higher number; where one list is empty, the other. */
    private static List<Long> higher(List<Long> some, List<Long> others) {
        if (some.size() != others.size()) {
            return some.size() > others.size() ? some : others;
        }
        return IntStream.range(0, some.size())
                .mapToObj(c -> Math.max(some.get(c), others.get(c)))
                .toList();
    }
}

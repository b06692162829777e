package io.headgate.journal;

import io.headgate.meter.Meters;
import io.headgate.time.SystemClock;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A journal without its threads: opened, written, read and cleaned by whoever calls. */
final class Opened {
    /** One for all, for each listens to the garbage collector; what is counted is kept for each journal. */
    private static final Meters METERS = new Meters();

    private final Disk disk;
    private final Dead dead;
    private final Recovered found;
    private final Log log;
    private final Cleaner cleaner;
    private final JournalMeters meters = new JournalMeters(METERS);

    Opened(Disk disk) throws IOException {
        this(disk, Journals.settings(Path.of("nowhere")));
    }

    Opened(Disk disk, JournalSettings settings) throws IOException {
        this.disk = disk;
        dead = new Dead(disk);
        found = new Recovery(disk, settings, dead).recover();
        log = new Log(disk, settings, new SystemClock(), meters, found, Spare.adopt(disk, settings.segmentBytes()));
        cleaner = new Cleaner(disk, found, new Reserve(disk), dead);
    }

    /** Appends the channel's next records, each named by its number, in one group. */
    void append(int channel, int records, int bytes) throws IOException {
        long first = found.positions().append(channel, records);
        List<byte[]> payloads = Journals.records(channel, first, first + records - 1, bytes);
        log.write(List.of(new Entry(channel, first, payloads, Entry.bytes(payloads), null, Promise.promise())));
    }

    /** All that is not confirmed, with {@code "lost N"} where some cannot be read. */
    List<String> read(int channel) throws IOException {
        ChannelReader reader =
                new ChannelReader(channel, disk, new Blocks(disk), found.segments(), found.positions(), meters);
        List<String> read = new ArrayList<>();
        for (long next = found.positions().confirmed(channel) + 1; next <= durable(channel); ) {
            Chunk chunk = reader.read(next, 4, 1 << 20);
            if (chunk.lost() > 0) {
                read.add("lost " + chunk.lost());
            }
            read.addAll(Journals.names(chunk.payloads()));
            next = chunk.firstSequence() + chunk.payloads().size();
        }
        return read;
    }

    void confirmAll() throws IOException {
        for (int c = 0; c < found.positions().channels(); c++) {
            found.positions().confirm(c, durable(c));
        }
        cleaner.clean();
    }

    long durable(int channel) {
        return found.positions().durable(channel);
    }

    long lost() {
        return meters.lost();
    }

    int corrupt() {
        return found.segments().corrupt();
    }

    int dead() {
        return dead.files();
    }

    int segments() {
        return found.segments().count();
    }
}

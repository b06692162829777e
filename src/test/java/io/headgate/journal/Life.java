package io.headgate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.meter.Meters;
import io.headgate.time.SystemClock;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One process's life with a journal, without its threads, so that the operations of the disk come in the same order each
 * time. What was asked for and answered goes into a book that the next life is held to.
 */
final class Life {
    /** One for all, for each listens to the garbage collector; what is counted is kept for each journal. */
    private static final Meters METERS = new Meters();

    private static final JournalSettings SETTINGS =
            Journals.settings(Path.of("nowhere"), Journals.CHANNELS, 8 * Journals.SEGMENT_BYTES);

    private final PretendDisk disk;
    private final Book book;
    private final JournalMeters meters = new JournalMeters(METERS);
    private final Recovered found;
    private final Spare spare;
    private final Log log;
    private final Cleaner cleaner;

    /** Opens what is there. */
    Life(PretendDisk disk, Book book) throws IOException {
        this.disk = disk;
        this.book = book;
        Dead dead = new Dead(disk);
        found = new Recovery(disk, SETTINGS, dead).recover();
        spare = Spare.adopt(disk, SETTINGS.segmentBytes());
        log = new Log(disk, SETTINGS, new SystemClock(), meters, found, spare);
        cleaner = new Cleaner(disk, found, new Reserve(disk), dead);
        cleaner.clean();
    }

    /** What a process does, over several segments: appends, confirms, removes. */
    void work() throws IOException {
        for (int round = 0; round < 5; round++) {
            prepare();
            append(0, 3, 5_000);
            append(1, 2, 6_000);
            append(0, 1, 15_000);
            confirm(0, found.positions().durable(0) - 1);
            if (round % 2 == 1) {
                confirm(1, found.positions().durable(1));
            }
        }
    }

    void prepare() throws IOException {
        if (log.wantsSpare()) {
            spare.begin();
            spare.step();
        }
    }

    /** Appends, and does what the writer does when that is refused. */
    void append(int channel, int records, int bytes) throws IOException {
        long first = found.positions().append(channel, records);
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            String name = book.attempt(channel, first + i);
            payloads.add((name + ";" + ".".repeat(bytes - name.length())).getBytes(StandardCharsets.US_ASCII));
        }
        try {
            log.write(List.of(new Entry(channel, first, payloads, Entry.bytes(payloads), null, Promise.promise())));
            book.answered(channel, first, Journals.names(payloads));
        } catch (IOException e) {
            found.positions().takeBack();
            if (disk.isDead()) {
                throw e;
            }
            log.reopen();
        }
    }

    void confirm(int channel, long number) throws IOException {
        found.positions().confirm(channel, number);
        book.confirmed(channel, number);
        cleaner.clean();
        book.confirmedDurably(channel, number);
    }

    /** Reads everything and holds it against what was answered. What is found counts as answered from now on. */
    void check() throws IOException {
        Blocks blocks = new Blocks(disk);
        for (int channel = 0; channel < Journals.CHANNELS; channel++) {
            long confirmed = found.positions().confirmed(channel);
            long durable = found.positions().durable(channel);
            book.checkPositions(channel, confirmed, durable);
            ChannelReader reader =
                    new ChannelReader(channel, disk, blocks, found.segments(), found.positions(), meters);
            for (long next = confirmed + 1; next <= durable; ) {
                Chunk chunk = reader.read(next, 3, 1 << 20);
                book.checkLost(channel, next, chunk.lost());
                book.checkRead(channel, chunk.firstSequence(), Journals.names(chunk.payloads()));
                next = chunk.firstSequence() + chunk.payloads().size();
                assertThat(next).isGreaterThan(confirmed);
            }
        }
    }
}

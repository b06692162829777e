package io.headgate.journal;

import static io.headgate.journal.Journals.await;
import static io.headgate.journal.Journals.awaitFailure;
import static io.headgate.journal.Journals.names;
import static io.headgate.journal.Journals.readAll;
import static io.headgate.journal.Journals.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A disk that writes short, is full, fails or is slow: nothing answered is lost, and what cannot be taken is refused. */
class DiskFaultTest {
    private final Journals journals = new Journals();
    private final PretendDisk disk = new PretendDisk();

    @AfterEach
    void close() {
        disk.before((what, name) -> {});
        journals.close();
    }

    @Test
    void shortWritesAreWrittenOn() throws IOException {
        disk.writeMax(1_000);
        Journal journal = journals.open(disk);

        Journals.appendEach(journal, 0, 1, 20, 5_000);

        assertThat(readAll(journal, 0, 1)).isEqualTo(names(0, 1, 20));
    }

    @Test
    void anFsyncThatFailsOnceCostsNobodyAnything() throws IOException {
        Journal journal = journals.open(disk);
        await(journal.append(0, records(0, 1, 3, 1_000)));
        AtomicBoolean failed = new AtomicBoolean();
        disk.before((what, name) -> {
            if (what.equals("force") && name.endsWith(".seg") && !failed.getAndSet(true)) {
                throw new IOException("Input/output error");
            }
        });

        assertThat(await(journal.append(0, records(0, 4, 6, 1_000)))).isEqualTo(4);

        assertThat(failed).isTrue();
        assertThat(readAll(journal, 0, 1)).isEqualTo(names(0, 1, 6));
        for (int seed = 0; seed < 20; seed++) {
            Opened after = new Opened(disk.afterPowerLoss(new Random(seed)));
            assertThat(after.read(0)).isEqualTo(names(0, 1, 6));
        }
    }

    @Test
    void aWriteThatFailsOnceCostsNobodyAnything() throws IOException {
        Journal journal = journals.open(disk);
        await(journal.append(0, records(0, 1, 3, 1_000)));
        AtomicBoolean failed = new AtomicBoolean();
        disk.before((what, name) -> {
            if (what.equals("write") && name.endsWith(".seg") && !failed.getAndSet(true)) {
                throw new IOException("Input/output error");
            }
        });

        assertThat(await(journal.append(0, records(0, 4, 6, 1_000)))).isEqualTo(4);

        assertThat(readAll(journal, 0, 1)).isEqualTo(names(0, 1, 6));
    }

    @Test
    void anFsyncThatAlwaysFailsIsRefusedAndTheNumbersAreUsedAgain() throws IOException {
        Journal journal = journals.open(disk);
        await(journal.append(0, records(0, 1, 3, 1_000)));
        disk.before((what, name) -> {
            if (what.equals("force")) {
                throw new IOException("Input/output error");
            }
        });

        List<Long> appendedWhenTold = new ArrayList<>();
        Future<Long> first = journal.append(0, records(0, 100, 102, 1_000));
        Future<Long> second = journal.append(0, records(0, 103, 103, 1_000));
        first.onFailure(e -> appendedWhenTold.add(journal.appended(0)));
        assertThat(awaitFailure(first)).isInstanceOf(JournalException.class).hasMessageContaining("disk fails");
        awaitFailure(second);

        assertThat(appendedWhenTold).containsOnly(3L);
        assertThat(journal.writable()).isFalse();
        assertThat(journal.status().trouble()).contains("Input/output error");
        assertThat(awaitFailure(journal.append(0, records(0, 4, 4, 10)))).hasMessageContaining("disk fails");

        disk.before((what, name) -> {});
        Eventually.isTrue(journal::writable);
        assertThat(await(journal.append(0, records(0, 4, 6, 1_000)))).isEqualTo(4);
        assertThat(readAll(journal, 0, 1)).isEqualTo(names(0, 1, 6));
        assertThat(new Opened(disk.afterKill()).read(0)).isEqualTo(names(0, 1, 6));
    }

    @Test
    void whatWasRefusedNeverCountsThoughItCanBeNeitherCutOffNorDeleted() throws IOException {
        Journal journal = journals.open(disk);
        await(journal.append(0, records(0, 1, 3, 1_000)));
        disk.before((what, name) -> {
            if (Set.of("force", "truncate", "delete").contains(what) && name.endsWith(".seg")) {
                throw new IOException("Input/output error");
            }
        });
        awaitFailure(journal.append(0, records(0, 100, 102, 1_000)));
        disk.before((what, name) -> {
            if (Set.of("truncate", "delete").contains(what) && name.endsWith(".seg")) {
                throw new IOException("Input/output error");
            }
        });
        Eventually.isTrue(journal::writable);

        await(journal.append(0, records(0, 4, 6, 1_000)));

        assertThat(disk.names()).contains(Segment.name(1), Segment.name(2), Segment.name(3));
        assertThat(journal.status().segments()).isEqualTo(2);
        assertThat(new Opened(disk.afterKill()).read(0)).isEqualTo(names(0, 1, 6));
    }

    @Test
    void nothingIsAnsweredBeforeASlowFsyncAndWhatComesMeanwhileSharesTheNext() throws IOException {
        Journal journal = journals.open(disk);
        await(journal.append(0, records(0, 1, 1, 100)));
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger forces = new AtomicInteger();
        disk.beforeUnlocked((what, name) -> {
            if (what.equals("force") && name.endsWith(".seg") && forces.incrementAndGet() == 1) {
                Journals.await(release);
            }
        });

        List<Future<Long>> appends = new ArrayList<>();
        appends.add(journal.append(0, records(0, 2, 2, 100)));
        Eventually.isTrue(() -> forces.get() == 1);
        for (int n = 3; n <= 50; n++) {
            appends.add(journal.append(0, records(0, n, n, 100)));
        }
        assertThat(await(journal.read(0, 2, 10, 1_000)).payloads()).isEmpty();
        assertThat(appends).noneMatch(Future::isComplete);
        assertThat(journal.durable(0)).isEqualTo(1);
        assertThat(journal.appended(0)).isEqualTo(50);
        release.countDown();

        appends.forEach(Journals::await);
        assertThat(forces).hasValue(2);
        assertThat(readAll(journal, 0, 1)).isEqualTo(names(0, 1, 50));
    }

    @Test
    void whatWaitsForASlowDiskIsBoundedAndTheRestRefusedAtOnce() throws IOException {
        Journal journal = journals.open(
                disk, Journals.settings(Path.of("nowhere"), Journals.CHANNELS, 200 * Journals.SEGMENT_BYTES));
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean held = new AtomicBoolean();
        disk.beforeUnlocked((what, name) -> {
            if (what.equals("force") && name.endsWith(".seg") && !held.getAndSet(true)) {
                Journals.await(release);
            }
        });

        List<Future<Long>> appends = new ArrayList<>();
        appends.add(journal.append(0, records(0, 1, 1, 10)));
        Eventually.isTrue(held::get);
        for (int i = 0; i < 100; i++) {
            appends.add(journal.append(0, records(0, 2 + i * 1_000L, 1_001 + i * 1_000L, 20)));
        }
        assertThat(journal.writable()).isFalse();
        Future<Long> refused = journal.append(0, records(0, 1, 1, 20));

        assertThat(awaitFailure(refused)).hasMessageContaining("too much waits");
        release.countDown();
        appends.forEach(Journals::await);
        assertThat(journal.durable(0)).isEqualTo(100_001);
        assertThat(journal.writable()).isTrue();
    }

    @Test
    void anAppendLargerThanTheQueueIsTakenWhereNothingWaitsButNoRecordLargerThanCanBeRead() throws IOException {
        int most = RecordFormat.PAYLOAD_BYTES_MAX;
        Journal journal = journals.open(
                disk, new JournalSettings(Path.of("nowhere"), 1, 3L * most, 9L * most, JournalSettings.Sync.ALWAYS));
        byte[] large = new byte[most];

        await(journal.append(0, List.of(large, large)));
        assertThat(awaitFailure(journal.append(0, List.of(new byte[most + 1])))).hasMessageContaining("a record of");

        assertThat(await(journal.read(0, 1, 2, 2L * most)).payloads())
                .hasSize(2)
                .allMatch(read -> read.length == most);
    }

    @Test
    void aFullDiskRefusesLosesNothingAndTakesAgainWhenThereIsRoom() throws IOException {
        disk.bytesMax(4 * Journals.SEGMENT_BYTES + Reserve.BYTES);
        Journal journal = journals.open(disk);
        long taken = fill(journal);

        assertThat(journal.status().trouble()).contains("disk fails");
        assertThat(readAll(journal, 0, 1)).isEqualTo(names(0, 1, taken));
        assertThat(new Opened(disk.afterKill()).read(0))
                .startsWith(names(0, 1, taken).toArray(String[]::new));

        disk.bytesMax(Long.MAX_VALUE);
        Eventually.isTrue(journal::writable);
        assertThat(await(journal.append(0, records(0, taken + 1, taken + 1, 100))))
                .isEqualTo(taken + 1);
    }

    @Test
    void onAFullDiskTheCursorMovesSegmentsGoAndTheReserveComesBack() throws IOException {
        disk.bytesMax(4 * Journals.SEGMENT_BYTES + Reserve.BYTES);
        Journal journal = journals.open(disk);
        Eventually.isTrue(() -> disk.has(Reserve.FILE));
        long taken = fill(journal);
        AtomicBoolean copyOnWrite = new AtomicBoolean(true);
        disk.before((what, name) -> {
            // a file system that needs room to overwrite: the reserve has to be given up
            if (what.equals("write") && name.equals(Cursor.FILE) && disk.has(Reserve.FILE) && copyOnWrite.get()) {
                copyOnWrite.set(false);
                throw new IOException("No space left on device");
            }
        });

        journal.confirm(0, taken);

        Eventually.isTrue(() -> journal.status().segments() == 1);
        Eventually.isTrue(journal::writable);
        Eventually.isTrue(() -> disk.has(Reserve.FILE));
        assertThat(copyOnWrite).isFalse();
    }

    @Test
    void aCursorThatCannotBeSavedKeepsItsSegmentsUntilItCan() throws IOException {
        Journal journal = journals.open(disk);
        Journals.appendEach(journal, 0, 1, 40, 5_000);
        int segments = journal.status().segments();
        AtomicInteger tried = new AtomicInteger();
        AtomicBoolean fails = new AtomicBoolean(true);
        disk.before((what, name) -> {
            if (what.equals("force") && name.equals(Cursor.FILE) && fails.get()) {
                tried.incrementAndGet();
                throw new IOException("Input/output error");
            }
        });

        journal.confirm(0, 40);

        Eventually.isTrue(() -> tried.get() >= 2);
        assertThat(journal.status().segments()).isEqualTo(segments);
        fails.set(false);
        Eventually.isTrue(() -> journal.status().segments() == 1);
    }

    /** Appends until it is refused; how many records were taken. */
    private static long fill(Journal journal) {
        while (true) {
            long next = journal.durable(0) + 1;
            Future<Long> append = journal.append(0, records(0, next, next, 5_000));
            Journals.awaitEnd(append);
            if (append.failed()) {
                return journal.durable(0);
            }
        }
    }
}

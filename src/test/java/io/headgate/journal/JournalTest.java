package io.headgate.journal;

import static io.headgate.journal.Journals.SEGMENT_BYTES;
import static io.headgate.journal.Journals.await;
import static io.headgate.journal.Journals.awaitFailure;
import static io.headgate.journal.Journals.names;
import static io.headgate.journal.Journals.readAll;
import static io.headgate.journal.Journals.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.Eventually;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on a real disk: what goes in comes out, over segments and restarts. */
class JournalTest {
    @TempDir
    private Path temp;

    private final Journals journals = new Journals();

    @AfterEach
    void close() {
        journals.close();
    }

    @Test
    void eachChannelHasItsOwnNumbersAndOrder() throws IOException {
        Journal journal = journals.open(Journals.settings(temp));

        assertThat(await(journal.append(0, records(0, 1, 3, 100)))).isEqualTo(1);
        assertThat(await(journal.append(1, records(1, 1, 2, 100)))).isEqualTo(1);
        assertThat(await(journal.append(0, records(0, 4, 5, 100)))).isEqualTo(4);

        assertThat(readAll(journal, 0, 1)).isEqualTo(names(0, 1, 5));
        assertThat(readAll(journal, 1, 1)).isEqualTo(names(1, 1, 2));
        assertThat(journal.durable(0)).isEqualTo(5);
    }

    @Test
    void whatWasAppendedIsFoundAfterARestartOverManySegments() throws IOException {
        Journal first = journals.open(Journals.settings(temp));
        Journals.appendEach(first, 0, 1, 100, 3_000);
        Journals.appendEach(first, 1, 1, 50, 1_000);
        await(first.close());

        Journal second = journals.open(Journals.settings(temp));

        assertThat(second.status().segments()).isGreaterThan(4);
        assertThat(second.appended(0)).isEqualTo(100);
        assertThat(second.appended(1)).isEqualTo(50);
        assertThat(readAll(second, 0, 1)).isEqualTo(names(0, 1, 100));
        assertThat(readAll(second, 1, 1)).isEqualTo(names(1, 1, 50));
        assertThat(await(second.append(0, records(0, 101, 101, 10)))).isEqualTo(101);
        assertThat(readAll(second, 0, 100)).isEqualTo(names(0, 100, 101));
    }

    @Test
    void aReadIsBoundedInRecordsAndInBytesAndAlwaysGoesOn() throws IOException {
        Journal journal = journals.open(Journals.settings(temp));
        await(journal.append(0, records(0, 1, 10, 1_000)));

        assertThat(await(journal.read(0, 1, 4, 1 << 20)).payloads()).hasSize(4);
        assertThat(await(journal.read(0, 5, 100, 2_500)).payloads()).hasSize(2);
        assertThat(await(journal.read(0, 7, 100, 1)).payloads()).hasSize(1);
        assertThat(await(journal.read(0, 11, 100, 1)).payloads()).isEmpty();
        assertThat(names(await(journal.read(0, 9, 100, 1 << 20)).payloads())).isEqualTo(names(0, 9, 10));
    }

    @Test
    void confirmedSegmentsAreRemovedAndTheRestIsReadOn() throws IOException {
        Journal journal = journals.open(Journals.settings(temp));
        Journals.appendEach(journal, 0, 1, 100, 3_000);
        int before = journal.status().segments();

        journal.confirm(0, 90);

        Eventually.isTrue(() -> journal.status().segments() < before);
        assertThat(readAll(journal, 0, 91)).isEqualTo(names(0, 91, 100));
        assertThat(awaitFailure(journal.read(0, 1, 10, 1_000))).hasMessageContaining("gone");
    }

    @Test
    void aChannelThatStandsStillKeepsItsSegments() throws IOException {
        Journal journal = journals.open(Journals.settings(temp));
        await(journal.append(1, records(1, 1, 1, 100)));
        Journals.appendEach(journal, 0, 1, 60, 3_000);
        journal.confirm(0, 60);
        await(journal.close());

        Journal again = journals.open(Journals.settings(temp));

        assertThat(again.confirmed(0)).isEqualTo(60);
        assertThat(again.confirmed(1)).isZero();
        assertThat(readAll(again, 1, 1)).isEqualTo(names(1, 1, 1));
        assertThat(again.status().segments()).isGreaterThan(2);
    }

    @Test
    void aSecondProcessIsRefusedInWords() throws IOException {
        journals.open(Journals.settings(temp));

        assertThatThrownBy(() -> journals.open(Journals.settings(temp)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("in use by another process");
    }

    @Test
    void anotherNumberOfChannelsIsRefusedWhileSomethingWaits() throws IOException {
        Journal journal = journals.open(Journals.settings(temp));
        await(journal.append(0, records(0, 1, 3, 100)));
        await(journal.close());

        assertThatThrownBy(() -> journals.open(Journals.settings(temp, 3, 16 * SEGMENT_BYTES)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("redis.partitions is now 3; set it to 2 again");
    }

    @Test
    void anotherNumberOfChannelsIsTakenWhereNothingWaits() throws IOException {
        Journal journal = journals.open(Journals.settings(temp));
        await(journal.append(0, records(0, 1, 3, 100)));
        journal.confirm(0, 3);
        await(journal.close());

        Journal wider = journals.open(Journals.settings(temp, 3, 16 * SEGMENT_BYTES));

        assertThat(await(wider.append(2, records(2, 1, 1, 100)))).isEqualTo(1);
        assertThat(readAll(wider, 2, 1)).isEqualTo(names(2, 1, 1));
    }

    @Test
    void aFullJournalRefusesAtOnceAndTakesAgainWhenSegmentsAreRemoved() throws IOException {
        Journal journal = journals.open(Journals.settings(temp, Journals.CHANNELS, 3 * SEGMENT_BYTES));
        List<Long> taken = new ArrayList<>();
        Throwable refusal = null;
        while (refusal == null) {
            long next = journal.appended(0) + 1;
            var append = journal.append(0, records(0, next, next, 3_000));
            refusal = awaitFailure(append.map(first -> {
                taken.add(first);
                return first;
            }));
            refusal = append.succeeded() ? null : refusal;
        }

        assertThat(refusal).isInstanceOf(JournalException.class).hasMessageContaining("journal is full");
        assertThat(journal.writable()).isFalse();
        assertThat(journal.status().bytes()).isLessThanOrEqualTo(3 * SEGMENT_BYTES);
        assertThat(journal.appended(0)).isEqualTo(taken.size());
        assertThat(readAll(journal, 0, 1)).isEqualTo(names(0, 1, taken.size()));

        journal.confirm(0, taken.size() / 2);

        Eventually.isTrue(journal::writable);
        assertThat(await(journal.append(0, records(0, 1, 1, 100)))).isEqualTo(taken.size() + 1L);
    }

    @Test
    void filesAreTheOwnersAlone() throws IOException {
        Path dir = temp.resolve("journal");
        Journal journal = journals.open(Journals.settings(dir));
        await(journal.append(0, records(0, 1, 1, 100)));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void anAppendThatNoSegmentHoldsIsRefusedInWordsAndHarmsNobody() throws IOException {
        Journal journal = journals.open(Journals.settings(temp));

        assertThat(awaitFailure(journal.append(0, records(0, 1, 1, 70_000)))).hasMessageContaining("does not fit");
        assertThat(await(journal.append(0, records(0, 1, 1, 50_000)))).isEqualTo(1);
        assertThat(readAll(journal, 0, 1)).isEqualTo(names(0, 1, 1));
    }

    @Test
    void afterCloseNothingIsTaken() throws IOException {
        Journal journal = journals.open(Journals.settings(temp));
        var last = journal.append(0, records(0, 1, 1, 100));
        await(journal.close());

        assertThat(await(last)).isEqualTo(1);
        assertThat(awaitFailure(journal.append(0, records(0, 2, 2, 100)))).hasMessageContaining("closed");
        assertThat(awaitFailure(journal.read(0, 1, 1, 1))).hasMessageContaining("closed");
        assertThat(journal.writable()).isFalse();
    }

    @Test
    void whatIsNotDurableCannotBeConfirmed() throws IOException {
        Journal journal = journals.open(Journals.settings(temp));

        assertThatThrownBy(() -> journal.confirm(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyWritersAndAReaderAtOnceKeepEveryChannelsOrder() throws Exception {
        Journal journal = journals.open(Journals.settings(temp, Journals.CHANNELS, 100 * SEGMENT_BYTES));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Void>> writers = IntStream.range(0, 4)
                .<Callable<Void>>mapToObj(writer -> () -> {
                    for (int i = 1; i <= 200; i++) {
                        await(journal.append(writer % 2, List.of(Journals.record(writer, i, 200 + i))));
                    }
                    return null;
                })
                .toList();
        List<java.util.concurrent.Future<Void>> written = new ArrayList<>();
        writers.forEach(writer -> written.add(threads.submit(writer)));

        List<List<String>> read = List.of(new ArrayList<>(), new ArrayList<>());
        for (int channel = 0; read.get(0).size() + read.get(1).size() < 800; channel = 1 - channel) {
            long next = read.get(channel).size() + 1L;
            Chunk chunk = await(journal.read(channel, next, 50, 1 << 20));
            assertThat(chunk.lost()).isZero();
            read.get(channel).addAll(names(chunk.payloads()));
            journal.confirm(channel, read.get(channel).size());
        }

        for (int writer = 0; writer < 4; writer++) {
            String mine = writer + ":";
            assertThat(read.get(writer % 2))
                    .filteredOn(name -> name.startsWith(mine))
                    .isEqualTo(names(writer, 1, 200));
        }
        for (var each : written) {
            each.get(20, TimeUnit.SECONDS);
        }
        threads.shutdown();
    }

    @Test
    void aGatewayWhoseRedisIsWellWritesNothing() throws IOException {
        PretendDisk disk = new PretendDisk();
        Journal first = journals.open(disk);
        Eventually.isTrue(() -> disk.has(Spare.FILE) && disk.bytes(Spare.FILE).length == SEGMENT_BYTES);
        await(first.close());
        List<String> changes = new CopyOnWriteArrayList<>();
        disk.before((what, name) -> {
            if (Set.of("write", "create", "move", "delete", "truncate").contains(what)) {
                changes.add(what + " " + name);
            }
        });

        Journal second = journals.open(disk);
        await(second.close());

        assertThat(changes).isEmpty();
    }

    @Test
    void withoutSyncAnAppendSurvivesTheDeathOfTheProcess() throws IOException {
        PretendDisk disk = new PretendDisk();
        JournalSettings settings = new JournalSettings(
                temp, Journals.CHANNELS, SEGMENT_BYTES, 16 * SEGMENT_BYTES, JournalSettings.Sync.NEVER);
        Journal journal = journals.open(disk, settings);
        await(journal.append(0, records(0, 1, 3, 1_000)));
        List<String> forced = new CopyOnWriteArrayList<>();
        disk.before((what, name) -> {
            // the next segment and the reserve may still be in preparation
            if (what.equals("force") && name.endsWith(".seg")) {
                forced.add(name);
            }
        });

        await(journal.append(0, records(0, 4, 6, 1_000)));

        assertThat(forced).isEmpty();
        assertThat(new Opened(disk.afterKill()).read(0)).isEqualTo(names(0, 1, 6));
    }

    @Test
    void answersComeOnTheCallersContextInTheOrderOfTheAppends() throws IOException {
        Journal journal = journals.open(Journals.settings(temp));
        Context context = journals.vertx().getOrCreateContext();
        List<Long> answers = new CopyOnWriteArrayList<>();
        Promise<Void> done = Promise.promise();

        context.runOnContext(go -> {
            for (int n = 1; n <= 100; n++) {
                long number = n;
                journal.append(0, records(0, n, n, 10)).onSuccess(first -> {
                    assertThat(Vertx.currentContext()).isSameAs(context);
                    answers.add(first);
                    if (number == 100) {
                        done.complete();
                    }
                });
            }
        });

        await(done.future());
        assertThat(answers).isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
    }
}

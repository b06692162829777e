package io.headgate.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class MetersTest {
    @Test
    void aCountIsStillReadAfterTheGarbageWasCollected() {
        try (Meters meters = new Meters()) {
            meters.count("headgate_test", "a count that nobody else holds", () -> 7);
            meters.tally("headgate_tally", "a tally that nobody else holds").add(3);
            meters.books().received(5);

            collectGarbage();

            assertThat(meters.scrape())
                    .contains("headgate_test_total 7.0")
                    .contains("headgate_tally_total 3.0")
                    .contains("headgate_events_received_total 5.0");
        }
    }

    @Test
    void theProcessTellsWhatItUses() {
        try (Meters meters = new Meters()) {
            assertThat(meters.scrape())
                    .contains("process_cpu_seconds_total ")
                    .contains("process_files_open_files ")
                    .contains("process_uptime_seconds ")
                    .contains("jvm_memory_used_bytes{area=\"heap\"")
                    .doesNotContain("system_cpu_count", "process_cpu_time_ns"); // names that promtool refuses
        }
    }

    @Test
    void theBooksBalanceAtEachStepOfABatch() {
        try (Meters meters = new Meters()) {
            Books books = meters.books();

            books.received(10);
            assertThat(books.read().balanced()).isTrue();
            assertThat(books.read().inProgress()).isEqualTo(10);

            books.answered(3, 1, 2, 1);
            assertThat(books.read().balanced()).isTrue();
            assertThat(books.read().inProgress()).isEqualTo(3);

            books.refused(3, 2, 1);
            assertThat(books.read().balanced()).isTrue();
            assertThat(books.read().inProgress()).isZero();
            assertThat(books.read().get(Books.Line.REFUSED_BUT_STORED)).isEqualTo(2);
            assertThat(books.read().get(Books.Line.STREAM_DIRECT)).isEqualTo(3);
            assertThat(books.read().get(Books.Line.JOURNALED)).isEqualTo(1);
        }
    }

    @Test
    void theBooksKnowWhatTheJournalMustHold() {
        try (Meters meters = new Meters()) {
            Books books = meters.books();
            books.backlogAtStart(1_000);
            books.received(30);
            books.answered(5, 10, 0, 0);
            books.refused(15, 0, 4);
            books.journaledLate(3);

            books.drained(700, 50, 7);

            assertThat(books.read().journalBacklog()).isEqualTo(1_000 + 10 + 4 + 3 - 700 - 50 - 7);
        }
    }

    /** Returns when an object that nobody holds is gone. */
    private static void collectGarbage() {
        WeakReference<Object> canary = new WeakReference<>(new byte[1024]);
        while (canary.get() != null) {
            System.gc();
        }
    }
}

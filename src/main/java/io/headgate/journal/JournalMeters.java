package io.headgate.journal;

import io.headgate.meter.Meters;
import io.headgate.meter.Tally;
import io.headgate.meter.Timing;
import java.util.function.DoubleSupplier;

/** What the journal counts. Safe for use by any thread. */
final class JournalMeters {
    private final Meters meters;
    private final Tally appended;
    private final Tally appendedBytes;
    private final Tally refused;
    private final Tally failures;
    private final Tally lost;
    private final Timing fsync;

    JournalMeters(Meters meters) {
        this.meters = meters;
        appended = meters.tally("headgate_journal_records_appended", "Records made durable in the journal");
        appendedBytes = meters.tally("headgate_journal_bytes_appended", "Bytes of those records");
        refused = meters.tally("headgate_journal_refused", "Records that the journal refused");
        failures = meters.tally("headgate_journal_failures", "Writes and fsyncs of the journal's disk that failed");
        lost = meters.tally("headgate_journal_lost_records", "Records in the journal that could not be read back");
        fsync = meters.timing("headgate_journal_fsync_time", "One fsync for a group of appends");
    }

    void gauge(String name, String help, DoubleSupplier value) {
        meters.gauge("headgate_journal_" + name, help, value);
    }

    void appended(int records, long bytes) {
        appended.add(records);
        appendedBytes.add(bytes);
    }

    void refused(int records) {
        refused.add(records);
    }

    void failed() {
        failures.increment();
    }

    void lost(long records) {
        lost.add(records);
    }

    long lost() {
        return lost.value();
    }

    void fsync(long nanos) {
        fsync.record(nanos);
    }
}

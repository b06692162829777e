package io.headgate.loadtest;

import io.headgate.load.Status;
import io.headgate.loadtest.Plan.Fate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds the client's ledger against the gateway's books, the streams and the quarantine. What cannot be read fails. Serves
 * once, one thread.
 */
final class Judge {
    private static final long REST_WITHIN_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Of the quarantine: about this many of the newest are kept. */
    private static final long QUARANTINE_KEEPS = 10_000;

    private static final int BYTES_KEPT = 32 * 1024;
    private static final String RESTS = "gateway comes to rest";
    private static final String BOOKS = "books = answers, balanced";
    private static final String QUARANTINE = "rejected: quarantined, why";

    private final GatewayAt gateway;
    private final Plan plan;
    private final Ledger ledger;
    private final Baseline before;
    private final List<Check> checks = new ArrayList<>();

    Judge(GatewayAt gateway, Plan plan, Ledger ledger, Baseline before) {
        this.gateway = gateway;
        this.plan = plan;
        this.ledger = ledger;
        this.before = before;
    }

    /** A check that may find something unreadable. */
    private interface Look {
        Check look() throws IOException;
    }

    /** Waits until the gateway rests, and looks at everything. */
    List<Check> checks() {
        checks.add(sent());
        checks.add(planned());
        look(RESTS, this::rest);
        look(BOOKS, this::books);
        look(Stored.NAME, this::streams);
        look(QUARANTINE, this::quarantine);
        return List.copyOf(checks);
    }

    private void look(String name, Look look) {
        try {
            checks.add(look.look());
        } catch (IOException | RuntimeException e) {
            checks.add(new Check(name, false, "could not be read: " + e));
        }
    }

    private Check sent() {
        return new Check(
                "sent = answered",
                ledger.posts() > 0 && ledger.posts() == ledger.answers(),
                "requests=%d answered=%d".formatted(ledger.posts(), ledger.answers()));
    }

    private Check planned() {
        Ledger.Sums sums = ledger.sums();
        return new Check(
                "answers as planned",
                ledger.unplanned() == 0,
                "accepted=%d duplicate=%d rejected=%d unplanned_answers=%d duplicates_not_told_by_the_journal=%d %s%s"
                        .formatted(
                                sums.accepted(),
                                sums.duplicate(),
                                sums.rejected(),
                                ledger.unplanned(),
                                ledger.duplicatesUnknown(),
                                ledger.examples().isEmpty() ? "" : ledger.examples(),
                                sums.accepted() == 0 && sums.duplicate() > 0
                                        ? "; all were there before: take another --seed"
                                        : ""));
    }

    /** Everything that was taken in is on the streams, and what was rejected in the quarantine. */
    private Check rest() throws IOException {
        long end = System.nanoTime() + REST_WITHIN_NANOS;
        boolean rests = false;
        Status status = gateway.status();
        while (!rests && System.nanoTime() < end) {
            status = gateway.status();
            rests = status.atRest()
                    && status.number("quarantine", "queued_events") == 0
                    && status.number("quarantine", "spool_bytes") == 0;
            if (!rests) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
        return new Check(
                RESTS,
                rests,
                "mode=%s backlog=%d in_progress=%d"
                        .formatted(status.mode(), status.backlog(), status.book("in_progress")));
    }

    private Check books() throws IOException {
        Status status = gateway.status();
        Ledger.Sums sums = ledger.sums();
        List<String> faults = new ArrayList<>(status.imbalances());
        if (!status.json().getString("started").equals(before.status().json().getString("started"))) {
            faults.add("the gateway was started anew, and its books with it");
        }
        equal(faults, status, "received", sums.received());
        equal(faults, status, "accepted", sums.accepted());
        equal(faults, status, "duplicate", sums.duplicate());
        equal(faults, status, "rejected", sums.rejected());
        equal(faults, status, "journaled", sums.journaled());
        equal(faults, status, "refused", 0);
        equal(faults, status, "drain_corrupt", 0);
        return new Check(
                BOOKS,
                faults.isEmpty(),
                faults.isEmpty()
                        ? "received=%d journaled=%d".formatted(sums.received(), sums.journaled())
                        : faults + "; does somebody else post to this gateway?");
    }

    private void equal(List<String> faults, Status status, String line, long answered) {
        long counted = status.book(line) - before.status().book(line);
        if (counted != answered) {
            faults.add("%s: counted %d, answered %d".formatted(line, counted, answered));
        }
    }

    private Check streams() throws IOException {
        Stored stored = new Stored(plan, ledger);
        for (int partition = 0; partition < before.streams().size(); partition++) {
            Entries.read(
                    gateway,
                    gateway.stream(partition),
                    before.streams().get(partition),
                    (id, fields) ->
                            stored.entry(id, fields.text("name"), fields.text("source"), fields.bytes("event")));
        }
        return stored.check();
    }

    private Check quarantine() throws IOException {
        long rejected = ledger.sums().rejected();
        Baseline.Quarantined now = Baseline.Quarantined.of(gateway.metrics());
        long written = now.written() - before.quarantined().written();
        long dropped = now.dropped() - before.quarantined().dropped();
        List<String> foreign = new ArrayList<>();
        long found = Entries.read(gateway, gateway.quarantine(), before.quarantine(), (id, fields) -> {
            if (!rejected(fields)) {
                foreign.add(id);
            }
        });
        return new Check(
                QUARANTINE,
                // one whose answer did not come is written again
                written >= rejected
                        && dropped == 0
                        && foreign.isEmpty()
                        && found >= Math.min(rejected, QUARANTINE_KEEPS),
                String.format(
                        Locale.ROOT,
                        "rejected=%d written=%d cut_off=%d kept=%d foreign=%d %s",
                        rejected,
                        written,
                        dropped,
                        found,
                        foreign.size(),
                        foreign.stream().limit(5).toList()));
    }

    /** Whether an entry of the quarantine is an event of the plan that must be there. */
    private boolean rejected(Entries.Fields entry) throws IOException {
        byte[] event = entry.bytes("event");
        long number = plan.number(event);
        if (number < 0 || !ledger.wasSent(number) || plan.fate(number) != Fate.INVALID) {
            return false;
        }
        byte[] posted = plan.bytes(number);
        Fault fault = Fault.of(number);
        String reason = entry.text("reason");
        return Arrays.equals(event, posted.length > BYTES_KEPT ? Arrays.copyOf(posted, BYTES_KEPT) : posted)
                && plan.sourceOf(number).name().equals(entry.text("source"))
                && reason.contains("\"code\":\"" + fault.code + "\"")
                && (fault.keyword.isEmpty() || reason.contains("\"keyword\":\"" + fault.keyword + "\""));
    }
}

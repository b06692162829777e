package io.headgate.loadtest;

import io.headgate.load.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds the client's ledger against the gateway's books, the streams and the quarantine. What cannot be read fails. Serves
 * once, one thread.
 */
final class Judge {
    private static final long REST_WITHIN_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final String RESTS = "gateway comes to rest";
    private static final String BOOKS = "books = answers, balanced";
    private static final String ENTRIES = "entries = books";

    private final GatewayAt gateway;
    private final Plan plan;
    private final Ledger ledger;
    private final Baseline before;
    private final Stored stored;
    private final List<Check> checks = new ArrayList<>();

    Judge(GatewayAt gateway, Plan plan, Ledger ledger, Baseline before) {
        this.gateway = gateway;
        this.plan = plan;
        this.ledger = ledger;
        this.before = before;
        this.stored = new Stored(plan, ledger, before.streams().size());
    }

    /** A check that may find something unreadable. */
    private interface Look {
        Check look() throws IOException;
    }

    /** Waits until the gateway rests; whether it does, the checks tell. */
    void awaitRest() {
        look(RESTS, this::rest);
        checks.clear();
    }

    /** Waits until the gateway rests, and looks at everything. */
    List<Check> checks() {
        checks.add(sent());
        checks.add(planned());
        look(RESTS, this::rest);
        look(BOOKS, this::books);
        look(Stored.NAME, this::streams);
        look(ENTRIES, this::entries);
        look(Quarantine.NAME, () -> new Quarantine(gateway, plan, ledger, before).check());
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
                                ledger.unplanned() > 0 && sums.duplicate() > 0
                                        ? "; was this seed posted before? --seed takes another"
                                        : ""));
    }

    /** Waits until everything that was taken in is on the streams, and what was rejected in the quarantine. */
    private Check rest() throws IOException {
        long end = System.nanoTime() + REST_WITHIN_NANOS;
        boolean rests = false;
        Status status = Lines.whole(gateway.status());
        while (!rests && System.nanoTime() < end) {
            status = Lines.whole(gateway.status());
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
        Status status = Lines.whole(gateway.status());
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
        long counted = since(status, line);
        if (counted != answered) {
            faults.add("%s: counted %d, answered %d".formatted(line, counted, answered));
        }
    }

    private Check streams() throws IOException {
        for (int partition = 0; partition < before.streams().size(); partition++) {
            int here = partition;
            Entries.read(
                    gateway,
                    gateway.stream(here),
                    before.streams().get(here),
                    (id, fields) ->
                            stored.entry(here, id, fields.text("name"), fields.text("source"), fields.bytes("event")));
        }
        return stored.check();
    }

    /** A write whose answer never came is on its stream, and drains as a duplicate. */
    private Check entries() throws IOException {
        Status status = Lines.whole(gateway.status());
        long known = since(status, "stream_direct") + since(status, "drained") + since(status, "refused_but_stored");
        long unknown = since(status, "drain_duplicate");
        return new Check(
                ENTRIES,
                stored.entries() >= known && stored.entries() <= known + unknown,
                "entries=%d stream_direct=%d drained=%d refused_but_stored=%d drain_duplicate=%d"
                        .formatted(
                                stored.entries(),
                                since(status, "stream_direct"),
                                since(status, "drained"),
                                since(status, "refused_but_stored"),
                                unknown));
    }

    private long since(Status status, String line) {
        return status.book(line) - before.status().book(line);
    }
}

package io.headgate.load;

import java.util.BitSet;

/**
 * Which events of a run have come out at the other end, how often, and how long after the gateway had received them. Safe
 * for use by any thread.
 */
final class Receipts {
    private final Numbered events;
    private final Ledger ledger;
    private final BitSet[] found;
    private long twice;
    private long foreign;

    Receipts(Numbered events, Ledger ledger) {
        this.events = events;
        this.ledger = ledger;
        this.found = new BitSet[ledger.sessions()];
        for (int i = 0; i < found.length; i++) {
            found[i] = new BitSet();
        }
    }

    /** Whether this is an event of the run; one that was never sent is counted as foreign. */
    synchronized boolean took(String eventId) {
        long identity = events.identify(eventId);
        if (identity < 0) {
            return false;
        }
        if (!ledger.wasSent(identity)) {
            foreign++;
            return true;
        }
        BitSet session = found[Numbered.session(identity)];
        if (session.get(Numbered.number(identity))) {
            twice++;
        }
        session.set(Numbered.number(identity));
        return true;
    }

    /** Different events. */
    synchronized long ids() {
        long ids = 0;
        for (BitSet session : found) {
            ids += session.cardinality();
        }
        return ids;
    }

    /** How often an event came that had come before. */
    synchronized long twice() {
        return twice;
    }

    /** Events that nobody sent. */
    synchronized long foreign() {
        return foreign;
    }

    /** Events that were answered as stored, and have not come. */
    synchronized long missing() {
        long missing = 0;
        for (int session = 0; session < found.length; session++) {
            missing += ledger.missing(session, found[session]).cardinality();
        }
        return missing;
    }

    @Override
    public String toString() {
        return "posted=%d received=%d missing=%d twice=%d foreign=%d"
                .formatted(ledger.ids(), ids(), missing(), twice(), foreign());
    }
}

package io.headgate.loadtest;

import io.headgate.loadtest.Plan.Fate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Holds entries of the streams against the ledger, one after the other: each event that was answered as stored is there
 * once, on the stream of its session, with the bytes, the name and the source that it was posted with, and nothing else is there. Serves once, one
 * thread.
 */
final class Stored {
    static final String NAME = "accepted: on a stream, once";
    private static final int EXAMPLES_MAX = 5;

    private final Plan plan;
    private final Ledger ledger;
    private final int partitions;
    private final BitSet found = new BitSet();
    private final List<String> examples = new ArrayList<>();
    private long entries;
    private long twice;
    private long foreign;

    Stored(Plan plan, Ledger ledger, int partitions) {
        this.plan = plan;
        this.ledger = ledger;
        this.partitions = partitions;
    }

    /** Entries that were shown. */
    long entries() {
        return entries;
    }

    /** An entry of the stream of this partition. */
    void entry(int partition, String id, String name, String source, byte[] event) {
        entries++;
        long number = plan.number(event);
        if (number < 0 || !ledger.wasSent(number) || !asPosted(number, partition, name, source, event)) {
            foreign++;
            example("foreign entry " + id);
        } else if (found.get((int) number)) {
            twice++;
            example("event " + number + " twice, again as entry " + id);
        } else {
            found.set((int) number);
        }
    }

    private boolean asPosted(long number, int partition, String name, String source, byte[] event) {
        return plan.fate(number) == Fate.NEW
                && Arrays.equals(event, plan.bytes(number))
                && plan.partition(number, partitions) == partition
                && plan.name(number).equals(name)
                && plan.sourceOf(number).name().equals(source);
    }

    /** The verdict, once all entries were shown. */
    Check check() {
        BitSet lost = ledger.stored();
        long expected = lost.cardinality();
        lost.andNot(found);
        if (!lost.isEmpty()) {
            example("event " + lost.nextSetBit(0) + " lost");
        }
        // an event whose post was not answered may be there
        long unanswered = found.cardinality() - (expected - lost.cardinality());
        return new Check(
                NAME,
                lost.isEmpty() && twice == 0 && foreign == 0 && expected > 0,
                "entries=%d answered_as_stored=%d lost=%d twice=%d foreign=%d stored_without_answer=%d %s"
                        .formatted(
                                entries,
                                expected,
                                lost.cardinality(),
                                twice,
                                foreign,
                                unanswered,
                                examples.isEmpty() ? "" : examples));
    }

    private void example(String what) {
        if (examples.size() < EXAMPLES_MAX) {
            examples.add(what);
        }
    }
}

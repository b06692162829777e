package io.headgate.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Holds the streams against the ledger: every event that was answered as stored is there exactly once, nothing is there
 * that was never sent or is not byte for byte what was sent, and each session's events stand on one stream in the order
 * of their numbers. One bit for each event in memory. Serves once, one thread.
 */
final class Oracle {
    private static final int EXAMPLES_MAX = 5;

    private final Numbered events;
    private final Ledger ledger;
    private final BitSet[] found;
    private final int[] last;
    private final int[] partition;
    private final List<String> examples = new ArrayList<>();
    private long entries;
    private long twice;
    private long foreign;
    private long disordered;
    private long lost;

    private Oracle(Numbered events, Ledger ledger) {
        this.events = events;
        this.ledger = ledger;
        this.found = new BitSet[ledger.sessions()];
        this.last = new int[ledger.sessions()];
        this.partition = new int[ledger.sessions()];
        Arrays.setAll(found, session -> new BitSet());
        Arrays.fill(last, -1);
        Arrays.fill(partition, -1);
    }

    /**
     * What was found.
     *
     * @param twice entries whose event was there already
     * @param foreign entries that were never sent, or not with these bytes
     * @param disordered entries with a lower number than one before them in their session, or on another stream
     * @param lost events that were answered as stored and are not there
     * @param examples some of all these
     */
    record Verdict(long entries, long twice, long foreign, long disordered, long lost, List<String> examples) {
        /** Order aside, which is given up at times, and then counted. */
        boolean onceEach() {
            return twice == 0 && foreign == 0 && lost == 0;
        }

        @Override
        public String toString() {
            return "entries=%d lost=%d twice=%d foreign=%d out_of_order=%d %s"
                    .formatted(entries, lost, twice, foreign, disordered, examples.isEmpty() ? "" : examples);
        }
    }

    static Verdict judge(Numbered events, Ledger ledger, Streams streams) {
        Oracle oracle = new Oracle(events, ledger);
        streams.read(oracle::entry);
        oracle.lookForTheLost();
        return new Verdict(
                oracle.entries, oracle.twice, oracle.foreign, oracle.disordered, oracle.lost, oracle.examples);
    }

    private void entry(int stream, byte[] event) {
        entries++;
        long identity = events.identify(event);
        if (identity < 0 || !ledger.wasSent(identity)) {
            foreign++;
            example("foreign", identity, stream);
            return;
        }
        int session = Numbered.session(identity);
        int number = Numbered.number(identity);
        if (found[session].get(number)) {
            twice++;
            example("twice", identity, stream);
            return;
        }
        found[session].set(number);
        if (number < last[session] || (partition[session] >= 0 && partition[session] != stream)) {
            disordered++;
            example("behind " + last[session], identity, stream);
        }
        partition[session] = stream;
        last[session] = Math.max(last[session], number);
    }

    private void lookForTheLost() {
        for (int session = 0; session < found.length; session++) {
            BitSet missing = ledger.missing(session, found[session]);
            lost += missing.cardinality();
            if (!missing.isEmpty()) {
                example("lost", (long) session << 32 | missing.nextSetBit(0), partition[session]);
            }
        }
    }

    private void example(String what, long identity, int stream) {
        if (examples.size() < EXAMPLES_MAX) {
            examples.add("%s: session %d number %d stream %d"
                    .formatted(what, Numbered.session(identity), Numbered.number(identity), stream));
        }
    }
}

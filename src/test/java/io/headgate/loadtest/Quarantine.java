package io.headgate.loadtest;

import io.headgate.loadtest.Plan.Fate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Holds the quarantine against the ledger: each rejected event is there, as posted, with its source and its reason, and
 * nothing else is. The gateway keeps about the newest 10,000, so when more were rejected only those can be looked at, and
 * the gateway's own count stands for the rest. One may be there again: a write whose answer does not come is repeated.
 */
final class Quarantine {
    static final String NAME = "rejected: quarantined, why";
    private static final long KEPT = 10_000;
    private static final int EXAMPLES_MAX = 5;

    private final GatewayAt gateway;
    private final Plan plan;
    private final Ledger ledger;
    private final Baseline before;
    private final BitSet found = new BitSet();
    private final List<String> foreign = new ArrayList<>();

    Quarantine(GatewayAt gateway, Plan plan, Ledger ledger, Baseline before) {
        this.gateway = gateway;
        this.plan = plan;
        this.ledger = ledger;
        this.before = before;
    }

    Check check() throws IOException {
        long rejected = ledger.sums().rejected();
        Baseline.Quarantined now = Baseline.Quarantined.of(gateway.metrics());
        long written = now.written() - before.quarantined().written();
        long dropped = now.dropped() - before.quarantined().dropped();
        long kept = Entries.read(gateway, gateway.quarantine(), before.quarantine(), this::entry);
        BitSet missing = ledger.rejected();
        missing.andNot(found);
        boolean all = kept >= KEPT || missing.isEmpty();
        return new Check(
                NAME,
                all && written >= rejected && dropped == 0 && foreign.isEmpty() && kept >= Math.min(rejected, KEPT),
                "rejected=%d written=%d cut_off=%d kept=%d missing=%s foreign=%d %s"
                        .formatted(
                                rejected,
                                written,
                                dropped,
                                kept,
                                kept >= KEPT ? "?" : Integer.toString(missing.cardinality()),
                                foreign.size(),
                                foreign.isEmpty() ? "" : foreign.subList(0, Math.min(EXAMPLES_MAX, foreign.size()))));
    }

    private void entry(String id, Entries.Fields entry) throws IOException {
        byte[] event = entry.bytes("event");
        long number = plan.number(event);
        if (number >= 0 && ledger.wasSent(number) && plan.fate(number) == Fate.INVALID && asPosted(number, entry)) {
            found.set((int) number);
        } else {
            foreign.add(id);
        }
    }

    private boolean asPosted(long number, Entries.Fields entry) throws IOException {
        Fault fault = plan.fault(number);
        String reason = entry.text("reason");
        return Arrays.equals(entry.bytes("event"), plan.bytes(number))
                && plan.sourceOf(number).name().equals(entry.text("source"))
                && reason.contains("\"code\":\"" + fault.code + "\"")
                && reason.contains("\"pointer\":\"" + fault.pointer + "\"")
                && (fault.keyword.isEmpty() || reason.contains("\"keyword\":\"" + fault.keyword + "\""));
    }
}

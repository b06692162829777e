package io.headgate.alert;

import java.util.List;
import java.util.Set;

/** Notices and receivers for tests. */
final class Notices {
    /** 2026-11-20T08:00:00Z. */
    static final long SINCE = 1_795_161_600_000L;

    static final long AT = SINCE + 4 * 3_600_000L;
    static final Set<Priority> ALL = Set.of(Priority.P0, Priority.P1);
    static final GatewayNow GATEWAY = new GatewayNow("stream", 0, 182, 3);
    static final LastLead LEAD = new LastLead(SINCE, "6f1c0d7e-7c1c-4c60-a5b6-0f8f0f8ac0de", "lead_submitted");
    static final String RUNBOOK = "https://docs.example/headgate#leadflowstopped";

    private Notices() {}

    /** No lead from that source for four hours. */
    static Notice silent(String id, String source) {
        return stopped(id, source, Notice.Status.FIRING);
    }

    /** They are back. */
    static Notice flowing(String id, String source) {
        return stopped(id, source, Notice.Status.RESOLVED);
    }

    private static Notice stopped(String id, String source, Notice.Status status) {
        return new Notice(
                id,
                new AlertKey("gw-1", AlertName.LEAD_FLOW_STOPPED, source),
                Priority.P0,
                status,
                SINCE,
                AT,
                "No lead from " + source + " for 4 h 0 m",
                List.of("Look & see <here>.", "Second line."),
                LEAD,
                GATEWAY,
                RUNBOOK);
    }

    /** An alert without label and lead. */
    static Notice journalFilling(String id, Priority priority, Priority was) {
        return new Notice(
                id,
                new AlertKey("gw-1", AlertName.JOURNAL_FILLING, ""),
                priority,
                Notice.Status.FIRING,
                SINCE,
                AT,
                "The journal is 96 % full",
                List.of(),
                null,
                GATEWAY,
                "README.md#journalfilling",
                was);
    }
}

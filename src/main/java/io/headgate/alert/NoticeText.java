package io.headgate.alert;

import io.headgate.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes what an alert says: what happened, what the gateway is doing, where to look first. */
final class NoticeText {
    private final Supplier<Facts> facts;
    private final Traffic traffic;
    private final String runbook;
    private final Clock clock;

    NoticeText(Supplier<Facts> facts, Traffic traffic, String runbook, Clock clock) {
        this.facts = facts;
        this.traffic = traffic;
        this.runbook = runbook;
        this.clock = clock;
    }

    /** That it fires; {@code was}: the priority that receivers know it by, where this changes it. */
    Notice notice(Firing alert, String id, @Nullable Priority was) {
        List<String> details = new ArrayList<>(alert.details);
        boolean aboutLeads =
                alert.key.name() == AlertName.LEAD_FLOW_STOPPED || alert.key.name() == AlertName.LEAD_FLOW_UNUSUAL;
        if (aboutLeads) {
            details.add(posting(alert.key.label()));
        }
        details.add("Look first: " + alert.key.name().lookFirst());
        return message(alert, id, Notice.Status.FIRING, was, alert.summary, details);
    }

    /** That it is over. */
    Notice resolved(Firing alert, String id, String reason) {
        return message(
                alert,
                id,
                Notice.Status.RESOLVED,
                null,
                "Over: " + alert.summary,
                List.of("It is over: " + reason + "."));
    }

    /** What the gateway is doing now. */
    GatewayNow gateway() {
        Facts now = facts.get();
        Traffic.Hour hour = traffic.lastHour();
        return new GatewayNow(now.mode(), now.backlogEvents(), hour.accepted(), hour.rejected());
    }

    private Notice message(
            Firing alert,
            String id,
            Notice.Status status,
            @Nullable Priority was,
            String summary,
            List<String> details) {
        return new Notice(
                id,
                alert.key,
                alert.priority,
                status,
                alert.sinceMillis,
                clock.wallMillis(),
                cut(summary),
                details,
                alert.lastLead,
                gateway(),
                runbook + "#" + alert.key.name().anchor(),
                was);
    }

    /** Tells "nobody posts" from "everything is rejected" and from "events come, but no leads". */
    private String posting(String source) {
        Traffic.@Nullable Hour own = source.equals("*") ? traffic.lastHour() : traffic.lastHour(source);
        Traffic.Hour hour = own == null ? new Traffic.Hour(0, 0) : own;
        String from = source.equals("*") ? "From all sources" : "From " + source;
        String counted =
                from + " in the last hour: " + hour.accepted() + " events accepted, " + hour.rejected() + " rejected. ";
        if (hour.accepted() + hour.rejected() == 0) {
            return counted + "Nothing is posted: the fault is before this gateway.";
        }
        return counted
                + (hour.accepted() == 0
                        ? "Everything is rejected: GET /quarantine shows why."
                        : "It still posts; what is missing is leads.");
    }

    private static String cut(String summary) {
        return summary.length() > Notice.SUMMARY_CHARS_MAX ? summary.substring(0, Notice.SUMMARY_CHARS_MAX) : summary;
    }
}

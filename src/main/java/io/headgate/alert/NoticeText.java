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

    /** What the source posts, in figures, and what that means: so that nobody looks on the wrong side of the gateway. */
    private String posting(String source) {
        boolean any = source.equals("*");
        Traffic.Hour hour = any ? traffic.lastHour() : traffic.lastHour(source);
        long requests = traffic.requestsRefused();
        String since = traffic.minutes() < 60
                ? "since the gateway's start " + traffic.minutes() + " m ago: "
                : "in the last hour: ";
        return "From " + (any ? "all sources " : source + " ") + since + hour.accepted() + " events accepted, "
                + hour.duplicate() + " duplicate, " + hour.rejected() + " rejected, " + hour.refused() + " refused; "
                + requests + " requests refused, of any source. " + meaning(hour, requests);
    }

    private static String meaning(Traffic.Hour hour, long requestsRefused) {
        if (hour.refused() > 0) {
            return "This gateway refuses events: see IntakeRefusing.";
        }
        if (hour.accepted() > 0) {
            return "It still posts; what is missing is leads.";
        }
        if (hour.rejected() > 0) {
            return "Everything is rejected: GET /quarantine shows why.";
        }
        if (hour.duplicate() > 0) {
            return "Only events that were stored before are sent again.";
        }
        return requestsRefused > 0
                ? "Nothing comes through the door, and requests are refused there: a wrong key, an origin, a limit, a"
                        + " broken body; headgate_http_requests says which."
                : "Nothing is posted: the fault is before this gateway.";
    }

    private static String cut(String summary) {
        return summary.length() > Notice.SUMMARY_CHARS_MAX ? summary.substring(0, Notice.SUMMARY_CHARS_MAX) : summary;
    }
}

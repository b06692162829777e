package io.headgate.alert;

import io.headgate.alert.Elapsed.Moment;
import org.jspecify.annotations.Nullable;

/**
 * Tells when one flow of leads has been silent for its limit, and when it flows again.
 *
 * <p>When the limit passed while nobody could take leads, because the process was down or asleep, leads get a moment to come
 * first, and nothing is told meanwhile. Otherwise it is told at the limit, once the other gateways were asked, or did not
 * answer. Belongs to the loop of the alerting.
 */
final class StoppedWatch {
    /** How long the other gateways are waited for. */
    private static final long ANSWER_MILLIS_MAX = 300;

    private static final long GRACE_MILLIS_MAX = 60_000;
    /** A minute for the four hours that are the default. */
    private static final int GRACE_SHARE = 240;

    private final Flow flow;
    private final Flow all;
    private final Sharing sharing;
    private final FlowChanges changes;
    /** When the other gateways were asked whether it is silent, as elapsed; -1: they need not be. */
    private long askedAt = -1;

    private @Nullable Page page;
    private boolean toldWell;

    StoppedWatch(Flow flow, Flow all, Sharing sharing, FlowChanges changes) {
        this.flow = flow;
        this.all = all;
        this.sharing = sharing;
        this.changes = changes;
    }

    /** @param lost whether what was known before could not be read: then it is not known that nothing fires */
    void look(Moment now, boolean lost, Bell bell) {
        if (flow.observed() && beyond(now)) {
            beyondLimit(now, bell);
            return;
        }
        askedAt = -1;
        page = null;
        if (flow.last() != null) {
            changes.to(FlowState.FLOWING, flow, now);
            well(flow.observed() ? "leads are accepted again" : "its silence is no longer watched by itself", bell);
        } else if (!flow.watched() && !lost) {
            well("it is not watched before it has sent a lead", bell);
        }
    }

    private void beyondLimit(Moment now, Bell bell) {
        if (flow.state() != FlowState.SILENT) {
            if (inGrace(now) || !sure(now)) {
                return;
            }
            changes.to(FlowState.SILENT, flow, now);
        }
        toldWell = false;
        page = Page.of(flow, all, now, page);
        bell.firing(
                AlertName.LEAD_FLOW_STOPPED,
                flow.source(),
                Priority.P0,
                page.sinceMillis(),
                page.summary(),
                page.details(),
                page.lastLead());
    }

    private boolean beyond(Moment now) {
        return flow.watched() && now.millis() >= limitAt();
    }

    private long limitAt() {
        return flow.silentFrom() + flow.limitMillis();
    }

    private boolean inGrace(Moment now) {
        long grace = Math.min(flow.limitMillis() / GRACE_SHARE, GRACE_MILLIS_MAX);
        return limitAt() < now.awakeSince() && now.millis() < now.awakeSince() + grace;
    }

    /** Whether no other gateway knows better, or they do not answer. */
    private boolean sure(Moment now) {
        if (askedAt < 0) {
            askedAt = now.millis();
        }
        boolean answered = sharing.answeredSince(limitAt(), now);
        return beyond(now) && (answered || now.millis() - askedAt >= ANSWER_MILLIS_MAX);
    }

    /** Once, for there may be many flows, and looks are frequent. */
    private void well(String reason, Bell bell) {
        if (!toldWell) {
            bell.well(AlertName.LEAD_FLOW_STOPPED, flow.source(), reason);
            toldWell = true;
        }
    }
}

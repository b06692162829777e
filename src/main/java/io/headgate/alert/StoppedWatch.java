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
    private static final long GRACE_MILLIS_MAX = 60_000;
    /** A minute for the four hours that are the default. */
    private static final int GRACE_SHARE = 240;

    private final Flow flow;
    private final Flow all;
    private final Confirmation confirmation;
    private final FlowChanges changes;
    private @Nullable Page page;
    private boolean toldWell;

    StoppedWatch(Flow flow, Flow all, Sharing sharing, FlowChanges changes) {
        this.flow = flow;
        this.all = all;
        this.confirmation = new Confirmation(sharing);
        this.changes = changes;
    }

    /** @param lost whether what was known before could not be read: then it is not known that nothing fires */
    void look(Moment now, boolean lost, Bell bell) {
        if (flow.observed() && beyond(now)) {
            beyondLimit(now, bell);
            return;
        }
        confirmation.forget();
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
            if (inGrace(now) || !confirmation.given(now) || !beyond(now)) {
                return;
            }
            changes.to(FlowState.SILENT, flow, now);
        }
        toldWell = false;
        page = Page.stopped(flow, all, now, page);
        page.tell(AlertName.LEAD_FLOW_STOPPED, Priority.P0, flow, bell);
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

    /** Once, for there may be many flows, and looks are frequent. */
    private void well(String reason, Bell bell) {
        if (!toldWell) {
            bell.well(AlertName.LEAD_FLOW_STOPPED, flow.source(), reason);
            toldWell = true;
        }
    }
}

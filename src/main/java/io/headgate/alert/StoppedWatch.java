package io.headgate.alert;

import io.headgate.alert.Elapsed.Moment;
import org.jspecify.annotations.Nullable;

/**
 * Tells when one flow of leads has been silent for its limit, and when it flows again.
 *
 * <p>It is told at the limit, once the other gateways were asked, or did not answer. Only after a time in which nobody could
 * take leads, because the process was down or asleep, do they get a moment to come first, and nothing is told meanwhile:
 *
 * <pre>
 *   limit      1        2       3        4
 *          --------| away |--------------------> time
 *                         | grace |
 *   told       1                  2,3    4
 * </pre>
 *
 * The grace is as long as it was away, or as the limit had been passed when it came back if that is longer; at most a 240th
 * of the limit, and a minute. So a restart of seconds puts a page off by no more than these, and a second more or less of
 * anything makes a difference of no more than a second. Belongs to the loop of the alerting.
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
        long longest = Math.min(flow.limitMillis() / GRACE_SHARE, GRACE_MILLIS_MAX);
        // from the limit where that passed before: killed again within its grace, it has the whole of it again
        long unseenFrom = Math.min(limitAt(), now.awakeSince() - now.awayMillis());
        return now.millis() < now.awakeSince() + Math.min(longest, now.awakeSince() - unseenFrom);
    }

    /** Once, for there may be many flows, and looks are frequent. */
    private void well(String reason, Bell bell) {
        if (!toldWell) {
            bell.well(AlertName.LEAD_FLOW_STOPPED, flow.source(), reason);
            toldWell = true;
        }
    }
}

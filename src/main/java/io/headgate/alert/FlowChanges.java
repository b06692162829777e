package io.headgate.alert;

import io.headgate.alert.Elapsed.Moment;
import io.headgate.alert.FlowState.Transition;
import io.headgate.meter.Meters;
import io.headgate.meter.Tally;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings flows from state to state: each change is logged once and counted. Belongs to the loop of the alerting. */
final class FlowChanges {
    private static final Logger LOG = LoggerFactory.getLogger(FlowChanges.class);

    private static final String CHANGED = "lead_flow_changed transition={} source={} silent_s={}";

    private final Map<Transition, Tally> tallies = new EnumMap<>(Transition.class);

    private boolean any;

    FlowChanges(Meters meters) {
        for (Transition transition : Transition.values()) {
            tallies.put(
                    transition,
                    meters.tally(
                            "headgate_lead_flow_changes",
                            "Changes of the state of a flow of leads, by name",
                            "transition",
                            transition.wire()));
        }
    }

    /** The flow is in this state now; nothing when it was before. */
    void to(FlowState next, Flow flow, Moment now) {
        if (flow.state() == next) {
            return;
        }
        Transition transition = flow.to(next);
        any = true;
        Objects.requireNonNull(tallies.get(transition)).increment();
        long seconds = flow.silentMillis(now) / 1000;
        switch (transition) {
            case FELL_SILENT -> LOG.warn(CHANGED, transition.wire(), flow.source(), seconds);
            case FIRST_LEAD, FLOWS_AGAIN -> LOG.info(CHANGED, transition.wire(), flow.source(), seconds);
        }
    }

    /** Whether there was a change since the last time this was asked. */
    boolean takeAny() {
        boolean was = any;
        any = false;
        return was;
    }
}

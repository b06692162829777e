package io.headgate.alert;

import io.headgate.alert.Elapsed.Moment;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The usual rates of all flows, learned hour by hour, and the watches for silences that they make impossible. An hour counts
 * when the gateway was up and awake from its beginning to its end and the wall clock was not set. Belongs to the loop of the
 * alerting.
 */
final class UnusualFlows {
    private final boolean on;
    private final SavedState state;
    private final Map<Flow, UnusualWatch> watches = new LinkedHashMap<>();
    private long hour;
    /** Whether the running hour has been seen from its beginning without a disturbance. */
    private boolean whole;
    /** When the wall clock was last set, as elapsed. */
    private long steppedAt;
    /** At the first look, so that the file has its room before a disk is full. */
    private boolean saveDue = true;

    /** With what was learned before, if it is there and can be read. Blocks. */
    UnusualFlows(boolean on, List<Flow> flows, SavedState state, Sharing sharing, Moment now) {
        this.on = on;
        this.state = state;
        this.hour = hour(now);
        Map<String, UsualRate> learned =
                on ? state.read(SavedRates::decode).map(SavedRates::flows).orElse(Map.of()) : Map.of();
        for (Flow flow : flows) {
            UnusualWatch watch = new UnusualWatch(flow, sharing);
            Optional.ofNullable(learned.get(flow.source()))
                    .ifPresent(rate -> watch.restore(rate, UsualRate.slot(hour)));
            watches.put(flow, watch);
        }
    }

    /** A lead came here. */
    void lead(Flow flow, long at) {
        if (on && flow.observed()) {
            of(flow).lead(at);
        }
    }

    void look(Moment now, Bell bell, Tries tries) {
        if (!on) {
            watches.values().forEach(watch -> tries.run(() -> watch.off(bell)));
            return;
        }
        if (now.stepMillis() != 0) {
            steppedAt = now.millis();
        }
        boolean disturbed = now.stepMillis() != 0 || now.awakeSince() == now.millis();
        whole &= !disturbed;
        if (hour(now) != hour) {
            hourEnds(now, !disturbed && hour(now) == hour + 1, tries);
        }
        if (saveDue && !state.writing()) {
            saveDue = false;
            save();
        }
        long since = Math.max(now.awakeSince(), steppedAt);
        watches.values().forEach(watch -> tries.run(() -> watch.look(now, since, bell)));
    }

    UnusualWatch of(Flow flow) {
        return Objects.requireNonNull(watches.get(flow));
    }

    Future<Void> stop() {
        return on ? save() : Future.succeededFuture();
    }

    private void hourEnds(Moment now, boolean inTurn, Tries tries) {
        int ended = UsualRate.slot(hour);
        int begins = UsualRate.slot(hour(now));
        boolean seenWhole = whole && inTurn;
        for (UnusualWatch watch : watches.values()) {
            tries.run(() -> watch.hour(ended, seenWhole, begins, inTurn, now.millis()));
        }
        hour = hour(now);
        whole = inTurn;
        saveDue = true;
    }

    private Future<Void> save() {
        return state.write(SavedRates.of(watches.values()));
    }

    private static long hour(Moment now) {
        return Math.floorDiv(now.wallMillis(), UsualRate.HOUR_MILLIS);
    }
}

package io.headgate.alert;

import io.headgate.alert.Elapsed.Moment;
import io.headgate.event.Event;
import io.headgate.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One flow of leads: that of a source, or that of all together. Any thread notes leads and reads what it is; all else belongs
 * to the loop of the alerting.
 */
final class Flow {
    /** The name of the flow of all sources together. No source can be called so. */
    static final String ALL = "*";

    /** A lead as the thread that stored it noted it. Without the event, which would keep its whole batch in memory. */
    private record Noted(UUID eventId, String eventName, long nanos, long wallMillis) {}

    private final String source;
    private final long limitMillis;
    private final boolean observed;
    private final boolean expected;
    private final AtomicReference<@Nullable Noted> noted = new AtomicReference<>();
    private volatile @Nullable LastSeen last;
    private volatile FlowState state = FlowState.NEVER_SEEN;
    private volatile long watchedFrom;
    /** Whether the other gateways have still to hear of its last lead. */
    private boolean unshared;
    /** Whether the age of its last lead is by a wall clock that may have been set while the process was away. */
    private boolean unsure;

    /**
     * @param observed whether its silence is told once a lead came
     * @param expected whether it is told though none ever came
     */
    Flow(String source, long limitMillis, boolean observed, boolean expected) {
        this.source = source;
        this.limitMillis = limitMillis;
        this.observed = observed;
        this.expected = expected;
    }

    /** A lead was stored. By any thread, for each batch: a clock or two and one write. */
    void stored(Event event, Clock clock) {
        noted.set(new Noted(event.id(), event.name(), clock.nanos(), clock.wallMillis()));
    }

    /** The newest of what was noted since the look before. */
    @Nullable
    LastSeen collect(Moment now) {
        Noted newest = noted.get() == null ? null : noted.getAndSet(null);
        if (newest == null) {
            return null;
        }
        unshared = true;
        return new LastSeen(now.when(newest.nanos(), newest.wallMillis()), newest.eventId(), newest.eventName());
    }

    /** A lead came, from wherever it is known; whether it is later than the one that was known. */
    boolean came(LastSeen seen) {
        LastSeen known = last;
        // the same one, heard of from elsewhere, comes with the delay of the way
        if (known != null && (known.at() >= seen.at() || known.eventId().equals(seen.eventId()))) {
            return false;
        }
        last = seen;
        unsure = false;
        return true;
    }

    /** The other gateways know of a lead. Of the one that is known here too, theirs is the age, once, where ours is unsure. */
    void heard(LastSeen seen) {
        LastSeen known = last;
        if (unsure && known != null && known.eventId().equals(seen.eventId())) {
            last = seen;
            unsure = false;
        } else {
            came(seen);
        }
    }

    /** What was known of it before the process started; {@code sure}: by a clock that nobody sets. */
    void restore(long from, @Nullable LastSeen lead, boolean sure) {
        watchedFrom = from;
        if (lead != null) {
            last = lead;
            unsure = !sure;
            state = FlowState.FLOWING;
        }
    }

    FlowState.Transition to(FlowState next) {
        FlowState.Transition transition = state.transitionTo(next);
        state = next;
        return transition;
    }

    String source() {
        return source;
    }

    String named() {
        return source.equals(ALL) ? "any source" : source;
    }

    long limitMillis() {
        return limitMillis;
    }

    FlowState state() {
        return state;
    }

    @Nullable
    LastSeen last() {
        return last;
    }

    /** Whether its silence is told. */
    boolean watched() {
        return observed && (last != null || expected);
    }

    /** Whether its silence is told although no lead ever came. */
    boolean expected() {
        return expected;
    }

    /** Whether its silence is told once a lead came. */
    boolean observed() {
        return observed;
    }

    /** Whether there is anything to keep on disk. */
    boolean remembered() {
        return last != null || watched();
    }

    boolean unshared() {
        return unshared;
    }

    void unshared(boolean still) {
        unshared = still;
    }

    /** Since when no lead has come, as elapsed. */
    long silentFrom() {
        LastSeen seen = last;
        return seen == null ? watchedFrom : seen.at();
    }

    long silentMillis(Moment now) {
        return Math.max(0, now.millis() - silentFrom());
    }
}

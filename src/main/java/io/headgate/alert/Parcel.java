package io.headgate.alert;

import io.headgate.time.Timers;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * A notice on its way to one receiver.
 *
 * <pre>
 *   QUEUED --its turn--> UNDER_WAY --2xx, refused for good--> out
 *      ^                     |
 *      '--time-- RESTING <---' any other answer, or none
 * </pre>
 *
 * <p>Belongs to its courier.
 */
final class Parcel {
    final Notice notice;
    /** Counts up in the order of sending. */
    final long number;

    final Promise<Fate> fate = Promise.promise();

    private State state = State.QUEUED;
    private int attempts;
    private boolean withdrawn;
    private Timers.@Nullable Timer rest;

    Parcel(Notice notice, long number) {
        this.notice = notice;
        this.number = number;
    }

    enum State {
        QUEUED,
        UNDER_WAY,
        RESTING
    }

    void goes() {
        state = State.UNDER_WAY;
        attempts++;
    }

    void rests(Timers.Timer timer) {
        state = State.RESTING;
        rest = timer;
    }

    void queues() {
        state = State.QUEUED;
    }

    /** Taken back; where an attempt is under way, its end is waited for. */
    void withdraw() {
        withdrawn = true;
        stop();
    }

    void stop() {
        if (rest != null) {
            rest.cancel();
        }
    }

    boolean underWay() {
        return state == State.UNDER_WAY;
    }

    boolean withdrawn() {
        return withdrawn;
    }

    int attempts() {
        return attempts;
    }
}

package io.headgate.alert;

import io.headgate.time.Timers;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * A notice on its way to one receiver.
 *
 * <pre>
 *   waits --its turn--> under way --2xx, refused for good--> out
 *     ^                     |
 *     '----time---- rests <-' any other answer, or none
 * </pre>
 *
 * <p>Belongs to its courier.
 */
final class Parcel {
    final Notice notice;
    /** Counts up in the order of sending. */
    final long number;

    final Promise<Fate> fate = Promise.promise();

    private Timers.@Nullable Timer rest;
    private int attempts;
    private boolean underWay;
    private boolean withdrawn;

    Parcel(Notice notice, long number) {
        this.notice = notice;
        this.number = number;
    }

    void goes() {
        underWay = true;
        attempts++;
    }

    /** Until this timer says that its time has come. */
    void rests(Timers.Timer timer) {
        underWay = false;
        rest = timer;
    }

    /** Taken back; where an attempt is under way, its end is waited for. */
    void withdraw() {
        withdrawn = true;
        stop();
    }

    /** No further attempt will begin. */
    void stop() {
        if (rest != null) {
            rest.cancel();
        }
    }

    boolean underWay() {
        return underWay;
    }

    boolean withdrawn() {
        return withdrawn;
    }

    int attempts() {
        return attempts;
    }
}

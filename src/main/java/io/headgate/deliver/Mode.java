package io.headgate.deliver;

import java.util.Locale;

/**
 * Where new events go, for the gateway as a whole.
 *
 * <pre>
 *                 failed_over                    redis_back
 *   STREAM ---------------------> JOURNAL -------------------> DRAINING
 *     | ^                          |   ^                          | | ^
 *     | +-------- recovered -------+   +------- redis_lost -------+ | |
 *     | +----------------------------- drained ---------------------+ |
 *     +------------------------------- detoured ----------------------+
 *
 *   each of them -- refusing --> REFUSING -- relented --> each of them
 * </pre>
 */
public enum Mode {
    /** Redis takes events, and nothing waits in the journal. */
    STREAM,
    /** Redis is away, or not tried for a while, or the drain is paused: events go to the journal. */
    JOURNAL,
    /** Redis takes events again, and the journal's backlog goes there first. */
    DRAINING,
    /** Neither Redis nor the journal can take events: they are answered 503. */
    REFUSING;

    /**
     * What the mode depends on.
     *
     * @param redis whether events may be written to Redis now
     * @param journal whether the journal can be written
     * @param backlog whether events wait in the journal
     * @param paused whether an operator keeps them there
     */
    record Facts(boolean redis, boolean journal, boolean backlog, boolean paused) {
        Mode mode() {
            if (redis && !backlog) {
                return STREAM;
            }
            if (redis && !paused) {
                return DRAINING;
            }
            return journal || redis ? JOURNAL : REFUSING;
        }
    }

    /** The name of the transition to another mode. */
    String transitionTo(Mode next) {
        return switch (next) {
            case REFUSING -> "refusing";
            case JOURNAL -> leave(this == STREAM ? "failed_over" : "redis_lost");
            case DRAINING -> leave(this == STREAM ? "detoured" : "redis_back");
            case STREAM -> leave(this == JOURNAL ? "recovered" : "drained");
        };
    }

    /** The mode's name on the status page, in metrics and logs. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    private String leave(String transition) {
        return this == REFUSING ? "relented" : transition;
    }
}

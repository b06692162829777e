package io.headgate.alert;

import io.headgate.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code FailoverActive}: the breaker is open, or the mode has not been {@code stream} for {@value #AWAY_SECONDS} s, whatever
 * the cause: a site with a lead an hour makes far too few calls for the breaker. Over when the mode has been {@code stream}
 * for {@value #WELL_SECONDS} s, so that a Redis that comes and goes does not ring each time.
 */
final class FailoverWatch {
    static final int AWAY_SECONDS = 60;
    static final int WELL_SECONDS = 10;

    private final Lasting away;
    private final Lasting back;

    FailoverWatch(Clock clock) {
        this.away = new Lasting(clock);
        this.back = new Lasting(clock);
    }

    void look(Facts facts, Bell bell) {
        away.is(!facts.streams());
        back.is(facts.streams());
        boolean forLong = away.forAtLeast(Duration.ofSeconds(AWAY_SECONDS));
        if (forLong || (facts.breakerOpen() && !facts.streams())) {
            bell.firing(
                    AlertName.FAILOVER_ACTIVE,
                    "",
                    Priority.P1,
                    away.sinceMillis(),
                    "Events go to the local journal: Redis does not take them",
                    details(facts, forLong),
                    null);
        } else if (back.forAtLeast(Duration.ofSeconds(WELL_SECONDS))) {
            bell.well(AlertName.FAILOVER_ACTIVE, "", "Redis takes events and the journal is drained");
        }
    }

    private static List<String> details(Facts facts, boolean forLong) {
        List<String> details = new ArrayList<>();
        details.add(
                facts.breakerOpen()
                        ? "More than the tolerated share of writes to Redis failed, so it is left alone for a while."
                        : "Redis has not taken events for " + (forLong ? "more than " : "") + AWAY_SECONDS + " s.");
        if (facts.redisFault() != null) {
            details.add("Redis: " + facts.redisFault());
        }
        details.add("Accepted events are safe on this gateway's disk and follow by themselves.");
        return details;
    }
}

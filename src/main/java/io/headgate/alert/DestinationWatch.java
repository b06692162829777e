package io.headgate.alert;

import io.headgate.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code DestinationSlow}, one for each destination: for {@value #SLOW_MINUTES} minutes one delivery in twenty has taken longer
 * than {@value #SLOW_MILLIS} ms. Over when for {@value #FAST_MINUTES} minute that was not so, or for {@value #NONE_MINUTES}
 * minutes nothing was delivered. A minute without deliveries says nothing by itself.
 *
 * <p>{@code DestinationFailing}, one for each destination: more than {@value #FAILED_PERCENT} % of at least {@value
 * #ATTEMPTS_MIN} events failed, or its breaker has not been closed for {@value #OPEN_SECONDS} s. Over when the breaker is closed
 * and no more than that share fails, or nothing was tried for {@value #NONE_MINUTES} minutes: a restart forgets what failed.
 *
 * <p>Both are over when the destination is gone.
 */
final class DestinationWatch {
    static final int SLOW_MILLIS = 1_500;
    static final int SLOW_MINUTES = 5;
    static final int FAST_MINUTES = 1;
    static final int NONE_MINUTES = 5;
    static final int FAILED_PERCENT = 5;
    static final int ATTEMPTS_MIN = 20;
    static final int OPEN_SECONDS = 60;

    private static final String CLOSED = "closed";

    private final Clock clock;
    /** By destination. */
    private final Map<String, Times> watched = new HashMap<>();

    DestinationWatch(Clock clock) {
        this.clock = clock;
    }

    /** {@code known}: whether a destination that is not told of is not there. */
    void look(List<Facts.Target> targets, boolean known, Bell bell) {
        for (Facts.Target target : targets) {
            Times times = watched.computeIfAbsent(target.name(), first -> new Times(clock));
            times.look(target);
            speed(target, times, bell);
            faults(target, times, bell);
        }
        Set<String> there = targets.stream().map(Facts.Target::name).collect(Collectors.toSet());
        watched.keySet().retainAll(there);
        if (known) {
            bell.gone(AlertName.DESTINATION_SLOW, there, "there is no such destination any more");
            bell.gone(AlertName.DESTINATION_FAILING, there, "there is no such destination any more");
        }
    }

    private static void speed(Facts.Target target, Times times, Bell bell) {
        if (isSlow(target) && times.slow.forAtLeast(Duration.ofMinutes(SLOW_MINUTES))) {
            bell.firing(
                    AlertName.DESTINATION_SLOW,
                    target.name(),
                    Priority.P1,
                    times.slow.sinceMillis(),
                    "Destination " + target.name() + " is slow: one delivery in twenty takes " + target.p95Millis()
                            + " ms or longer",
                    List.of("The limit is " + SLOW_MILLIS + " ms, for " + SLOW_MINUTES
                            + " minutes. Nothing is lost: what waits stays on the streams."),
                    null);
        } else if (times.fast.forAtLeast(Duration.ofMinutes(FAST_MINUTES))) {
            bell.well(AlertName.DESTINATION_SLOW, target.name(), "it is fast enough again");
        } else if (times.none.forAtLeast(Duration.ofMinutes(NONE_MINUTES))) {
            bell.well(AlertName.DESTINATION_SLOW, target.name(), "nothing is delivered to it");
        }
    }

    private static void faults(Facts.Target target, Times times, Bell bell) {
        boolean open = times.open.forAtLeast(Duration.ofSeconds(OPEN_SECONDS));
        boolean failing = target.failed() * 100 > target.attempts() * FAILED_PERCENT;
        if (open || (failing && target.attempts() >= ATTEMPTS_MIN)) {
            times.failing.is(true);
            bell.firing(
                    AlertName.DESTINATION_FAILING,
                    target.name(),
                    Priority.P1,
                    open ? times.open.sinceMillis() : times.failing.sinceMillis(),
                    "Destination " + target.name() + " does not take events",
                    faultDetails(target),
                    null);
            return;
        }
        times.failing.is(false);
        boolean tried = target.attempts() > 0 || times.untried.forAtLeast(Duration.ofMinutes(NONE_MINUTES));
        if (target.breaker().equals(CLOSED) && !failing && tried) {
            bell.well(AlertName.DESTINATION_FAILING, target.name(), "it takes events again, or has none to take");
        }
    }

    private static List<String> faultDetails(Facts.Target target) {
        List<String> details = new ArrayList<>();
        details.add(target.failed() + " of the " + target.attempts()
                + " events that were tried in the last 5 minutes failed; its breaker is " + target.breaker() + ".");
        if (target.lastFault() != null) {
            details.add("Its last fault: " + target.lastFault());
            details.add("What it said besides is shown by: headgate routes");
        }
        details.add("Its events wait on the streams and are tried again; no other destination waits for it.");
        return details;
    }

    private static boolean isSlow(Facts.Target target) {
        return target.p95Millis() > SLOW_MILLIS;
    }

    /** For how long what has been so, of one destination. */
    private static final class Times {
        private final Lasting slow;
        private final Lasting fast;
        private final Lasting none;
        private final Lasting open;
        private final Lasting failing;
        private final Lasting untried;

        private Times(Clock clock) {
            this.slow = new Lasting(clock);
            this.fast = new Lasting(clock);
            this.none = new Lasting(clock);
            this.open = new Lasting(clock);
            this.failing = new Lasting(clock);
            this.untried = new Lasting(clock);
        }

        private void look(Facts.Target target) {
            boolean delivers = target.p95Millis() > 0;
            boolean longNone = none.is(!delivers).forAtLeast(Duration.ofMinutes(NONE_MINUTES));
            if (delivers || longNone) {
                slow.is(isSlow(target));
                fast.is(delivers && !isSlow(target));
            }
            open.is(!target.breaker().equals(CLOSED));
            untried.is(target.attempts() == 0);
        }
    }
}

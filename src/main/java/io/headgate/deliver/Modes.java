package io.headgate.deliver;

import io.headgate.meter.Meters;
import io.headgate.meter.Tally;
import io.headgate.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mode in force, since when, and its changes: each is logged once and counted. It is looked at a few times a second and
 * whenever somebody asks, so a detour of some milliseconds may pass without a line. Safe for use by any thread.
 */
final class Modes {
    private static final Logger LOG = LoggerFactory.getLogger(Modes.class);

    private static final String CHANGED = "mode_changed transition={} from={} to={} after_ms={}";

    private final Supplier<Mode.Facts> facts;
    private final Clock clock;
    private final Map<String, Tally> transitions;
    private Mode mode = Mode.STREAM;
    private long sinceMillis;
    private long sinceNanos;

    Modes(Supplier<Mode.Facts> facts, Clock clock, Meters meters) {
        this.facts = facts;
        this.clock = clock;
        this.sinceMillis = clock.wallMillis();
        this.sinceNanos = clock.nanos();
        this.transitions = Stream.of(
                        "failed_over",
                        "redis_lost",
                        "detoured",
                        "redis_back",
                        "recovered",
                        "drained",
                        "refusing",
                        "relented")
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        name -> meters.tally(
                                "headgate_mode_changes", "Changes of the mode, by name", "transition", name)));
        for (Mode each : Mode.values()) {
            meters.gauge("headgate_mode", "1 for the mode in force", () -> look() == each ? 1 : 0, "mode", each.wire());
        }
    }

    /** The mode in force now. */
    synchronized Mode look() {
        Mode now = facts.get().mode();
        if (now != mode) {
            String transition = mode.transitionTo(now);
            tell(transition, now, (clock.nanos() - sinceNanos) / 1_000_000);
            Tally tally = transitions.get(transition);
            if (tally != null) {
                tally.increment();
            }
            mode = now;
            sinceMillis = clock.wallMillis();
            sinceNanos = clock.nanos();
        }
        return mode;
    }

    /** Since when, in milliseconds since 1970. */
    synchronized long sinceMillis() {
        return sinceMillis;
    }

    private void tell(String transition, Mode now, long lastedMillis) {
        switch (now) {
            case STREAM -> LOG.info(CHANGED, transition, mode, now, lastedMillis);
            case JOURNAL, DRAINING -> LOG.warn(CHANGED, transition, mode, now, lastedMillis);
            case REFUSING -> LOG.error(CHANGED, transition, mode, now, lastedMillis);
        }
    }
}

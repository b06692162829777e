package io.headgate.alert;

import io.headgate.event.Event;
import io.headgate.event.Slice;
import io.headgate.meter.Meters;
import io.headgate.time.HeldClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** A lead-flow watch under a held clock, looked at as time passes; it can be killed, stopped and started again. */
final class Watched {
    static final Duration LIMIT = Duration.ofHours(4);
    private static final Duration EVERY = Duration.ofSeconds(5);

    final HeldClock clock = new HeldClock();
    final Rung bell = new Rung();
    final Path dir;
    LeadFlowSettings settings;
    private final LeadShare share;
    LeadFlow flow;
    Meters meters;

    Watched(Path dir, LeadFlowSettings settings) {
        this(dir, settings, LeadShare.NONE);
    }

    Watched(Path dir, LeadFlowSettings settings, LeadShare share) {
        this.dir = dir;
        this.share = share;
        this.settings = settings;
        start();
    }

    static LeadFlowSettings settings(String... sources) {
        return settings(false, sources);
    }

    static LeadFlowSettings settings(boolean expectLeads, String... sources) {
        return new LeadFlowSettings(
                LIMIT,
                true,
                true,
                Arrays.stream(sources)
                        .map(name -> new LeadFlowSettings.Source(name, LIMIT, expectLeads))
                        .toList());
    }

    /** A process starts on the same directory; the one before, if any, was killed or stopped. */
    void start() {
        meters = new Meters();
        flow = LeadFlow.open(settings, dir, share, clock, meters, Runnable::run);
        flow.look(bell);
    }

    UUID lead(String source) {
        UUID id = UUID.randomUUID();
        flow.stored(source, 1, new Event(id, "lead_submitted", source, "s", true, 0, Slice.of(new byte[0])));
        return id;
    }

    /** Time passes, and is looked at every five seconds and at its end. */
    void live(Duration time) {
        for (Duration left = time; !left.isZero(); ) {
            Duration step = left.compareTo(EVERY) < 0 ? left : EVERY;
            clock.pass(step);
            flow.look(bell);
            left = left.minus(step);
        }
    }

    boolean stopped(String source) {
        return bell.fires("LeadFlowStopped/" + source);
    }

    Rung.Ring stoppedRing(String source) {
        return bell.of("LeadFlowStopped/" + source);
    }

    LeadFlowStatus.Flow status(String source) {
        return flow.status().flows().stream()
                .filter(each -> each.source().equals(source))
                .findFirst()
                .orElseThrow();
    }

    List<String> changes() {
        return bell.changes;
    }
}

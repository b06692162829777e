package io.headgate.alert;

import io.headgate.event.Event;
import io.headgate.event.Slice;
import io.headgate.meter.Meters;
import io.headgate.time.HeldClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongToDoubleFunction;

/** A site that sends leads by chance, seconds after seconds, to a watch under a held clock that writes nothing. */
final class Site {
    static final Duration WEEK = Duration.ofDays(7);

    private final HeldClock clock = new HeldClock();
    private final Random random;
    private final LeadFlow flow;
    final Rung bell = new Rung();
    /** How many leads should come in a second, from the seconds since Monday 0:00 UTC. */
    LongToDoubleFunction perSecond;
    /** Seconds since the beginning, which is a Monday, 0:00 UTC. */
    long seconds;

    Site(Path dir, long seed, LongToDoubleFunction perSecond) {
        this.random = new Random(seed);
        this.perSecond = perSecond;
        long week = WEEK.toMillis();
        long monday = Math.floorDiv(clock.wallMillis(), week) * week
                + week
                + Duration.ofDays(4).toMillis();
        clock.pass(Duration.ofMillis(monday - clock.wallMillis()));
        Duration never = Duration.ofDays(3650);
        LeadFlowSettings settings =
                new LeadFlowSettings(never, true, true, List.of(new LeadFlowSettings.Source("shop", never, false)));
        this.flow = LeadFlow.open(settings, dir, LeadShare.NONE, clock, new Meters(), task -> {});
    }

    void live(Duration time) {
        for (long end = seconds + time.toSeconds(); seconds < end; ) {
            second();
        }
    }

    /** How long it takes until it is told, from now; fails when it is not within a day. */
    Duration untilTold() {
        long from = seconds;
        while (!told()) {
            second();
            if (seconds - from > Duration.ofDays(1).toSeconds()) {
                throw new AssertionError("not told within a day");
            }
        }
        return Duration.ofSeconds(seconds - from);
    }

    boolean told() {
        return bell.fires("LeadFlowUnusual/shop") && bell.fires("LeadFlowUnusual/*");
    }

    LeadFlowStatus.Flow status() {
        return flow.status().flows().get(1);
    }

    private void second() {
        seconds++;
        clock.pass(Duration.ofSeconds(1));
        if (random.nextDouble() < 1 - Math.exp(-perSecond.applyAsDouble(seconds))) {
            UUID id = new UUID(random.nextLong(), seconds);
            flow.stored("shop", 1, new Event(id, "lead_submitted", "shop", "s", true, 0, Slice.of(new byte[0])));
        }
        flow.look(bell);
    }
}

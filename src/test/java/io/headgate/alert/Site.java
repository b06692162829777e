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

    final HeldClock clock = new HeldClock();
    private final Path dir;
    private final Random random;
    private LeadFlow flow;
    private Duration limit = Duration.ofDays(3650);
    private boolean unusual = true;
    private boolean written;
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
        this.dir = dir;
        start();
    }

    private void start() {
        List<LeadFlowSettings.Source> sources = List.of(new LeadFlowSettings.Source("shop", limit, false));
        LeadFlowSettings settings = new LeadFlowSettings(limit, true, unusual, sources);
        flow = LeadFlow.open(settings, dir, LeadShare.NONE, clock, new Meters(), this::work);
    }

    private void work(Runnable task) {
        if (written) {
            task.run();
        }
    }

    /** A process ends in good order, and another starts on the same directory. */
    void restart(Duration newLimit, boolean newUnusual) {
        limit = newLimit;
        unusual = newUnusual;
        written = true;
        flow.stop();
        written = false;
        start();
    }

    void restart() {
        restart(limit, unusual);
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

    /** The machine sleeps. */
    void sleep(Duration time) {
        seconds += time.toSeconds();
        clock.sleep(time);
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

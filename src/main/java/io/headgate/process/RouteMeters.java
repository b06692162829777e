package io.headgate.process;

import io.headgate.meter.Meters;
import io.headgate.meter.Recent;
import io.headgate.meter.RecentCounts;
import io.headgate.meter.Tally;
import io.headgate.meter.Timing;
import io.headgate.stream.Settlement;
import io.headgate.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process counts of one route. Written by the loop of the processing, read by anybody. */
final class RouteMeters {
    private static final Logger LOG = LoggerFactory.getLogger(RouteMeters.class);
    private static final long NANOS_A_MILLI = 1_000_000;

    private final String route;
    private final Clock clock;
    private final Timing timing;
    private final Recent recent;
    private final RecentCounts counts;
    private final Tally delivered;
    private final Tally filtered;
    private final Tally gone;
    private final Tally dead;
    private final Tally repeated;
    private boolean deadToldRefused;

    RouteMeters(String route, Clock clock, Meters meters) {
        this.route = route;
        this.clock = clock;
        this.timing = meters.timing(
                "headgate_delivery_seconds",
                "Time from an event's receipt by a gateway until its destination has confirmed it",
                "route",
                route);
        this.recent = new Recent(clock.nanos());
        this.counts = new RecentCounts(clock.nanos());
        this.delivered = settled(meters, "delivered");
        this.filtered = settled(meters, "filtered");
        this.gone = settled(meters, "gone");
        this.dead = settled(meters, "dead");
        this.repeated = meters.tally(
                "headgate_route_repeated",
                "Events delivered that had been acknowledged by another process before",
                "route",
                route);
    }

    private Tally settled(Meters meters, String end) {
        return meters.tally(
                "headgate_route_acknowledged",
                "Events acknowledged by this process, by what became of them",
                "route",
                route,
                "end",
                end);
    }

    /** A batch was confirmed now; times of gateways whose clocks are ahead count as 0. */
    void delivered(List<Item> batch, long nowMillis) {
        long now = clock.nanos();
        counts.add(now, batch.size(), 0);
        for (Item item : batch) {
            long nanos = Math.max(0, nowMillis - item.entry().receivedMillis()) * NANOS_A_MILLI;
            timing.record(nanos);
            recent.record(now, nanos, 1);
        }
    }

    void settled(Settlement.Result result) {
        delivered.add(result.delivered());
        filtered.add(result.filtered());
        gone.add(result.gone());
        dead.add(result.dead());
        repeated.add(result.repeated());
        if (result.gone() > 0) {
            LOG.warn(
                    "events_gone route={} events={}: deleted from the stream before they were delivered",
                    route,
                    result.gone());
        }
        if (result.dead() > 0) {
            deadToldRefused = false;
        }
    }

    /** Redis did not take a dead letter; it is tried again until it does. */
    void deadLettersRefused(String why) {
        if (!deadToldRefused) {
            deadToldRefused = true;
            LOG.error("dead_letters_cannot_be_kept route={} why={}", route, why);
        }
    }

    /** Events delivered in the last {@value RecentCounts#MINUTES} minutes. */
    long recentlyDelivered() {
        return counts.all(clock.nanos());
    }

    /** From receipt to confirmation, of late. */
    double percentileMillis(double percentile) {
        return recent.percentileMillis(clock.nanos(), percentile);
    }
}

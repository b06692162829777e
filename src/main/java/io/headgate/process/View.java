package io.headgate.process;

import io.headgate.destination.DestinationSettings;
import io.headgate.meter.Meters;
import io.headgate.meter.RecentCounts;
import io.headgate.stream.GroupState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is to be seen of the road out. Belongs to the loop of the processing; what it gives may be read by anybody. */
final class View {
    private final Collection<Route> routes;
    private final List<Lane> lanes;
    private final Collection<Gate> gates;
    private final Share share;
    private final Trimmer trimmer;
    private final GroupLook look;

    View(
            Collection<Route> routes,
            List<Lane> lanes,
            Collection<Gate> gates,
            Share share,
            Trimmer trimmer,
            GroupLook look) {
        this.routes = routes;
        this.lanes = lanes;
        this.gates = gates;
        this.share = share;
        this.trimmer = trimmer;
        this.look = look;
    }

    ProcessStatus now() {
        GroupLook.Seen seen = look.seen();
        return new ProcessStatus(
                !routes.isEmpty(),
                share.processes(),
                routes.stream().map(route -> of(route, seen)).toList(),
                gates.stream().map(View::of).toList(),
                seen.entries(),
                trimmer.trimmed(),
                trimmer.pressed(),
                trimmer.holders(),
                List.copyOf(seen.groups().values()));
    }

    /** Shows the routes' backlog as metrics, by the status that was taken last. */
    static void gauges(Meters meters, Set<String> routes, Supplier<ProcessStatus> status, DoubleSupplier trimmed) {
        for (String name : routes) {
            meters.gauge(
                    "headgate_route_waiting_events",
                    "Events on the streams that the route has not acknowledged",
                    () -> shown(status.get(), name).waitingEvents(),
                    "route",
                    name);
            meters.gauge(
                    "headgate_route_oldest_seconds",
                    "Age of the oldest event that the route has not acknowledged",
                    () -> shown(status.get(), name).oldestMillis() / 1_000.0,
                    "route",
                    name);
        }
        meters.gauge("headgate_stream_entries", "Entries on all streams", () -> status.get()
                .entries());
        meters.count("headgate_stream_trimmed", "Entries trimmed by this process", trimmed);
    }

    private static RouteStatus shown(ProcessStatus status, String route) {
        return status.routes().stream()
                .filter(one -> one.settings().name().equals(route))
                .findFirst()
                .orElseThrow();
    }

    private RouteStatus of(Route route, GroupLook.Seen seen) {
        @Nullable GroupState group = seen.groups().get(route.group());
        Map<String, Long> books = group == null ? Map.of() : group.books();
        List<Lane> own = lanes.stream().filter(lane -> lane.route() == route).toList();
        return new RouteStatus(
                route.settings(),
                group == null ? 0 : group.waiting(),
                group == null ? 0 : group.oldestMillis(),
                route.pausedUntilMillis(),
                books,
                balanced(books),
                (int) own.stream().filter(Lane::owned).count(),
                route.meters().recentlyDelivered() / (RecentCounts.MINUTES * 60.0),
                own.stream().mapToInt(Lane::waiting).sum(),
                route.meters().percentileMillis(50),
                route.meters().percentileMillis(99));
    }

    private static boolean balanced(Map<String, Long> books) {
        long ended = 0;
        for (String end : List.of("delivered", "filtered", "dead", "gone")) {
            ended += books.getOrDefault(end, 0L);
        }
        return books.getOrDefault("acknowledged", 0L) + books.getOrDefault("again", 0L) == ended;
    }

    private static DestinationStatus of(Gate gate) {
        GateMeters counted = gate.meters();
        return new DestinationStatus(
                gate.name(),
                type(gate.settings()),
                gate.state(),
                gate.inFlight(),
                counted.recentlyTried(),
                counted.recentlyFailed(),
                counted.percentileMillis(50),
                counted.percentileMillis(95),
                counted.percentileMillis(99),
                counted.lastFault(),
                counted.lastStatus(),
                counted.lastFaultMillis());
    }

    private static String type(DestinationSettings settings) {
        if (settings instanceof DestinationSettings.Webhook) {
            return "webhook";
        }
        return settings instanceof DestinationSettings.Postgres ? "postgres" : "archive";
    }
}

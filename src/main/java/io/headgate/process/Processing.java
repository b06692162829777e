package io.headgate.process;

import io.headgate.destination.Destination;
import io.headgate.meter.Meters;
import io.headgate.stream.StreamOutlet;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The road out as a whole: reads the routes' events, delivers them, trims the streams. Starts without Redis and without any
 * destination, and waits for them. Works on one event loop of its own; safe for use by any thread.
 */
public final class Processing {
    private static final Logger LOG = LoggerFactory.getLogger(Processing.class);
    private static final Duration PAUSES_EVERY = Duration.ofSeconds(2);
    private static final Duration STATUS_EVERY = Duration.ofMillis(500);
    private static final Duration STOP_LOOK = Duration.ofMillis(20);
    private static final long STOP_NANOS_MAX = 5_000_000_000L;

    private final VertxInternal vertx;
    private final Context loop;
    private final StreamOutlet outlet;
    private final Clock clock;
    private final Timers timers;
    private final Map<String, Gate> gates = new LinkedHashMap<>();
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final Share share;
    private final Trimmer trimmer;
    private final GroupLook look;
    private final Redelivery redelivery;
    private final List<Timers.Timer> running = new ArrayList<>();
    private final View view;
    private volatile ProcessStatus status;

    /**
     * @param vertx whose event loop this may use for itself
     * @param isLead whether a type, by its name, is a lead's
     */
    public Processing(
            Vertx vertx,
            ProcessSettings settings,
            ProcessName name,
            List<Destination> destinations,
            StreamOutlet outlet,
            Predicate<String> isLead,
            Clock clock,
            Timers timers,
            Meters meters) {
        this.vertx = (VertxInternal) vertx;
        this.loop = this.vertx.createEventLoopContext();
        this.outlet = outlet;
        this.clock = clock;
        this.timers = timers;
        for (Destination destination : destinations) {
            String to = destination.settings().name();
            gates.put(to, new Gate(destination, new GateMeters(to, clock, meters), clock, timers));
        }
        List<String> groups = new ArrayList<>();
        LaneLimits limits = LaneLimits.of(
                Runtime.getRuntime().maxMemory(), settings.routes().size() * outlet.partitions());
        for (RouteSettings route : settings.routes()) {
            addRoute(route, settings, limits, isLead, meters, groups);
        }
        this.share = new Share(outlet.owners(), name, lanes, groups, clock, timers);
        this.trimmer = new Trimmer(
                outlet.upkeep(),
                outlet.partitions(),
                routes.values().stream().map(Route::group).toList(),
                settings.keep(),
                timers);
        this.look = new GroupLook(outlet.upkeep(), outlet.partitions(), timers);
        this.redelivery = new Redelivery(outlet.deadLetters(), outlet.upkeep(), outlet.partitions());
        this.view = new View(routes.values(), lanes, gates.values(), share, trimmer, look);
        this.status = view.now();
        View.gauges(meters, routes.keySet(), this::status, trimmer::trimmed);
    }

    private void addRoute(
            RouteSettings route,
            ProcessSettings settings,
            LaneLimits limits,
            Predicate<String> isLead,
            Meters meters,
            List<String> groups) {
        Gate gate = Optional.ofNullable(gates.get(route.destination()))
                .orElseThrow(() -> new IllegalArgumentException("routes: no destination " + route.destination()));
        Route made = new Route(route, settings, isLead, gate, new RouteMeters(route.name(), clock, meters));
        routes.put(route.name(), made);
        Reader.Source source = new Reader.Source(
                outlet.groups(),
                settings.consumer(),
                route.fromStart(),
                gate.limits().linger());
        for (int p = 0; p < outlet.partitions(); p++) {
            Lane lane = new Lane(made, p, limits, source, clock, timers);
            lanes.add(lane);
            groups.add(made.group());
            gate.add(route.priority(), lane);
        }
    }

    /** Begins. With no route it reads and trims nothing, and looks at others' groups only. */
    public void start() {
        loop.runOnContext(started -> {
            look.start();
            running.add(timers.every(STATUS_EVERY, () -> status = view.now()));
            if (routes.isEmpty()) {
                return;
            }
            gates.values().forEach(Gate::open);
            share.start();
            trimmer.start();
            running.add(timers.every(PAUSES_EVERY, this::askPauses));
            askPauses();
        });
    }

    /** Reads no more, waits for deliveries under way and their acknowledgement, for 5 s at most, and closes everything. */
    public Future<Void> stop() {
        return onLoop(() -> {
                    look.stop();
                    trimmer.stop();
                    running.forEach(Timers.Timer::cancel);
                    share.end();
                    return quiet(clock.nanos());
                })
                .compose(quiet -> quiet)
                .compose(quiet -> routes.isEmpty()
                        ? Future.succeededFuture()
                        : onLoop(share::stop).compose(left -> left).otherwiseEmpty())
                .compose(left -> onLoop(() -> Future.join(
                                gates.values().stream().map(Gate::close).toList()))
                        .compose(closed -> closed))
                .otherwiseEmpty()
                .compose(closed -> outlet.stop());
    }

    /** How the road out stood within the last second. */
    public ProcessStatus status() {
        return status;
    }

    /** Dead letters, and what sends events to a route once more. */
    public Redelivery redelivery() {
        return redelivery;
    }

    /** Whether there is such a route. */
    public boolean hasRoute(String name) {
        return routes.containsKey(name);
    }

    /** Stops all processes delivering for a route, until a moment or {@link #resume}; what comes waits on the streams. */
    public Future<Void> pause(String route, Duration length) {
        long until = clock.wallMillis() + length.toMillis();
        return outlet.owners().pause(route, until).onSuccess(done -> loop.runOnContext(there -> askPauses()));
    }

    /** Ends a pause. */
    public Future<Void> resume(String route) {
        return outlet.owners().resume(route).onSuccess(done -> loop.runOnContext(there -> askPauses()));
    }

    private void askPauses() {
        outlet.owners()
                .paused()
                .onSuccess(paused -> {
                    long now = clock.wallMillis();
                    routes.forEach((name, route) -> {
                        long until = paused.getOrDefault(name, 0L);
                        route.pauseUntil(until > now ? until : 0);
                    });
                })
                .onFailure(why -> LOG.debug("pauses cannot be asked for now", why));
    }

    private Future<Void> quiet(long sinceNanos) {
        boolean quiet = lanes.stream().allMatch(Lane::quiet);
        if (quiet || clock.nanos() - sinceNanos > STOP_NANOS_MAX) {
            return Future.succeededFuture();
        }
        Promise<Void> later = Promise.promise();
        timers.once(STOP_LOOK, later::complete);
        return later.future().compose(waited -> quiet(sinceNanos));
    }

    private <T> Future<T> onLoop(Supplier<T> action) {
        Promise<T> promise = vertx.getOrCreateContext().promise();
        loop.runOnContext(there -> {
            try {
                promise.complete(action.get());
            } catch (RuntimeException e) {
                promise.fail(e);
            }
        });
        return promise.future();
    }
}

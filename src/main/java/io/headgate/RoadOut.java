package io.headgate;

import io.headgate.config.DataDirLock;
import io.headgate.config.Settings;
import io.headgate.destination.Destination;
import io.headgate.destination.Destinations;
import io.headgate.meter.Meters;
import io.headgate.process.ProcessName;
import io.headgate.process.Processing;
import io.headgate.process.RouteSettings;
import io.headgate.stream.StreamOutlet;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.headgate.time.VertxTimers;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The road out, on a Vert.x of its own with one event loop: what is read, packed and delivered takes turns with itself, and
 * never with a client that waits for an answer.
 */
record RoadOut(StreamOutlet outlet, Processing processing) {
    /** Not started yet. Of the destinations, those to which a route leads. {@code stops} is told how all of it is stopped. */
    static RoadOut build(
            Settings settings, DataDirLock lock, Predicate<String> isLead, Clock clock, Meters meters, Stops stops) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        stops.add("road out", vertx::close);
        Timers timers = new VertxTimers(vertx);
        StreamOutlet outlet = new StreamOutlet(vertx, settings.stream(), timers);
        Destinations make = new Destinations(vertx, clock, timers);
        Set<String> used = settings.process().routes().stream()
                .map(RouteSettings::destination)
                .collect(Collectors.toSet());
        List<Destination> destinations = settings.destinations().stream()
                .filter(destination -> used.contains(destination.name()))
                .map(make::make)
                .toList();
        Processing processing = new Processing(
                vertx, settings.process(), name(settings, lock), destinations, outlet, isLead, clock, timers, meters);
        stops.add("processing", processing::stop);
        return new RoadOut(outlet, processing);
    }

    /** The holder before had the same directory, so it is gone. */
    private static ProcessName name(Settings settings, DataDirLock lock) {
        String consumer = settings.process().consumer() + "/";
        return new ProcessName(consumer + lock.holder(), lock.before().isEmpty() ? "" : consumer + lock.before());
    }
}

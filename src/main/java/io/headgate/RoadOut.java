package io.headgate;

import io.headgate.config.Settings;
import io.headgate.destination.Destination;
import io.headgate.destination.Destinations;
import io.headgate.meter.Meters;
import io.headgate.process.Processing;
import io.headgate.stream.StreamOutlet;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.headgate.time.VertxTimers;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.function.Predicate;

/**
 * Builds the road out, on a Vert.x of its own with one event loop: what is read, packed and delivered takes turns with
 * itself, and never with a client that waits for an answer.
 */
final class RoadOut {
    private RoadOut() {}

    /** Not started yet. {@code stops} is told how all of it is stopped. */
    static Processing build(
            Settings settings,
            StreamOutlet outlet,
            Vertx vertx,
            Predicate<String> isLead,
            Clock clock,
            Meters meters,
            Stops stops) {
        Timers timers = new VertxTimers(vertx);
        Destinations make = new Destinations(vertx, clock, timers);
        List<Destination> destinations =
                settings.destinations().stream().map(make::make).toList();
        Processing processing =
                new Processing(vertx, settings.process(), destinations, outlet, isLead, clock, timers, meters);
        stops.add("processing", processing::stop);
        return processing;
    }

    static Vertx vertx() {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    }
}

package io.headgate.http;

import io.headgate.ingest.Ingest;
import io.headgate.meter.Meters;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The door: {@code POST /v1/events} and the public pages, over HTTP/1.1.
 *
 * <p>It listens on one port with as many lanes as it is told, each on an event loop of its own; each connection stays on
 * its lane, and the lanes share counters only. Methods may be called by any thread; {@link #start} once.
 */
public final class Door {
    private final Vertx vertx;
    private final int laneCount;
    private final Timers timers;
    private final Doorway doorway;
    private final List<Lane> lanes = new ArrayList<>();

    private final AtomicReference<@Nullable String> deployment = new AtomicReference<>();

    /**
     * @param lanes the event loops that the Vert.x instance has: fewer leave some without work, with more two lanes
     *     share one
     * @param ingest takes the batches, on the event loops of the door
     * @param schemas what {@code /v1/schema} shows
     * @param timers must run actions on the event loop that asked
     * @throws IllegalArgumentException when there is no lane, or two sources have the same write key
     */
    public Door(
            Vertx vertx,
            int lanes,
            HttpSettings settings,
            Ingest ingest,
            SchemaCatalog schemas,
            Clock clock,
            Timers timers,
            Meters meters) {
        if (lanes < 1) {
            throw new IllegalArgumentException("a door has at least one lane, not " + lanes);
        }
        this.vertx = vertx;
        this.laneCount = lanes;
        this.timers = timers;
        InFlight inFlight = new InFlight(settings.inFlightBytesMax());
        AtomicInteger connections = new AtomicInteger();
        AtomicBoolean draining = new AtomicBoolean();
        this.doorway = new Doorway(
                settings,
                new Sources(settings.sources(), clock),
                inFlight,
                new AccessMeters(meters, connections, inFlight),
                ingest,
                new Pages(schemas, ingest, draining),
                new AnswerJson(),
                new FaultLog(clock),
                clock,
                connections,
                draining,
                new AtomicBoolean());
    }

    /**
     * Opens the door. The port is the one of the settings, or a free one if that is 0.
     *
     * <p>Fails with {@link CannotListenException} when it cannot be had.
     */
    public Future<Integer> start() {
        int port = doorway.settings().port();
        // Vert.x shares a free port among servers that name the same negative one; chosen by chance, it is only ours
        int shared = port == 0 ? -ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE) : port;
        for (int i = 0; i < laneCount; i++) {
            lanes.add(new Lane(vertx, doorway, timers, shared));
        }
        AtomicInteger next = new AtomicInteger();
        return vertx.deployVerticle(
                        () -> lanes.get(next.getAndIncrement()), new DeploymentOptions().setInstances(laneCount))
                .map(this::opened);
    }

    private Integer opened(String id) {
        deployment.set(id);
        return lanes.get(0).port();
    }

    /**
     * From now on {@code /readyz} answers 503, so that balancers send nothing new; everything else goes on, on new
     * connections too. Call it some time before {@link #stop}, which leaves nobody anything to ask.
     */
    public void drain() {
        doorway.draining().set(true);
    }

    /** Closes the door: nothing new comes in, requests under way finish within 10 s. Harmless if it is closed or was
     * never opened. */
    public Future<Void> stop() {
        drain();
        doorway.stopping().set(true);
        String id = deployment.getAndSet(null);
        return id == null ? Future.succeededFuture() : vertx.undeploy(id);
    }
}

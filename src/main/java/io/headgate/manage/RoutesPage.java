package io.headgate.manage;

import io.headgate.process.Processing;
import io.headgate.time.Clock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sees and does of the road out:
 *
 * <pre>
 *   GET  /routes                                             routes, destinations, consumer groups, trimming
 *   POST /routes/NAME/pause?for=30m                          in all processes; it always has an end
 *   POST /routes/NAME/resume
 *   POST /routes/NAME/replay?from=T&amp;to=T&amp;dry-run=false       what is on the streams, once more; without dry-run: only counted
 * </pre>
 *
 * <p>400 for what cannot be understood, 404 for a route that this process does not have, 503 while Redis does not answer or
 * has no room for a replay.
 */
public final class RoutesPage implements Page, StatusPage.Section {
    private static final Duration PAUSE_MAX = Duration.ofHours(24);

    private final Processing processing;
    private final Clock clock;

    public RoutesPage(Processing processing, Clock clock) {
        this.processing = processing;
        this.clock = clock;
    }

    /** {@code processing}: the page in short. */
    @Override
    public Future<JsonObject> read() {
        return Future.succeededFuture(new JsonObject().put("processing", RoutesJson.shortly(processing.status())));
    }

    @Override
    public void routes(Router router) {
        router.get("/routes").handler(Parameters.strictly(List.of(), (context, asked) -> all(context)));
        router.post("/routes/:name/pause").handler(Parameters.strictly(List.of("for"), this::pause));
        router.post("/routes/:name/resume")
                .handler(Parameters.strictly(List.of(), (context, asked) -> resume(context)));
        router.post("/routes/:name/replay")
                .handler(Parameters.strictly(List.of("from", "to", "dry-run"), this::replay));
    }

    private void all(RoutingContext context) {
        processing
                .redelivery()
                .count()
                .otherwise((Long) null)
                .onSuccess(letters -> ManagementPort.json(
                        context, 200, RoutesJson.of(processing.status()).put("dead_letters", letters)));
    }

    private void pause(RoutingContext context, Parameters asked) throws BadParameterException {
        Duration length = asked.length("for", PAUSE_MAX);
        String route = route(context);
        if (route != null) {
            long until = clock.wallMillis() + length.toMillis();
            paused(context, processing.pause(route, length), Instant.ofEpochMilli(until));
        }
    }

    private void resume(RoutingContext context) {
        String route = route(context);
        if (route != null) {
            paused(context, processing.resume(route), null);
        }
    }

    private static void paused(RoutingContext context, Future<Void> done, @Nullable Instant until) {
        done.onSuccess(any -> ManagementPort.json(
                        context,
                        200,
                        new JsonObject()
                                .put("route", context.pathParam("name"))
                                .put("paused_until", until == null ? null : until.toString())))
                .onFailure(why -> Problem.noRedis(context, why));
    }

    private void replay(RoutingContext context, Parameters asked) throws BadParameterException {
        long from = asked.moment("from");
        long to = asked.moment("to");
        boolean dryRun = asked.yes("dry-run", true);
        if (from > to) {
            throw new BadParameterException("from is later than to");
        }
        String route = route(context);
        if (route != null) {
            processing
                    .redelivery()
                    .replay(route, Math.max(0, from), Math.max(0, to), dryRun)
                    .onSuccess(events -> ManagementPort.json(
                            context,
                            200,
                            new JsonObject()
                                    .put("route", route)
                                    .put("events", events)
                                    .put("dry_run", dryRun)))
                    .onFailure(why -> Problem.send(context, 503, "the replay stopped", why.getMessage()));
        }
    }

    /** Null when there is none of that name, which is answered. */
    private @Nullable String route(RoutingContext context) {
        String name = context.pathParam("name");
        if (processing.hasRoute(name)) {
            return name;
        }
        Problem.send(
                context,
                404,
                "no such route",
                "this process reads no route of that name; GET /routes lists those it reads");
        return null;
    }
}

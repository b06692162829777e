package io.headgate.manage;

import io.headgate.process.Processing;
import io.headgate.process.Redelivery;
import io.headgate.process.Redelivery.Filter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What destinations have refused for good, and the way back:
 *
 * <pre>
 *   GET  /dead-letters?route=&amp;event=&amp;answer=&amp;from=&amp;to=&amp;limit=       in short, partition by partition, each oldest first
 *   GET  /dead-letters/ID                                            one as a whole
 *   POST /dead-letters/redrive?id=&amp;route=&amp;...&amp;dry-run=false         on their way again; without dry-run: only counted
 *   POST /dead-letters/remove?id=&amp;route=&amp;...&amp;dry-run=false          for good; the same
 * </pre>
 *
 * <p>A filter takes those of which all of its parts hold: {@code event} is the event's name, {@code answer} is contained in what
 * the destination answered, {@code from} and {@code to} are when it was given up. 400 for what cannot be understood, 404 for a
 * letter that is not there, 409 where a letter's route is not configured any more, 503 while Redis does not answer.
 */
public final class DeadLettersPage implements Page {
    private static final int LIMIT = 20;
    private static final int LIMIT_MAX = 1000;
    private static final List<String> FILTER = List.of("route", "event", "answer", "from", "to");

    private final Processing processing;
    private final Redelivery redelivery;

    public DeadLettersPage(Processing processing) {
        this.processing = processing;
        this.redelivery = processing.redelivery();
    }

    @Override
    public void routes(Router router) {
        router.get("/dead-letters").handler(Parameters.strictly(and("limit"), this::list));
        router.get("/dead-letters/:id").handler(Parameters.strictly(List.of(), (context, asked) -> show(context)));
        router.post("/dead-letters/redrive").handler(Parameters.strictly(and("id", "dry-run"), this::redrive));
        router.post("/dead-letters/remove").handler(Parameters.strictly(and("id", "dry-run"), this::remove));
    }

    private void list(RoutingContext context, Parameters asked) throws BadParameterException {
        Filter filter = filter(asked);
        int limit = asked.number("limit", LIMIT, LIMIT_MAX);
        Future<Long> count = redelivery.count();
        Future<List<Redelivery.Found>> found = redelivery.find(filter, limit);
        Future.all(count, found)
                .onSuccess(both -> ManagementPort.json(
                        context,
                        200,
                        new JsonObject()
                                .put("total", count.result())
                                .put(
                                        "dead_letters",
                                        new JsonArray(found.result().stream()
                                                .map(DeadLettersJson::shortly)
                                                .collect(Collectors.toList())))))
                .onFailure(why -> Problem.noRedis(context, why));
    }

    private void show(RoutingContext context) {
        redelivery
                .find(one(context.pathParam("id")), 1)
                .onSuccess(found -> {
                    if (found.isEmpty()) {
                        Problem.send(
                                context, 404, "no such dead letter", "it may have been re-driven or removed meanwhile");
                    } else {
                        ManagementPort.json(context, 200, DeadLettersJson.of(found.get(0)));
                    }
                })
                .onFailure(why -> Problem.noRedis(context, why));
    }

    private void redrive(RoutingContext context, Parameters asked) throws BadParameterException {
        Filter filter = filter(asked);
        boolean dryRun = asked.yes("dry-run", true);
        redelivery
                .countByRoute(filter)
                .onSuccess(counts -> {
                    Optional<String> unknown = counts.keySet().stream()
                            .filter(route -> !processing.hasRoute(route))
                            .findFirst();
                    long count =
                            counts.values().stream().mapToLong(Long::longValue).sum();
                    if (unknown.isPresent()) {
                        Problem.send(context, 409, "no such route", gone(unknown.get()));
                    } else {
                        answer(context, dryRun, dryRun ? Future.succeededFuture(count) : redelivery.redrive(filter));
                    }
                })
                .onFailure(why -> Problem.noRedis(context, why));
    }

    private void remove(RoutingContext context, Parameters asked) throws BadParameterException {
        Filter filter = filter(asked);
        boolean dryRun = asked.yes("dry-run", true);
        answer(context, dryRun, dryRun ? redelivery.count(filter) : redelivery.remove(filter));
    }

    private static void answer(RoutingContext context, boolean dryRun, Future<Long> count) {
        count.onSuccess(letters -> ManagementPort.json(
                        context,
                        200,
                        new JsonObject().put("dead_letters", letters).put("dry_run", dryRun)))
                .onFailure(why -> Problem.noRedis(context, why));
    }

    private static String gone(String route) {
        return "some of these are of route " + route + ", which this process does not read: nobody would deliver them."
                + " Configure that route again, say another with route=, or remove them";
    }

    private static Filter filter(Parameters asked) throws BadParameterException {
        return new Filter(
                asked.text("id"),
                asked.text("route"),
                asked.text("event"),
                asked.text("answer"),
                asked.moment("from", 0),
                asked.moment("to", Long.MAX_VALUE));
    }

    private static Filter one(String id) {
        return new Filter(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty(), 0, Long.MAX_VALUE);
    }

    private static List<String> and(String... more) {
        List<String> all = new ArrayList<>(FILTER);
        all.addAll(List.of(more));
        return all;
    }
}

package io.headgate.manage;

import io.headgate.alert.Alerting;
import io.headgate.drain.Drain;
import io.headgate.meter.Meters;
import io.headgate.quarantine.Quarantine;
import io.headgate.taxonomy.Taxonomy;
import io.headgate.taxonomy.TaxonomyException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The management port. Reading needs the token where one is set; {@code /livez}, {@code /readyz} and {@code /metrics} are
 * open, for probes and scrapers. Changing something needs the header {@code X-Headgate: 1} too, see {@link Guard}.
 */
public final class ManagementPort {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String QUARANTINE_LIMIT = "20";
    private static final int QUARANTINE_LIMIT_MAX = 1000;

    private final ManageSettings settings;
    private final Meters meters;
    private final StatusPage status;
    private final DrainPage drain;
    private final Alerting alerting;
    private final Quarantine quarantine;
    private final Supplier<Future<Taxonomy>> reload;
    private final BooleanSupplier ready;
    private final HttpServer server;

    public ManagementPort(
            Vertx vertx,
            ManageSettings settings,
            Meters meters,
            StatusPage status,
            Drain drain,
            Alerting alerting,
            Quarantine quarantine,
            Supplier<Future<Taxonomy>> reload,
            BooleanSupplier ready) {
        this.settings = settings;
        this.meters = meters;
        this.status = status;
        this.drain = new DrainPage(drain);
        this.alerting = alerting;
        this.quarantine = quarantine;
        this.reload = reload;
        this.ready = ready;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(settings.host())
                        .setPort(settings.port())
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeout(60))
                .requestHandler(routes(vertx));
    }

    /** Listens; the port it got. */
    public Future<Integer> start() {
        return server.listen()
                .map(HttpServer::actualPort)
                .recover(fault -> Future.failedFuture(new IllegalStateException(
                        "management.port " + settings.port() + " on " + settings.host() + " cannot be opened: "
                                + fault.getMessage(),
                        fault)));
    }

    public Future<Void> stop() {
        return server.shutdown(1, TimeUnit.SECONDS);
    }

    private Router routes(Vertx vertx) {
        Router router = Router.router(vertx);
        Guard guard = new Guard(settings);
        router.get("/livez").handler(context -> text(context, 200, "live"));
        router.get("/readyz").handler(this::readiness);
        router.get("/metrics").handler(this::metrics);
        router.route().handler(guard);
        router.get("/status").handler(context -> status(vertx, context));
        router.get("/quarantine").handler(this::quarantine);
        router.post("/taxonomy/reload").handler(this::reload);
        router.post("/drain/pause").handler(drain::pause);
        router.post("/drain/resume").handler(drain::resume);
        new AlertsPage(alerting).routes(router);
        router.errorHandler(404, context -> Problem.send(context, 404, "no such page", "see README, management port"));
        router.errorHandler(405, context -> Problem.send(context, 405, "not with this method", "see README"));
        router.errorHandler(500, context -> Problem.send(context, 500, "a fault of the gateway", "see its log"));
        return router;
    }

    private void readiness(RoutingContext context) {
        boolean now = ready.getAsBoolean();
        text(context, now ? 200 : 503, now ? "ready" : "not ready: events cannot be taken now");
    }

    private void metrics(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, PROMETHEUS).end(meters.scrape());
    }

    /** On a worker, for the page asks the file system how much room it has. */
    private void status(Vertx vertx, RoutingContext context) {
        Future<JsonObject> page = vertx.executeBlocking(status::read, false);
        Future<JsonObject> alerts = alerting.status().map(AlertsJson::of);
        Future.all(page, alerts)
                .onComplete(
                        both -> json(
                                context,
                                200,
                                page.result()
                                        .put("lead_flow", AlertsJson.leadFlow(alerting.leadFlow()))
                                        .put("alerts", alerts.result())),
                        context::fail);
    }

    private void quarantine(RoutingContext context) {
        int limit = limit(context.request().getParam("limit", QUARANTINE_LIMIT));
        if (limit < 1 || limit > QUARANTINE_LIMIT_MAX) {
            Problem.send(context, 400, "not a limit", "limit is a whole number from 1 to " + QUARANTINE_LIMIT_MAX);
            return;
        }
        quarantine
                .newest(limit)
                .map(QuarantinePage::of)
                .onComplete(
                        page -> json(context, 200, page),
                        fault -> Problem.send(context, 503, "the quarantine cannot be read now", fault.getMessage()));
    }

    private void reload(RoutingContext context) {
        reload.get().onComplete(taxonomy -> json(context, 200, StatusPage.taxonomy(taxonomy)), fault -> {
            if (fault instanceof TaxonomyException) {
                Problem.send(context, 422, "the taxonomy has faults; the running one stays", fault.getMessage());
            } else {
                context.fail(fault);
            }
        });
    }

    private static int limit(String text) {
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static void text(RoutingContext context, int status, String body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(body + "\n");
    }

    static void json(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.encodePrettily() + "\n");
    }
}

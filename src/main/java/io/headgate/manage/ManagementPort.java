package io.headgate.manage;

import io.headgate.meter.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The management port. Reading needs the token where one is set; {@code /livez}, {@code /readyz} and {@code /metrics} are
 * open, for probes and scrapers. Changing something needs the header {@code X-Headgate: 1} too, see {@link Guard}.
 */
public final class ManagementPort {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    /** A replay of a million events is answered at its end. */
    private static final int IDLE_SECONDS_MAX = 600;

    private final ManageSettings settings;
    private final Meters meters;
    private final BooleanSupplier ready;
    private final HttpServer server;

    /** {@code ready}: what {@code /readyz} answers. */
    public ManagementPort(
            Vertx vertx, ManageSettings settings, Meters meters, BooleanSupplier ready, List<Page> pages) {
        this.settings = settings;
        this.meters = meters;
        this.ready = ready;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(settings.host())
                        .setPort(settings.port())
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeout(IDLE_SECONDS_MAX))
                .requestHandler(routes(vertx, pages));
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

    private Router routes(Vertx vertx, List<Page> pages) {
        Router router = Router.router(vertx);
        Guard guard = new Guard(settings);
        router.get("/livez").handler(context -> text(context, 200, "live"));
        router.get("/readyz").handler(this::readiness);
        router.get("/metrics").handler(this::metrics);
        router.route().handler(guard);
        pages.forEach(page -> page.routes(router));
        router.errorHandler(404, context -> Problem.send(context, 404, "no such page", "see README, management port"));
        router.errorHandler(405, context -> Problem.send(context, 405, "not with this method", "see README"));
        router.errorHandler(500, context -> Problem.send(context, 500, "a fault of the gateway", "see its log"));
        return router;
    }

    private void readiness(RoutingContext context) {
        boolean now = ready.getAsBoolean();
        text(context, now ? 200 : 503, now ? "ready" : "not ready: see /status");
    }

    private void metrics(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, PROMETHEUS).end(meters.scrape());
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

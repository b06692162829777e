package io.headgate;

import io.headgate.alert.Alerting;
import io.headgate.alert.Facts;
import io.headgate.alert.LeadShare;
import io.headgate.config.DataDirLock;
import io.headgate.config.Settings;
import io.headgate.manage.AlertsPage;
import io.headgate.manage.DeadLettersPage;
import io.headgate.manage.ManagementPort;
import io.headgate.manage.RoutesPage;
import io.headgate.manage.StatusPage;
import io.headgate.manage.TaxonomyPage;
import io.headgate.meter.Meters;
import io.headgate.taxonomy.Taxonomy;
import io.headgate.time.Clock;
import io.headgate.time.SystemClock;
import io.headgate.time.Timers;
import io.headgate.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root of a process that only delivers: the road out, a watch over its destinations, a management port. It
 * has no door and no journal; what it delivers is on the streams until it is acknowledged, so it may end at any moment.
 *
 * <pre>
 *   start:  taxonomy -> road out -> management port -> alerting -> first word from Redis -> "headgate ready"
 *   stop:   not ready, for a moment -> management port -> alerting -> road out (deliveries under way are acknowledged)
 * </pre>
 *
 * <p>It starts without Redis too, and waits for it. Ready means that Redis answers.
 */
final class Processor implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(Processor.class);
    private static final Facts.Disk NO_JOURNAL = new Facts.Disk(0, 1, 0, 0);

    private final Stops stops;
    private final TaxonomyInForce taxonomy;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final int managePort;

    /**
     * Builds and starts every part; returns when the management port listens. Blocks.
     *
     * @param vertx made by {@link Gateway#vertx}; closed with the processor
     * @param onFatal run, on any thread, when the process must end: Redis must not be used as it is
     * @throws StartException when a part does not start; what had started is stopped again
     */
    static Processor start(Settings settings, Vertx vertx, Runnable onFatal) throws StartException {
        return Stops.orUndo(stops -> new Processor(settings, vertx, onFatal, stops));
    }

    private Processor(Settings settings, Vertx vertx, Runnable onFatal, Stops stops) throws StartException {
        this.stops = stops;
        stops.add("vertx", vertx::close);
        DataDirLock lock = stops.lock(settings.dataDir());
        Clock clock = new SystemClock();
        Timers timers = new VertxTimers(vertx);
        this.taxonomy = new TaxonomyInForce(vertx, settings.taxonomy());
        Stops.await(taxonomy.read());
        Meters meters = new Meters();
        stops.addClosing("meters", meters);
        RoadOut roadOut = RoadOut.build(settings, lock, taxonomy::isLead, clock, meters, stops);
        RedisContact contact = new RedisContact(roadOut.outlet(), timers);
        ProcessFacts delivering = new ProcessFacts(
                roadOut.processing(),
                settings.stream().keyPrefix(),
                settings.stream().partitions(),
                clock);
        Alerting alerting = new Alerting(
                vertx,
                settings.alerts(),
                new Alerting.Outside(
                        settings.instance(), false, () -> facts(contact, delivering), () -> NO_JOURNAL, LeadShare.NONE),
                clock,
                timers,
                meters);
        stops.add("alerting", alerting::stop);

        BooleanSupplier redisAnswers =
                () -> !draining.get() && contact.trouble().isEmpty();
        AlertsPage alerts = new AlertsPage(alerting);
        RoutesPage routes = new RoutesPage(roadOut.processing(), clock);
        StatusPage status = new StatusPage(
                settings.instance(),
                Gateway.version(),
                clock,
                redisAnswers,
                List.of(() -> Future.succeededFuture(redis(contact)), routes, alerts));
        ManagementPort management = new ManagementPort(
                vertx,
                settings.manage(),
                meters,
                redisAnswers,
                List.of(
                        status,
                        routes,
                        new DeadLettersPage(roadOut.processing()),
                        alerts,
                        new TaxonomyPage(this::reloadTaxonomy)));
        this.managePort = Stops.await(management.start());
        stops.add("management port", management::stop);
        alerting.start();
        roadOut.processing().start();
        contact.start()
                .onSuccess(known -> LOG.info(
                        "headgate ready management=http://{}:{}",
                        settings.manage().host(),
                        managePort))
                .onFailure(why -> {
                    LOG.error("headgate cannot go on: {}", why.getMessage());
                    onFatal.run();
                });
    }

    /** Port of the management. */
    int managePort() {
        return managePort;
    }

    @Override
    public void drain() {
        draining.set(true);
    }

    @Override
    public void stop() {
        stops.run();
    }

    @Override
    public void reload() {
        reloadTaxonomy();
    }

    private Future<Taxonomy> reloadTaxonomy() {
        return taxonomy.reload(any -> {});
    }

    /** Of the road out where it leads to. The consumer groups are told by those that take events, once for all processes. */
    private static Facts facts(RedisContact contact, ProcessFacts delivering) {
        return new Facts(
                "stream",
                false,
                contact.trouble().orElse(null),
                true,
                List.of(),
                null,
                new Facts.Processing(List.of(), delivering.now().destinations()));
    }

    private static JsonObject redis(RedisContact contact) {
        return new JsonObject()
                .put(
                        "redis",
                        new JsonObject()
                                .put("up", contact.trouble().isEmpty())
                                .put("trouble", contact.trouble().orElse(null)));
    }
}

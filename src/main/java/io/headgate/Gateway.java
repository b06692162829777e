package io.headgate;

import io.headgate.alert.Alerting;
import io.headgate.config.DataDirLock;
import io.headgate.config.Settings;
import io.headgate.deliver.Delivery;
import io.headgate.drain.Drain;
import io.headgate.embedded.EmbeddedRedis;
import io.headgate.http.Door;
import io.headgate.ingest.Road;
import io.headgate.journal.Journal;
import io.headgate.journal.JournalException;
import io.headgate.journal.JournalSettings;
import io.headgate.manage.AlertsPage;
import io.headgate.manage.DeadLettersPage;
import io.headgate.manage.DrainPage;
import io.headgate.manage.IntakeStatus;
import io.headgate.manage.ManagementPort;
import io.headgate.manage.QuarantinePage;
import io.headgate.manage.RoutesPage;
import io.headgate.manage.StatusPage;
import io.headgate.manage.TaxonomyPage;
import io.headgate.meter.Meters;
import io.headgate.process.Processing;
import io.headgate.quarantine.Quarantine;
import io.headgate.stream.StreamStore;
import io.headgate.taxonomy.Taxonomy;
import io.headgate.time.Clock;
import io.headgate.time.SystemClock;
import io.headgate.time.Timers;
import io.headgate.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: builds every part, starts upward, stops downward.
 *
 * <pre>
 *   start:  embedded Redis -> journal -> stream -> road in, road out -> management port, door -> drain -> alerting
 *           -> deliveries -> "headgate ready"
 *   stop:   not ready, for a moment -> door (requests under way finish) -> management port -> alerting -> drain
 *           -> road out (deliveries under way are acknowledged) -> quarantine -> stream -> journal -> embedded Redis
 * </pre>
 */
final class Gateway implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private static final long SPOOL_BYTES_MAX = 64L * 1024 * 1024;

    private final Stops stops;
    private final Vertx vertx;
    private final TaxonomyInForce taxonomy;
    private final Road road;
    private final Door door;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final int port;
    private final int managePort;
    private final Future<Void> ready;

    /**
     * Builds and starts every part; returns when both ports listen. Blocks. Whether events can be taken is said by
     * {@link #ready()}: a gateway starts without Redis too, and waits for it.
     *
     * @param onFatal run, on any thread, when a part failed for good later and the process must end
     * @throws StartException when a part does not start; what had started is stopped again
     */
    static Gateway start(Settings settings, Runnable onFatal) throws StartException {
        return start(settings, vertx(), onFatal);
    }

    /** The same on a Vert.x that was made by {@link #vertx}; it is closed with the gateway. */
    static Gateway start(Settings settings, Vertx vertx, Runnable onFatal) throws StartException {
        return Stops.orUndo(stops -> new Gateway(settings, vertx, onFatal, stops));
    }

    /** What the parts run on. */
    static Vertx vertx() {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops()));
    }

    private Gateway(Settings settings, Vertx vertx, Runnable onFatal, Stops stops) throws StartException {
        this.stops = stops;
        this.vertx = vertx;
        stops.add("vertx", vertx::close);
        DataDirLock lock = stops.lock(settings.dataDir());
        Clock clock = new SystemClock();
        Timers timers = new VertxTimers(vertx);
        // Redis starts and the schemas are compiled side by side: each takes some tenths of a second
        Future<List<String>> address = startEmbedded(settings, clock);
        this.taxonomy = new TaxonomyInForce(vertx, settings.taxonomy());
        Future<Taxonomy> compiled = taxonomy.read();

        Meters meters = new Meters();
        stops.addClosing("meters", meters);
        Journal journal = openJournal(settings.journal(), clock, meters);
        StreamStore stream = new StreamStore(vertx, settings.stream(), clock, timers, meters);
        stops.add("stream", stream::stop);
        Future<Void> connected = address.onSuccess(stream::leadTo).compose(known -> stream.start());
        Quarantine quarantine = new Quarantine(
                stream, vertx, settings.dataDir().resolve("quarantine"), SPOOL_BYTES_MAX, timers, meters);
        stops.add("quarantine", quarantine::stop);
        Delivery delivery = new Delivery(vertx, stream, journal, settings.deliver(), clock, timers, meters);
        stops.addClosing("delivery", delivery::stop);
        RoadOut roadOut = RoadOut.build(settings, lock, taxonomy::isLead, clock, meters, stops);
        address.onSuccess(roadOut.outlet()::leadTo);
        Processing processing = roadOut.processing();
        Drain drain = new Drain(delivery, journal, stream, settings.stream().dedupeWindow(), clock, timers, meters);
        stops.addClosing("drain", drain::stop);
        Alerting alerting = alerting(settings, stream, journal, delivery, drain, processing, clock, timers, meters);
        this.road = new Road(
                vertx,
                Stops.await(compiled),
                settings.ingest(),
                delivery,
                quarantine,
                GatewayFacts.witness(alerting),
                clock,
                meters);

        IntakeStatus intake =
                new IntakeStatus(vertx, meters, stream, journal, delivery, drain, road, quarantine, clock);
        ManagementPort management =
                management(settings, meters, intake, processing, alerting, quarantine, drain, clock);
        this.managePort = Stops.await(management.start());
        stops.add("management port", management::stop);
        this.door = new Door(vertx, eventLoops(), settings.http(), road, new Schemas(road), clock, timers, meters);
        this.port = Stops.await(door.start());
        stops.add("door", door::stop);
        delivery.start();
        drain.start();
        alerting.start();
        processing.start();
        this.ready = FirstContact.of(connected, timers).onSuccess(done -> sayReady(settings));
        Future.all(address, ready).onFailure(why -> {
            LOG.error("headgate cannot go on: {}", why.getMessage());
            onFatal.run();
        });
    }

    private ManagementPort management(
            Settings settings,
            Meters meters,
            IntakeStatus intake,
            Processing processing,
            Alerting alerting,
            Quarantine quarantine,
            Drain drain,
            Clock clock) {
        BooleanSupplier takesEvents = () -> !draining.get() && road.ready();
        AlertsPage alerts = new AlertsPage(alerting);
        RoutesPage routes = new RoutesPage(processing, clock);
        StatusPage status =
                new StatusPage(settings.instance(), version(), clock, takesEvents, List.of(intake, routes, alerts));
        return new ManagementPort(
                vertx,
                settings.manage(),
                meters,
                takesEvents,
                List.of(
                        status,
                        routes,
                        new DeadLettersPage(processing),
                        alerts,
                        new QuarantinePage(quarantine),
                        new TaxonomyPage(this::reloadTaxonomy),
                        new DrainPage(drain)));
    }

    private Alerting alerting(
            Settings settings,
            StreamStore stream,
            Journal journal,
            Delivery delivery,
            Drain drain,
            Processing processing,
            Clock clock,
            Timers timers,
            Meters meters) {
        ProcessFacts processFacts = new ProcessFacts(
                processing, settings.stream().keyPrefix(), settings.stream().partitions(), clock);
        GatewayFacts facts =
                new GatewayFacts(stream, settings.stream().allowEviction(), journal, delivery, drain, processFacts);
        Alerting alerting = new Alerting(
                vertx,
                settings.alerts(),
                new Alerting.Outside(settings.instance(), true, facts::now, facts::disk, stream.leads()::exchange),
                clock,
                timers,
                meters);
        stops.add("alerting", alerting::stop);
        return alerting;
    }

    private Journal openJournal(JournalSettings settings, Clock clock, Meters meters) throws StartException {
        try {
            Journal journal = Journal.open(vertx, settings, clock, meters);
            stops.add("journal", journal::close);
            return journal;
        } catch (JournalException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private void sayReady(Settings settings) {
        LOG.info(
                "headgate ready http=http://{}:{} management=http://{}:{}",
                settings.http().host(),
                port,
                settings.manage().host(),
                managePort);
    }

    /**
     * Completes when events can be taken for the first time; fails when Redis was reached and must not be used as it is.
     */
    Future<Void> ready() {
        return ready;
    }

    /** Port of the door. */
    int port() {
        return port;
    }

    /** Port of the management. */
    int managePort() {
        return managePort;
    }

    @Override
    public void reload() {
        reloadTaxonomy();
    }

    private Future<Taxonomy> reloadTaxonomy() {
        return taxonomy.reload(road::use);
    }

    /** On both ports. */
    @Override
    public void drain() {
        draining.set(true);
        door.drain();
    }

    @Override
    public void stop() {
        stops.run();
    }

    private Future<List<String>> startEmbedded(Settings settings, Clock clock) {
        if (settings.embedded().isEmpty()) {
            return Future.succeededFuture(settings.stream().uris());
        }
        EmbeddedRedis redis = new EmbeddedRedis(vertx, settings.embedded().get(), clock);
        stops.add("embedded redis", redis::stop);
        return redis.start().map(List::of);
    }

    /** One half of the machine, for Redis is usually on it too; one loop saves every hop between loops on two cores. */
    private static int eventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /** Of this build. */
    static String version() {
        String version = Gateway.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}

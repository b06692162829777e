package io.headgate.alert;

import io.headgate.event.Event;
import io.headgate.meter.Meters;
import io.headgate.meter.Tally;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch as a whole: looks ten times a second at the leads and at the gateway, keeps the alerts, and sees to it that
 * they are told. Safe for use by any thread.
 */
public final class Alerting {
    private static final Logger LOG = LoggerFactory.getLogger(Alerting.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration DISK_EVERY = Duration.ofSeconds(5);
    private static final Duration DISK_SILENT_MAX = Duration.ofSeconds(30);

    private final Outside outside;
    private final Vertx vertx;
    private final Clock clock;
    private final Context loop;
    private final Timers timers;
    private final ExecutorService worker;
    private final Traffic traffic;
    /** Empty in a process that takes no events. */
    private final Optional<LeadFlow> leads;

    private final GatewayWatches watches;
    private final Desk desk;
    private final int receivers;
    private final Beats beats;
    private final List<String> labels;
    private final Tally faults;
    private final List<Timers.Timer> running = new ArrayList<>();
    private boolean diskAsked;
    private boolean diskAnswered = true;
    private long diskAnsweredNanos;
    private String faultTold = "";
    /** As the last look had them. */
    private Facts facts;

    /**
     * What the watch asks of the process.
     *
     * @param instance names it in keys
     * @param takesEvents whether events come in here. Where none do, only destinations and receivers are watched, and no
     *     heartbeat is sent: it would say that leads are watched. Leads, Redis, the journal and the consumer groups are
     *     watched by those that take events, so that nobody is told of one thing by each process
     * @param facts must not block
     * @param disk may block
     * @param share where gateways tell each other their last leads
     */
    public record Outside(
            String instance, boolean takesEvents, Supplier<Facts> facts, Callable<Facts.Disk> disk, LeadShare share) {}

    /** Reads what earlier processes left; blocks. Nothing of it keeps the watch from starting. */
    public Alerting(Vertx vertx, AlertSettings settings, Outside outside, Clock clock, Timers timers, Meters meters) {
        this.outside = outside;
        this.facts = outside.facts().get();
        this.vertx = vertx;
        this.clock = clock;
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
        this.timers = timers;
        this.worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "alert-state");
            thread.setDaemon(true);
            return thread;
        });
        List<String> names = settings.leadFlow().sources().stream()
                .map(LeadFlowSettings.Source::name)
                .toList();
        this.traffic = new Traffic(names, meters.requestsRefused()::value, clock);
        this.leads = outside.takesEvents()
                ? Optional.of(
                        LeadFlow.open(settings.leadFlow(), settings.dir(), outside.share(), clock, meters, worker))
                : Optional.empty();
        AlertStore store = new AlertStore(new SavedState(settings.dir(), "states", worker, meters), loop, timers);
        AlertState before = store.read();
        this.watches = new GatewayWatches(before, settings.processingLag(), clock);
        Couriers couriers = new Couriers(vertx, settings, clock, timers, meters);
        NoticeText text = new NoticeText(outside.facts(), traffic, settings.runbook(), clock);
        this.desk = new Desk(outside.instance(), settings, store, before, watches, couriers, text, clock, meters);
        this.receivers = settings.receivers().size();
        this.beats = new Beats(vertx, settings.heartbeat().filter(beat -> outside.takesEvents()), clock, timers);
        this.labels = Stream.of(
                        names.stream(),
                        Stream.of(Flow.ALL),
                        settings.receivers().stream().map(ReceiverSettings::name))
                .flatMap(Function.identity())
                .toList();
        this.faults = meters.tally("headgate_watch_faults", "Looks of the watch that failed: a fault of the program");
    }

    /** Begins to watch. */
    public void start() {
        if (receivers == 0) {
            LOG.warn("no receiver is configured, so nobody is told when leads stop: see alerts.receivers");
        }
        loop.runOnContext(started -> {
            running.add(timers.every(LOOK_EVERY, this::look));
            tried(desk::open);
            if (outside.takesEvents()) {
                running.add(timers.every(DISK_EVERY, this::askDisk));
                diskAnsweredNanos = clock.nanos();
                askDisk();
            }
        });
    }

    /** Verdicts of one batch. */
    public void answered(String source, int accepted, int duplicate, int rejected) {
        traffic.count(source, Traffic.Fate.ACCEPTED, accepted);
        traffic.count(source, Traffic.Fate.DUPLICATE, duplicate);
        traffic.count(source, Traffic.Fate.REJECTED, rejected);
    }

    /** Leads that were stored now, for the first time; {@code last} is one of them. */
    public void stored(String source, int count, Event last) {
        leads.ifPresent(flow -> flow.stored(source, count, last));
    }

    /** A batch was answered 503, because an event of it could not be stored. */
    public void refused(String source, int events) {
        traffic.count(source, Traffic.Fate.REFUSED, events);
        watches.refusal.refused();
    }

    /** How the leads flow; empty in a process that takes no events. */
    public Optional<LeadFlowStatus> leadFlow() {
        return leads.map(LeadFlow::status);
    }

    /** How the watch stands. */
    public Future<AlertsStatus> status() {
        return onLoop(() -> desk.status(beats.status(), faults.value()));
    }

    /** Sends a test alert to one receiver or to each; the list is empty where there is none of that name. */
    public Future<List<TestResult>> test(Optional<String> receiver) {
        return onLoop(() -> desk.test(receiver)).compose(results -> results);
    }

    /**
     * What an alert's label may be: each configured source, {@code *} for all together, each configured receiver, each
     * destination, and each consumer group that is there now.
     */
    public List<String> labels() {
        List<String> now = outside.facts().get().processing().labels();
        return Stream.concat(labels.stream(), now.stream()).toList();
    }

    /**
     * Silences an alert from now on.
     *
     * @param alert its name, or {@code *} for every alert
     * @param label one of {@link #labels}; empty: any
     */
    public Future<Silence> silence(String alert, String label, Duration length, String reason) {
        return onLoop(() -> desk.silence(alert, label, length, reason));
    }

    /** Ends a silence that an operator made; whether there was one. */
    public Future<Boolean> endSilence(String id) {
        return onLoop(() -> desk.endSilence(id));
    }

    /** An operator knows of it: ends an alert that does not end by itself. Whether this alert is such a one. */
    public Future<Boolean> acknowledge(AlertName name) {
        return onLoop(() -> desk.acknowledge(name));
    }

    /** Looks no more; what is known is on disk when this completes, and what was not delivered is sent by the next process. */
    public Future<Void> stop() {
        return onLoop(this::end).compose(ended -> ended).onComplete(any -> worker.shutdown());
    }

    private Future<Void> end() {
        running.forEach(Timers.Timer::cancel);
        return desk.close()
                .eventually(() -> leads.map(LeadFlow::stop).orElse(Future.succeededFuture()))
                .eventually(beats::stop);
    }

    /** A part that fails must not keep the others from looking; a watch that is not whole sends no heartbeat. */
    private void look() {
        List<Runnable> parts = List.of(
                traffic::look,
                () -> leads.ifPresent(flow -> flow.look(desk.bell())),
                () -> facts = outside.facts().get(),
                this::lookAtFacts,
                desk::look);
        long failed = parts.stream().filter(part -> !tried(part)).count();
        beats.look(
                failed == 0 && (!outside.takesEvents() || diskAnswers()),
                facts.journalWritable(),
                desk.allReceiversFail());
    }

    private void lookAtFacts() {
        if (outside.takesEvents()) {
            watches.look(facts, desk.bell());
        } else {
            watches.lookAtDestinations(facts, desk.bell());
        }
    }

    private boolean tried(Runnable part) {
        try {
            part.run();
            return true;
        } catch (RuntimeException e) {
            if (!e.toString().equals(faultTold)) {
                faultTold = e.toString();
                LOG.error("a part of the watch fails", e);
            }
            faults.increment();
            return false;
        }
    }

    /** A disk that does not answer is no whole watch either, but keeps nothing else from being looked at. */
    private void askDisk() {
        if (diskAsked) {
            return;
        }
        diskAsked = true;
        vertx.executeBlocking(outside.disk(), false).onComplete(disk -> {
            diskAsked = false;
            if (disk.succeeded()) {
                diskAnsweredNanos = clock.nanos();
                tried(() -> watches.look(disk.result(), desk.bell()));
            } else {
                LOG.debug("the journal's disk cannot be asked", disk.cause());
            }
        });
    }

    private boolean diskAnswers() {
        boolean answers = clock.nanos() - diskAnsweredNanos < DISK_SILENT_MAX.toNanos();
        if (answers != diskAnswered) {
            diskAnswered = answers;
            if (answers) {
                LOG.info("the journal's disk answers again");
            } else {
                LOG.error("the journal's disk has not answered for {} s", DISK_SILENT_MAX.toSeconds());
            }
        }
        return answers;
    }

    private <T> Future<T> onLoop(Supplier<T> action) {
        Promise<T> promise = ((VertxInternal) vertx).getOrCreateContext().promise();
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

package io.headgate.deliver;

import io.headgate.event.Event;
import io.headgate.event.Outcome;
import io.headgate.journal.Journal;
import io.headgate.meter.Meters;
import io.headgate.meter.Tally;
import io.headgate.stream.StreamStore;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Stores the events of a batch: each on the stream or in the journal before its outcome is told. Safe for use by any
 * thread.
 */
public final class Delivery {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    /** Of the largest heap, for the newest records of all partitions' backlogs. */
    private static final int TAIL_HEAP_SHARE = 16;

    private static final long TAIL_BYTES_MAX = 64L << 20;

    private final VertxInternal vertx;
    private final StreamStore stream;
    private final Journal journal;
    private final Breaker breaker;
    private final Prober prober;
    private final Modes modes;
    private final Tally orderBroken;
    private final Hanging hanging = new Hanging();
    private final RetryAfter retryAfter;
    private final Timers timers;
    private final List<PartitionRoute> routes;
    private volatile boolean paused;
    private Timers.@Nullable Timer looking;

    public Delivery(
            Vertx vertx,
            StreamStore stream,
            Journal journal,
            DeliverSettings settings,
            Clock clock,
            Timers timers,
            Meters meters) {
        this.vertx = (VertxInternal) vertx;
        this.stream = stream;
        this.journal = journal;
        this.timers = timers;
        this.breaker = new Breaker(settings, clock);
        this.prober = new Prober(stream, breaker, timers);
        this.orderBroken = meters.tally(
                "headgate_order_broken", "Events that went to the stream past a backlog of their partition");
        this.retryAfter = new RetryAfter(settings.retryAfter(), clock);
        Parts parts = new Parts(
                stream,
                journal,
                breaker,
                meters.books(),
                orderBroken,
                hanging,
                settings.journalDeadline(),
                clock,
                timers);
        long tailBytes = Math.min(TAIL_BYTES_MAX, Runtime.getRuntime().maxMemory() / TAIL_HEAP_SHARE);
        this.routes = IntStream.range(0, stream.partitions())
                .mapToObj(p -> new PartitionRoute(p, parts, tailBytes / stream.partitions()))
                .toList();
        this.modes = new Modes(this::facts, clock, meters);
        meters.gauge("headgate_breaker_closed", "Whether Redis is tried", () -> breaker.closed() ? 1 : 0);
    }

    /** Begins to watch over Redis and the mode. */
    public void start() {
        prober.start();
        looking = timers.every(LOOK_EVERY, modes::look);
    }

    /** Ends that; what is under way is not waited for. */
    public void stop() {
        prober.stop();
        if (looking != null) {
            looking.cancel();
        }
    }

    /**
     * Stores the events, each once. The future does not fail for anything that Redis or the disk do: an event that could
     * not be stored has the outcome that says so. Completes on the caller's context.
     */
    public Future<Delivered> store(List<Event> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture(new Delivered(List.of()));
        }
        List<Future<Share>> told = new ArrayList<>(routes.size());
        for (Share share : split(events)) {
            told.add(share.told.future());
            PartitionRoute route = routes.get(share.partition);
            route.run(() -> route.take(share));
        }
        return Future.all(told).map(all -> merge(events.size(), all.list()));
    }

    /** Whether events can be durably taken now. */
    public boolean ready() {
        return redisTakesEvents() || journalTakesEvents();
    }

    /** What a client that is refused now should wait before it tries again. */
    public Duration retryAfter() {
        return retryAfter.now();
    }

    /** The ways of the partitions, in order; for the drain. */
    public List<PartitionRoute> routes() {
        return routes;
    }

    /** An operator keeps the backlog where it is, or no longer does. */
    public void paused(boolean now) {
        paused = now;
    }

    /** How the delivery stands. */
    public DeliveryStatus status() {
        return new DeliveryStatus(
                modes.look(),
                modes.sinceMillis(),
                breaker.state(),
                breaker.failedPercent(),
                backlog(),
                orderBroken.value(),
                hanging.any());
    }

    /** Events in the journal that are not on the stream yet. */
    public long backlog() {
        return routes.stream().mapToLong(PartitionRoute::backlog).sum();
    }

    private Mode.Facts facts() {
        return new Mode.Facts(redisTakesEvents(), journalTakesEvents(), backlog() > 0, paused);
    }

    /** While the journal cannot take events, Redis is asked whatever the breaker says. */
    private boolean redisTakesEvents() {
        return stream.up() && (breaker.closed() || !journalTakesEvents());
    }

    private boolean journalTakesEvents() {
        return journal.writable() && !hanging.any();
    }

    /** The shares of the partitions, each in the batch's order. */
    private List<Share> split(List<Event> events) {
        ContextInternal context = vertx.getOrCreateContext();
        Share[] byPartition = new Share[stream.partitions()];
        List<Share> shares = new ArrayList<>(byPartition.length);
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            int partition = stream.partitionOf(event.sessionId());
            Share share = byPartition[partition];
            if (share == null) {
                share = new Share(partition, context.promise());
                byPartition[partition] = share;
                shares.add(share);
            }
            share.add(event, i);
        }
        return shares;
    }

    private Delivered merge(int size, List<Share> shares) {
        List<Outcome> outcomes = new ArrayList<>(Collections.nCopies(size, Outcome.NOT_STORED));
        shares.forEach(share -> share.into(outcomes));
        Delivered delivered = new Delivered(outcomes);
        retryAfter.heard(delivered.whole());
        return delivered;
    }
}

package io.headgate.stream;

import io.headgate.event.Event;
import io.headgate.meter.Meters;
import io.headgate.stream.WriteFault.Kind;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * The streams on Redis: events appended once each, in order within a partition.
 *
 * <p>Each partition has one writer; writers share a few held connections, one for an event loop. Safe for use by any
 * thread, but for {@link #append}.
 */
public final class StreamStore {
    private final VertxInternal vertx;
    private final Timers timers;
    private final Clients clients;
    private final Duration stopDeadline;
    private final Supervision supervision;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<PartitionWriter> writers = new ArrayList<>();
    private final SideLink side;
    private final QuarantineStream quarantine;
    private final SharedLeads leads;
    private volatile boolean stopping;

    public StreamStore(Vertx vertx, StreamSettings settings, Clock clock, Timers timers, Meters meters) {
        this(vertx, settings, clock, timers, meters, WriterLimits.DEFAULTS, BackOff.DEFAULTS);
    }

    StreamStore(
            Vertx vertx,
            StreamSettings settings,
            Clock clock,
            Timers timers,
            Meters meters,
            WriterLimits limits,
            BackOff backOff) {
        this.vertx = (VertxInternal) vertx;
        this.timers = timers;
        this.stopDeadline = settings.deadline().multipliedBy(3);
        Keys keys = new Keys(settings.keyPrefix());
        DedupeLayout layout = DedupeLayout.of(settings);
        this.clients = new Clients(vertx, settings.uris());
        int loops = Math.min(settings.partitions(), eventLoops());
        this.supervision = new Supervision(loops, settings.partitions(), clock, new StreamMeters(meters));
        Handshake handshake = new Handshake(settings, layout, supervision::neverUp, true);
        for (int i = 0; i < loops; i++) {
            lanes.add(new Lane(
                    this.vertx.createEventLoopContext(),
                    clients,
                    handshake,
                    backOff,
                    settings.deadline(),
                    clock,
                    timers,
                    supervision));
        }
        for (int p = 0; p < settings.partitions(); p++) {
            int partition = p;
            writers.add(lanes.get(p % loops)
                    .writer(p, new AppendScript(keys, p, layout), () -> Trial.ofPartition(keys, partition), limits));
        }
        this.side = new SideLink(
                this.vertx.createEventLoopContext(), clients, handshake, backOff, settings.deadline(), timers);
        this.quarantine = new QuarantineStream(side, keys.quarantine());
        this.leads = new SharedLeads(side, keys);
        gauges(meters);
    }

    /** Where Redis is, when the settings do not say; to be told before the start. */
    public void leadTo(List<String> addresses) {
        clients.leadTo(addresses);
    }

    /**
     * Begins to connect, and keeps trying while Redis is away or loading. Completes when it was reached for the first
     * time and everything about it is as it must be. Fails only with {@link StreamRefusedException}, when it was reached and
     * must not be written to as it is; it is asked again now and then all the same, until {@link #stop}.
     */
    public Future<Void> start() {
        lanes.forEach(Lane::open);
        return supervision.firstUp();
    }

    /** Number of partitions, numbered from 0. */
    public int partitions() {
        return writers.size();
    }

    /** The partition of a session: CRC16/XMODEM of its id in UTF-8, modulo their number. */
    public int partitionOf(String sessionId) {
        return Crc16.of(sessionId) % writers.size();
    }

    /** Runs the action on the event loop of a partition's writer: at once when called there, else in one of its next turns. */
    public void run(int partition, Runnable action) {
        lane(partition).run(action);
    }

    /**
     * Appends events to one partition, in order. The events of one call may be stored in part; then the outcomes say which.
     *
     * <p>To be called by {@link #run}, and told there, within twice the deadline, Redis being away included. Appends are
     * told in their order, and a failed one in one go with everything behind it: nothing that is appended later is stored
     * before it was told. So whoever puts failed events elsewhere, as they are told, keeps the order.
     */
    public void append(int partition, List<Event> events, Consumer<Appended> told) {
        if (events.isEmpty()) {
            told.accept(new Appended(List.of(), null));
            return;
        }
        Pending pending = new Pending(events, told);
        if (stopping) {
            pending.giveBack(new WriteFault(Kind.AWAY, "the gateway is stopping"));
        } else {
            writers.get(partition).append(pending);
        }
    }

    /**
     * Tries whether Redis takes a partition's writes, without an event. Completes with what is wrong, if anything, within
     * the deadline of a write.
     */
    public Future<Optional<WriteFault>> tryOut(int partition) {
        PromiseInternal<Optional<WriteFault>> promise =
                vertx.getOrCreateContext().promise();
        run(partition, () -> writers.get(partition).tryOut(fault -> promise.tryComplete(Optional.ofNullable(fault))));
        return promise.future();
    }

    /** The stream of rejected events. */
    public QuarantineStream quarantine() {
        return quarantine;
    }

    /** The last leads of all gateways on this Redis. */
    public SharedLeads leads() {
        return leads;
    }

    /**
     * Whether events can be written now: connected, and not every partition's last write or trial was refused. An append
     * is tried all the same while they are.
     */
    public boolean up() {
        return supervision.up();
    }

    /** How the stream stands. */
    public StreamStatus status() {
        List<StreamStatus.Partition> partitions =
                writers.stream().map(PartitionWriter::status).toList();
        return supervision.status(lanes.get(0).roundTripNanos(), partitions);
    }

    /** Takes no more events, waits for what is under way, for three deadlines at most, and closes the connections. */
    public Future<Void> stop() {
        stopping = true;
        supervision.stopping();
        PromiseInternal<Void> enough = vertx.getOrCreateContext().promise();
        Timers.Timer limit = timers.once(stopDeadline, enough::tryComplete);
        Future.join(lanes.stream().map(Lane::quiet).toList()).onComplete(quiet -> enough.tryComplete());
        return enough.future().compose(done -> {
            limit.cancel();
            List<Future<Void>> closed =
                    new ArrayList<>(lanes.stream().map(Lane::close).toList());
            closed.add(side.close());
            return Future.join(closed).mapEmpty();
        });
    }

    private Lane lane(int partition) {
        return lanes.get(partition % lanes.size());
    }

    private int eventLoops() {
        return Math.toIntExact(StreamSupport.stream(vertx.nettyEventLoopGroup().spliterator(), false)
                .count());
    }

    private void gauges(Meters meters) {
        meters.gauge("headgate_stream_up", "Whether events can be written to Redis", () -> up() ? 1 : 0);
        meters.gauge(
                "headgate_stream_unsafe",
                "Reasons why the server's settings are unsafe; the status page names them",
                supervision::unsafeReasons);
        meters.gauge(
                "headgate_stream_memory_ratio",
                "Share of its maxmemory that Redis uses; 0 where it has no limit, or has not answered yet",
                supervision::memoryShare);
        for (int p = 0; p < writers.size(); p++) {
            meters.gauge(
                    "headgate_stream_queue_events",
                    "Events that wait in the gateway for their partition",
                    writers.get(p)::queuedEvents,
                    "partition",
                    Integer.toString(p));
            meters.gauge(
                    "headgate_stream_queue_bytes",
                    "What those weigh",
                    writers.get(p)::queuedBytes,
                    "partition",
                    Integer.toString(p));
        }
    }
}

package io.headgate.stream;

import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The partitions that share one event loop: one link to Redis, its heartbeat, and their writers. Passes on what happens
 * to the link: first to the supervision of all lanes, so that whoever is told of a failed write finds the store down.
 * Its methods may be called by anybody; what they start runs on the lane's event loop.
 */
final class Lane implements Link.Listener {
    private static final Duration IDLE_LOOK = Duration.ofMillis(5);

    private final ContextInternal context;
    private final Link link;
    private final Heartbeat heartbeat;
    private final Duration deadline;
    private final Clock clock;
    private final Timers timers;
    private final Supervision supervision;
    private final List<PartitionWriter> writers = new ArrayList<>();

    Lane(
            ContextInternal context,
            Supplier<Redis> clients,
            Handshake handshake,
            BackOff backOff,
            Duration deadline,
            Clock clock,
            Timers timers,
            Supervision supervision) {
        this.context = context;
        this.deadline = deadline;
        this.clock = clock;
        this.timers = timers;
        this.supervision = supervision;
        this.link = new Link(context, clients, handshake, timers, backOff, this);
        this.heartbeat = new Heartbeat(link, deadline, clock, timers, supervision::looked, this::tryOut);
    }

    /** A new writer on this lane; to be called before the lane is opened. */
    PartitionWriter writer(int partition, AppendScript script, Supplier<Request> trial, WriterLimits limits) {
        PartitionWriter writer =
                new PartitionWriter(partition, link, script, trial, limits, deadline, clock, timers, supervision);
        writers.add(writer);
        return writer;
    }

    void open() {
        context.emit(link, Link::open);
        context.emit(heartbeat, Heartbeat::start);
    }

    /** Runs the action on the lane's loop: at once when called there, else in one of its next turns. */
    void run(Runnable action) {
        context.emit(action, Runnable::run);
    }

    /** Completes when nothing is in flight and nothing waits in any of its writers. */
    Future<Void> quiet() {
        PromiseInternal<Void> promise = context.promise();
        context.emit(promise, this::completeWhenIdle);
        return promise.future();
    }

    Future<Void> close() {
        PromiseInternal<Void> promise = context.promise();
        context.emit(promise, closed -> {
            heartbeat.stop();
            link.close().onComplete(closed);
        });
        return promise.future();
    }

    long roundTripNanos() {
        return heartbeat.roundTripNanos();
    }

    @Override
    public void up(ServerFacts facts) {
        supervision.linkUp(facts);
        tryOut();
    }

    @Override
    public void down(WriteFault why) {
        supervision.linkDown(why);
        writers.forEach(writer -> writer.linkDown(why));
    }

    @Override
    public void failed(WriteFault why) {
        supervision.attemptFailed(why);
    }

    @Override
    public void refused(StreamRefusedException why) {
        supervision.refused(why);
    }

    /**
     * While Redis refuses one partition, all are tried: those that nobody writes to may be refused as well, and where a
     * balancer sends nothing any more nothing else finds out that writes are taken again.
     */
    private void tryOut() {
        supervision.look();
        if (supervision.refusing()) {
            writers.forEach(writer -> writer.tryOut(fault -> {}));
        }
    }

    private void completeWhenIdle(PromiseInternal<Void> promise) {
        if (writers.stream().allMatch(PartitionWriter::idle)) {
            promise.tryComplete();
        } else {
            timers.once(IDLE_LOOK, () -> completeWhenIdle(promise));
        }
    }
}

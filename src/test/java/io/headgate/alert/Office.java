package io.headgate.alert;

import io.headgate.Eventually;
import io.headgate.meter.Meters;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The desk of the alerts with its couriers and its state on disk, under a clock that stands still. It can be killed at any
 * moment and opened again. The disk's writes may be held back, to be done one by one.
 */
final class Office implements AutoCloseable {
    static final Duration REPEAT = Duration.ofMinutes(30);
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    final Loop loop = new Loop();
    final Path dir;
    String instance = "gw-1";
    List<String> sources = List.of("shop", "blog");
    List<ReceiverSettings> receivers;
    List<Silence> silences = List.of();
    boolean perSource = true;
    boolean unusual = true;
    Desk desk;
    private GatewayWatches watches;
    private Couriers couriers;
    private Meters meters;
    private boolean holdWrites;
    private final Deque<Runnable> writes = new ArrayDeque<>();

    Office(Path dir, ReceiverSettings... receivers) {
        this.dir = dir;
        this.receivers = List.of(receivers);
        open();
    }

    static ReceiverSettings.Webhook hook(String name, PlayingReceiver receiver) {
        return new ReceiverSettings.Webhook(name, receiver.url("/" + name), List.of(SECRET), Notices.ALL);
    }

    /** A process starts. */
    void open() {
        loop.run(this::build);
        loop.run(desk::open);
    }

    private void build() {
        meters = new Meters();
        AlertSettings settings = new AlertSettings(
                dir,
                new LeadFlowSettings(
                        Duration.ofHours(4),
                        perSource,
                        unusual,
                        sources.stream()
                                .map(name -> new LeadFlowSettings.Source(name, Duration.ofHours(4), false))
                                .toList()),
                REPEAT,
                "README.md",
                receivers,
                Optional.empty(),
                silences,
                Duration.ofMinutes(15));
        Executor disk = write -> {
            if (holdWrites) {
                writes.add(write);
            } else {
                write.run();
            }
        };
        AlertStore store = new AlertStore(new SavedState(dir, "states", disk, meters), loop.context(), loop);
        AlertState before = store.read();
        watches = new GatewayWatches(before, settings.processingLag(), loop.clock);
        couriers = new Couriers(loop.vertx, settings, loop.clock, loop, meters);
        Facts facts = new Facts("stream", false, null, true, List.of(), null, Facts.Processing.NONE);
        NoticeText text =
                new NoticeText(() -> facts, new Traffic(sources, () -> 0, loop.clock), "README.md", loop.clock);
        desk = new Desk(instance, settings, store, before, watches, couriers, text, loop.clock, meters);
    }

    /** The process is gone: nothing is written, nothing more is sent. */
    void kill() {
        loop.on(couriers::stop);
        writes.clear();
        holdWrites = false;
        meters.close();
    }

    /** The process stops as it should. */
    void stop() {
        Loop.await(loop.on(desk::close));
        meters.close();
    }

    /** From now on the disk takes each write only when {@link #writeOne} says so. */
    void holdWrites() {
        holdWrites = true;
    }

    /** Whether there was one to be done. */
    boolean writeOne() {
        return loop.on(() -> {
            Runnable write = writes.poll();
            if (write != null) {
                write.run();
            }
            return write != null;
        });
    }

    void tell(Consumer<Bell> what) {
        loop.run(() -> {
            what.accept(desk.bell());
            desk.look();
        });
    }

    /** No lead from that source. */
    void silent(String source) {
        tell(bell -> bell.firing(
                AlertName.LEAD_FLOW_STOPPED,
                source,
                Priority.P0,
                Notices.SINCE,
                "No lead from " + source + " for 4 h 0 m",
                List.of("The limit is 4 h 0 m."),
                Notices.LEAD));
    }

    void flowing(String source) {
        tell(bell -> bell.well(AlertName.LEAD_FLOW_STOPPED, source, "leads are accepted again"));
    }

    /** The watch looks at the journal's disk. */
    void disk(Facts.Disk disk) {
        tell(bell -> watches.look(disk, bell));
    }

    /** Time passes, and is looked at at its end. */
    void pass(Duration time) {
        loop.pass(time);
        loop.run(desk::look);
    }

    AlertsStatus status() {
        return loop.on(() -> desk.status(Optional.empty(), 0));
    }

    /** Waits until every message is where it belongs, and that is on disk too. */
    void quiet() {
        Eventually.isTrue(() -> {
            loop.run(desk::look);
            return desk.waiting() == 0;
        });
        loop.run(desk::look);
    }

    static JsonObject body(PlayingReceiver.Request request) {
        return new JsonObject(request.body());
    }

    @Override
    public void close() {
        kill();
        loop.close();
    }
}

package io.headgate.stream;

import io.headgate.RealRedis;
import io.headgate.event.Event;
import io.headgate.event.Outcome;
import io.headgate.event.Slice;
import io.headgate.meter.Meters;
import io.headgate.time.SystemClock;
import io.headgate.time.Timers;
import io.headgate.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** What the stream's tests share: stores on a Vert.x of their own, events, and waiting with a deadline. */
final class Stores implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(20), Duration.ofMillis(100));

    private final Vertx vertx;
    private final List<StreamStore> opened = new ArrayList<>();
    private Meters meters = new Meters();

    Stores() {
        this(1);
    }

    Stores(int eventLoops) {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops));
    }

    static StreamSettings settings(String uri) {
        return new StreamSettings(
                List.of(uri), "test", 4, Duration.ofMillis(500), false, Duration.ofHours(24), 100_000);
    }

    static StreamSettings withDeadline(StreamSettings s, Duration deadline) {
        return new StreamSettings(
                s.uris(),
                s.keyPrefix(),
                s.partitions(),
                deadline,
                s.allowEviction(),
                s.dedupeWindow(),
                s.idsPerWindow());
    }

    static StreamSettings withWindow(StreamSettings s, Duration window) {
        return new StreamSettings(
                s.uris(), s.keyPrefix(), s.partitions(), s.deadline(), s.allowEviction(), window, s.idsPerWindow());
    }

    static StreamSettings withPartitions(StreamSettings s, int partitions) {
        return new StreamSettings(
                s.uris(),
                s.keyPrefix(),
                partitions,
                s.deadline(),
                s.allowEviction(),
                s.dedupeWindow(),
                s.idsPerWindow());
    }

    static StreamSettings withIds(StreamSettings s, long ids) {
        return new StreamSettings(
                s.uris(), s.keyPrefix(), s.partitions(), s.deadline(), s.allowEviction(), s.dedupeWindow(), ids);
    }

    static StreamSettings withEviction(StreamSettings s) {
        return new StreamSettings(
                s.uris(), s.keyPrefix(), s.partitions(), s.deadline(), true, s.dedupeWindow(), s.idsPerWindow());
    }

    Vertx vertx() {
        return vertx;
    }

    /** What the store that was made last shows. */
    String metrics() {
        return meters.scrape();
    }

    /** A store that has not been started. */
    StreamStore store(StreamSettings settings) {
        return store(settings, WriterLimits.DEFAULTS);
    }

    StreamStore store(StreamSettings settings, WriterLimits limits) {
        return store(settings, limits, new VertxTimers(vertx));
    }

    StreamStore store(StreamSettings settings, WriterLimits limits, Timers timers) {
        meters = new Meters();
        StreamStore store = new StreamStore(vertx, settings, new SystemClock(), timers, meters, limits, BACK_OFF);
        opened.add(store);
        return store;
    }

    /** A store that is up. */
    StreamStore started(RealRedis redis) {
        return started(settings(redis.uri()));
    }

    StreamStore started(StreamSettings settings) {
        StreamStore store = store(settings);
        await(store.start());
        return store;
    }

    /** Events of one session, each with an id of its own. */
    static List<Event> events(String session, int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(session, "{\"session_id\":\"" + session + "\",\"n\":" + i + "}"));
        }
        return events;
    }

    static Event event(String session, String json) {
        return event(UUID.randomUUID(), session, json);
    }

    static Event event(UUID id, String session, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new Event(id, "page_view", "shop", session, false, 1_763_688_289_123L, Slice.of(bytes));
    }

    static List<Outcome> all(Outcome outcome, int count) {
        return Collections.nCopies(count, outcome);
    }

    /** The result; an {@link AssertionError} when there is none in time, the cause when it failed. */
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("no result within " + PATIENCE, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it failed with. */
    static Throwable awaitFailure(Future<?> future) {
        return await(future.map(result -> new AssertionError("succeeded: " + result))
                        .otherwise(cause ->
                                cause instanceof Error error ? new AssertionError(error) : new AssertionError(cause)))
                .getCause();
    }

    /** Returns when the condition holds; an {@link AssertionError} when it does not in time. */
    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            pause();
        }
    }

    @Override
    public void close() {
        opened.forEach(store -> await(store.stop()));
        await(vertx.close());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

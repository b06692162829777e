package io.headgate.process;

import io.headgate.RealRedis;
import io.headgate.destination.Destination;
import io.headgate.event.Event;
import io.headgate.event.Slice;
import io.headgate.meter.Meters;
import io.headgate.process.RouteSettings.Fields;
import io.headgate.process.RouteSettings.Match;
import io.headgate.process.RouteSettings.Priority;
import io.headgate.stream.Input;
import io.headgate.stream.StreamEntry;
import io.headgate.stream.StreamOutlet;
import io.headgate.stream.StreamSettings;
import io.headgate.stream.StreamStore;
import io.headgate.stream.Upkeep;
import io.headgate.time.SystemClock;
import io.headgate.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What the tests of processing share: a real Redis with streams that are written to, and processes that read them. */
final class Works implements AutoCloseable {
    static final Match EVERYTHING = new Match(List.of(), false, List.of(), List.of());
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final RealRedis redis;
    private final StreamSettings streams;
    private final Vertx writing = vertx();
    private final StreamStore store;
    private final List<Worker> workers = new ArrayList<>();

    Works(int partitions, String... redisOptions) {
        this.redis = RealRedis.start(redisOptions);
        this.streams = new StreamSettings(
                List.of(redis.uri()), "test", partitions, Duration.ofMillis(500), false, Duration.ofHours(24), 100_000);
        this.store = new StreamStore(writing, streams, new SystemClock(), new VertxTimers(writing), new Meters());
        await(store.start());
    }

    /** One process, on a Vert.x of its own so that it can be ended like one. */
    record Worker(Vertx vertx, Processing processing) {}

    /** Ends a process without a word, as a kill does. */
    void kill(Worker worker) {
        workers.remove(worker);
        await(worker.vertx.close());
    }

    static RouteSettings route(String name, String destination) {
        return route(name, destination, Priority.NORMAL, false, EVERYTHING);
    }

    static RouteSettings route(String name, String destination, Priority priority, boolean ordered, Match... match) {
        return new RouteSettings(name, destination, List.of(match), priority, ordered, true, Fields.ALL);
    }

    Worker process(String consumer, List<RouteSettings> routes, Destination... destinations) {
        return process(consumer, Duration.ofMillis(50), 3, Duration.ofHours(24), routes, destinations);
    }

    /** One that takes the place of another, which is gone for sure. */
    Worker processAfter(String before, List<RouteSettings> routes, Destination... destinations) {
        ProcessName name = new ProcessName("a/" + UUID.randomUUID(), before);
        return process(name, "a", Duration.ofMillis(50), 3, Duration.ofHours(24), routes, destinations);
    }

    Worker process(
            String consumer,
            Duration retryFirst,
            int attempts,
            Duration keep,
            List<RouteSettings> routes,
            Destination... destinations) {
        ProcessName name = new ProcessName(consumer + "/" + UUID.randomUUID(), "");
        return process(name, consumer, retryFirst, attempts, keep, routes, destinations);
    }

    private Worker process(
            ProcessName name,
            String consumer,
            Duration retryFirst,
            int attempts,
            Duration keep,
            List<RouteSettings> routes,
            Destination... destinations) {
        Vertx vertx = vertx();
        VertxTimers timers = new VertxTimers(vertx);
        Processing processing = new Processing(
                vertx,
                new ProcessSettings(consumer, routes, retryFirst, retryFirst.multipliedBy(4), attempts, keep),
                name,
                List.of(destinations),
                new StreamOutlet(vertx, streams, timers),
                type -> type.equals("lead_submitted"),
                new SystemClock(),
                timers,
                new Meters());
        processing.start();
        Worker process = new Worker(vertx, processing);
        workers.add(process);
        return process;
    }

    /** Posts events of this type and session; their ids. */
    List<String> post(String name, String session, int count) {
        return postLarge(name, session, count, 0);
    }

    /** Events with so many characters more. */
    List<String> postLarge(String name, String session, int count, int chars) {
        List<Event> events = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID id = UUID.randomUUID();
            ids.add(id.toString());
            events.add(new Event(
                    id,
                    name,
                    "shop",
                    session,
                    false,
                    1_763_688_289_123L,
                    Slice.of(json(id, name, session, i, "x".repeat(chars)))));
        }
        append(session, events);
        return ids;
    }

    private static byte[] json(UUID id, String name, String session, int number, String more) {
        String json = "{\"event_id\":\"" + id + "\",\"event_name\":\"" + name + "\",\"session_id\":\"" + session
                + "\",\n\"properties\":{\"n\":" + number + ",\"price\":1.50},\"context\":{\"page\":\"/a" + more
                + "\"}}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private void append(String session, List<Event> events) {
        int partition = store.partitionOf(session);
        for (int from = 0; from < events.size(); from += 500) {
            List<Event> some = events.subList(from, Math.min(events.size(), from + 500));
            Promise<Void> told = Promise.promise();
            store.run(partition, () -> store.append(partition, some, appended -> told.complete()));
            await(told.future());
        }
    }

    long pending(String group, int partition) {
        Object answer = redis.command("XPENDING", "{test:" + partition + "}:events", group);
        return (Long) ((List<?>) answer).get(0);
    }

    /** Entries of all partitions that a group was given and has not acknowledged. */
    long pending(String group) {
        long pending = 0;
        for (int p = 0; p < streams.partitions(); p++) {
            boolean there = redis.command("EXISTS", "{test:" + p + "}:" + group).equals(1L);
            pending += there ? pending(group, p) : 0;
        }
        return pending;
    }

    /** Entries of the first partition's stream. */
    long length() {
        return (Long) redis.command("XLEN", "{test:0}:events");
    }

    /** Trims the first partition once; entries trimmed. */
    Future<Long> trim(Duration keep) {
        StreamOutlet outlet = new StreamOutlet(writing, streams, new VertxTimers(writing));
        return outlet.upkeep()
                .trim(0, keep, 10_000)
                .map(Upkeep.Trimmed::entries)
                .eventually(outlet::stop);
    }

    /** Makes a group on the first partition, and reads what is there for it. */
    List<StreamEntry> read(String group) {
        StreamOutlet outlet = new StreamOutlet(writing, streams, new VertxTimers(writing));
        return await(outlet.groups()
                .create(group, 0, true)
                .compose(made -> outlet.groups().read(group, "a", 0, 100))
                .map(read -> read.getOrDefault(Input.EVENTS, List.of()))
                .eventually(outlet::stop));
    }

    /** Removes consumers of the first partition that were silent for so long; how many. */
    Future<Integer> forget(String group, Duration silent) {
        StreamOutlet outlet = new StreamOutlet(writing, streams, new VertxTimers(writing));
        return outlet.upkeep().forget(group, 0, silent).eventually(outlet::stop);
    }

    /** Names of a group's consumers on the first partition. */
    List<String> consumers(String group) {
        List<String> names = new ArrayList<>();
        for (Object consumer : redis.list("XINFO", "CONSUMERS", "{test:0}:events", group)) {
            names.add(((List<?>) consumer).get(1).toString());
        }
        return names;
    }

    /** A line of a route's books, over all partitions. */
    long books(String route, String line) {
        long sum = 0;
        for (int p = 0; p < streams.partitions(); p++) {
            Object count = redis.command("HGET", "{test:" + p + "}:route:" + route, line);
            sum += count == null ? 0 : Long.parseLong(count.toString());
        }
        return sum;
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Vertx vertx() {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    }

    @Override
    public void close() {
        workers.forEach(process -> {
            await(process.processing().stop());
            await(process.vertx().close());
        });
        await(store.stop());
        await(writing.close());
        redis.close();
    }
}

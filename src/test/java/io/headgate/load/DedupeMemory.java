package io.headgate.load;

import io.headgate.RealRedis;
import io.headgate.event.Event;
import io.headgate.event.Slice;
import io.headgate.meter.Meters;
import io.headgate.stream.Appended;
import io.headgate.stream.Appends;
import io.headgate.stream.StreamSettings;
import io.headgate.stream.StreamStore;
import io.headgate.time.SystemClock;
import io.headgate.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/**
 * Prints what the dedupe window costs of Redis's memory: sends distinct ids through the gateway's own write path,
 * deletes the streams, and compares what Redis has allocated then with before.
 *
 * <p>Arguments, as {@code name=value}: {@code ids} 5000000, {@code ids-per-window} 20000000, {@code partitions} 4.
 */
public final class DedupeMemory {
    private static final int BATCH = 250;
    private static final int ROUND = 200;
    private static final String PREFIX = "memory";

    private DedupeMemory() {}

    public static void main(String... arguments) throws ExecutionException, InterruptedException {
        Options options = new Options(arguments);
        int ids = options.number("ids", 5_000_000);
        int partitions = options.number("partitions", 4);
        Vertx vertx = Vertx.vertx();
        try (RealRedis redis = RealRedis.start();
                Meters meters = new Meters()) {
            StreamSettings settings = new StreamSettings(
                    List.of(redis.uri()),
                    PREFIX,
                    partitions,
                    Duration.ofSeconds(10),
                    false,
                    Duration.ofHours(24),
                    options.number("ids-per-window", 20_000_000));
            StreamStore store = new StreamStore(vertx, settings, new SystemClock(), new VertxTimers(vertx), meters);
            get(store.start());
            long before = RedisCpu.memory(redis);
            for (int sent = 0; sent < ids; sent += BATCH * ROUND) {
                round(store);
                deleteStreams(redis, partitions);
            }
            long used = RedisCpu.memory(redis) - before;
            report(redis, ids, used);
            get(store.stop());
        } finally {
            get(vertx.close());
        }
    }

    private static void round(StreamStore store) throws ExecutionException, InterruptedException {
        List<Future<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < ROUND; i++) {
            appends.add(Appends.append(store, i % store.partitions(), batch()));
        }
        for (Future<Appended> append : appends) {
            Appended appended = get(append);
            if (appended.fault() != null) {
                throw new IllegalStateException("not stored: " + appended.fault());
            }
        }
    }

    private static List<Event> batch() {
        Slice json = Slice.of("{}".getBytes(StandardCharsets.US_ASCII));
        List<Event> batch = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            batch.add(new Event(UUID.randomUUID(), "page_view", "shop", "s", false, 1, json));
        }
        return batch;
    }

    private static void deleteStreams(RealRedis redis, int partitions) {
        for (int p = 0; p < partitions; p++) {
            redis.command("DEL", "{" + PREFIX + ":" + p + "}:events");
        }
    }

    private static void report(RealRedis redis, int ids, long used) {
        long buckets = redis.number("DBSIZE") - 1;
        System.out.printf(
                "bytes/id=%.1f ids=%d buckets=%d ids/bucket=%.1f used-mb=%d%n",
                (double) used / ids, ids, buckets, (double) ids / buckets, used >> 20);
    }

    private static <T> T get(Future<T> future) throws ExecutionException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get();
    }
}

package io.headgate.stream;

import static io.headgate.stream.Stores.await;
import static io.headgate.stream.Stores.awaitFailure;
import static io.headgate.stream.Stores.events;
import static io.headgate.stream.Stores.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.RealRedis;
import io.headgate.Told;
import io.headgate.stream.WriteFault.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis that must not be written to is refused at the start, with what to do about it. */
class RefusalTest {
    private RealRedis redis;
    private Stores stores;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        stores = new Stores();
    }

    @AfterEach
    void stop() {
        stores.close();
        redis.close();
    }

    @Test
    void aServerThatMayEvictIsRefused() {
        redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");

        Throwable refusal =
                awaitFailure(stores.store(Stores.settings(redis.uri())).start());

        assertThat(refusal).isInstanceOf(StreamRefusedException.class);
        assertThat(refusal).hasMessageContainingAll("allkeys-lru", "noeviction", "redis.allow-eviction");
    }

    @Test
    void aServerThatMayEvictIsTakenWhenAllowedAndShownAsUnsafe() {
        redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");

        StreamStore store = stores.started(Stores.withEviction(Stores.settings(redis.uri())));

        assertThat(await(Appends.append(store, 0, events("s", 1))).fault()).isNull();
        assertThat(store.status().unsafe()).anyMatch(reason -> reason.contains("allkeys-lru"));
    }

    @Test
    void aServerThatMayEvictFromNowOnIsShownAsUnsafeAndWrittenToAllTheSame() {
        StreamStore store =
                stores.store(Stores.settings(redis.uri()), WriterLimits.DEFAULTS, new QuickTimers(stores.vertx()));
        await(store.start());
        assertThat(store.status().unsafe()).noneMatch(reason -> reason.contains("maxmemory-policy"));

        redis.command("CONFIG", "SET", "maxmemory-policy", "volatile-ttl");

        until("seen", () -> store.status().unsafe().stream().anyMatch(reason -> reason.contains("volatile-ttl")));
        assertThat(await(Appends.append(store, 0, events("s", 1))).fault()).isNull();

        redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
        redis.command("CONFIG", "SET", "appendonly", "yes");
        until("safe", () -> store.status().unsafe().isEmpty());
    }

    @Test
    void anotherNumberOfPartitionsIsRefused() {
        StreamSettings settings = Stores.settings(redis.uri());
        stores.started(settings);

        Throwable refusal =
                awaitFailure(stores.store(Stores.withPartitions(settings, 8)).start());

        assertThat(refusal).isInstanceOf(StreamRefusedException.class);
        assertThat(refusal).hasMessageContainingAll("partitions 4", "gives 8", "redis.partitions", "test:meta");
    }

    @Test
    void anotherWindowOrBucketLayoutIsRefused() {
        StreamSettings settings = Stores.settings(redis.uri());
        stores.started(settings);

        Throwable window = awaitFailure(
                stores.store(Stores.withWindow(settings, Duration.ofHours(1))).start());
        Throwable buckets =
                awaitFailure(stores.store(Stores.withIds(settings, 200_000)).start());

        assertThat(window).hasMessageContaining("dedupe.window");
        assertThat(buckets).hasMessageContaining("dedupe.ids-per-window");
    }

    @Test
    void theFirstGatewayWritesTheLayoutAndTheNextAgrees() {
        StreamSettings settings = Stores.settings(redis.uri());
        stores.started(settings);
        stores.started(settings);

        assertThat(redis.list("HGETALL", "test:meta"))
                .isEqualTo(List.of(
                        "format",
                        "1",
                        "partitions",
                        "4",
                        "algorithm",
                        "crc16",
                        "window",
                        "86400000",
                        "buckets",
                        "250",
                        "id",
                        "sha256/12"));
        assertThat(redis.list("KEYS", "*")).isEqualTo(List.of("test:meta"));
    }

    @Test
    void aWrongPasswordIsToldAndTriedAgainWithoutLeakingSockets() {
        redis.command("ACL", "SETUSER", "gate", "on", ">right", "~*", "&*", "+@all");
        StreamStore store = stores.store(Stores.settings("redis://gate:wrong@127.0.0.1:" + redis.port()));

        Future<Void> start = store.start();
        until("denied", () -> kind(store) == Kind.DENIED);
        until("five attempts", () -> redis.list("ACL", "LOG").toString().contains("count, 5"));

        assertThat(start.isComplete()).isFalse();
        assertThat(((String) redis.command("CLIENT", "LIST")).lines().count()).isLessThanOrEqualTo(2);
    }

    @Test
    void aUserWhoMayNotTakeAMarkBackIsNotGivenEvents() {
        redis.command("ACL", "SETUSER", "gate", "on", ">pw", "~*", "&*", "+@all", "-hdel");
        StreamStore store = stores.store(Stores.settings("redis://gate:pw@127.0.0.1:" + redis.port()));

        store.start();

        until("denied", () -> kind(store) == Kind.DENIED);
        redis.command("ACL", "SETUSER", "gate", "+hdel");
        until("up", store::up);
    }

    @Test
    void aRefusedStartIsToldByWhoeverStartsAndNotHereAsWell() {
        redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        try (Told told = new Told("stream")) {
            awaitFailure(stores.store(Stores.settings(redis.uri())).start());

            assertThat(told.lines("redis ")).isEmpty();
        }
    }

    @Test
    void aRefusalAfterTheStartIsToldOnceHoweverOftenItIsMet() {
        stores.started(Stores.settings(redis.uri()));
        try (Told told = new Told("stream")) {
            redis.command("HSET", "test:meta", "partitions", "8");
            redis.command("CONFIG", "RESETSTAT");
            redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

            until("several attempts", () -> calls("eval") >= 5);

            assertThat(told.lines("not written to any more")).hasSize(1);
            redis.command("HSET", "test:meta", "partitions", "4");
            until("up", () -> told.lines("redis is up").size() == 1);
            assertThat(told.lines("cannot be used yet")).isEmpty();
        }
    }

    @Test
    void aWantedStopWarnsOfNothing() {
        StreamStore up = stores.started(Stores.settings(redis.uri()));
        StreamStore trying = stores.store(Stores.settings("redis://127.0.0.1:1"));
        trying.start();
        until("trying", () -> kind(trying) == Kind.AWAY);
        StreamStore connecting = stores.store(Stores.settings(redis.uri()));
        try (Told told = new Told("stream")) {
            connecting.start();
            await(connecting.stop());
            await(trying.stop());
            await(up.stop());

            // the server of this test has no append-only file, which may be told in between
            assertThat(told.lines("WARN")).allMatch(line -> line.contains("settings are unsafe"));
        }
    }

    private long calls(String command) {
        String stats = (String) redis.command("INFO", "commandstats");
        return stats.lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("cmdstat_\\w+:calls=(\\d+),.*", "$1")))
                .sum();
    }

    private static Kind kind(StreamStore store) {
        WriteFault fault = store.status().lastFault();
        return fault == null ? null : fault.kind();
    }
}

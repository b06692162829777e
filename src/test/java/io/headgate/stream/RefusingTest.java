package io.headgate.stream;

import static io.headgate.stream.Stores.await;
import static io.headgate.stream.Stores.events;
import static io.headgate.stream.Stores.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.RealRedis;
import io.headgate.Told;
import io.headgate.event.Outcome;
import io.headgate.stream.WriteFault.Kind;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis that is there and refuses what is written to it is down, is told so once, and is found well without a write. */
class RefusingTest {
    private static final String REFUSES = "redis refuses writes";
    private static final String TAKES = "redis takes writes again";

    private RealRedis redis;
    private Stores stores;
    private Told told;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        stores = new Stores();
        told = new Told("stream");
    }

    @AfterEach
    void stop() {
        told.close();
        stores.close();
        redis.close();
    }

    @Test
    void aFullRedisIsDownAfterOneRefusedWriteAndUpAgainWithoutAnother() {
        StreamStore store = quick();
        redis.command("CONFIG", "SET", "maxmemory", "1");

        await(Appends.append(store, 2, events("s", 1)));

        until("down", () -> !store.up());
        assertThat(store.status().lastFaultOver()).isFalse();
        redis.command("CONFIG", "SET", "maxmemory", "0");
        until("up", store::up);
        until("told", () -> told.lines(TAKES).size() == 4);
        assertThat(told.lines(REFUSES)).hasSize(4).allMatch(line -> line.startsWith("WARN"));
        assertThat(await(Appends.append(store, 2, events("s", 1))).fault()).isNull();
        assertThat(store.status().lastFaultOver()).isTrue();
        assertThat(store.status().lastFaultMillis()).isPositive();
    }

    @Test
    void aRedisThatIsNearlyFullIsLeftToThoseWhoTakeEventsOff() {
        StreamStore store = quick();
        redis.command("SETRANGE", "filler", "19000000", "x");
        long used =
                ServerFacts.parse(redis.command("INFO", "memory").toString()).usedMemory();
        redis.command("CONFIG", "SET", "maxmemory", Long.toString(used * 100 / 97));

        until("down", () -> {
            Appended appended = await(Appends.append(store, 2, events("s", 1)));
            return appended.fault() != null && !store.up();
        });
        Appended appended = await(Appends.append(store, 2, events("s", 1)));
        assertThat(appended.outcomes()).isEqualTo(Stores.all(Outcome.NOT_STORED, 1));
        assertThat(Objects.requireNonNull(appended.fault()).detail()).contains("95 %");
        assertThat(stores.metrics()).containsPattern("headgate_stream_memory_ratio 0\\.9[5-9]");
        // others may write yet
        assertThat(redis.command("SET", "more", "x")).isEqualTo("OK");
        redis.command("DEL", "filler");
        until("up", store::up);
        assertThat(await(Appends.append(store, 2, events("s", 1))).fault()).isNull();
    }

    @Test
    void aSecondIncidentIsToldLikeTheFirst() {
        StreamStore store = quick();

        for (int incident = 1; incident <= 2; incident++) {
            int times = incident;
            redis.command("CONFIG", "SET", "maxmemory", "1");
            await(Appends.append(store, 0, events("s", 1)));
            until("down", () -> !store.up());
            redis.command("CONFIG", "SET", "maxmemory", "0");
            until("told", () -> told.lines(TAKES).size() == 4 * times);
        }

        assertThat(told.lines(REFUSES)).hasSize(8);
    }

    @Test
    void oneBrokenPartitionIsShownAndToldAndTheStoreStaysUp() {
        StreamStore store = quick();
        redis.command("SET", "{test:0}:events", "not a stream");

        await(Appends.append(store, 0, events("s", 1)));

        StreamStatus.Partition broken = store.status().partitions().get(0);
        assertThat(Objects.requireNonNull(broken.refused()).kind()).isEqualTo(Kind.BROKEN);
        assertThat(broken.refusedSinceMillis()).isPositive();
        assertThat(store.up()).isTrue();
        assertThat(told.lines(REFUSES)).hasSize(1).allMatch(line -> line.startsWith("ERROR"));
        beats(store, 5);
        assertThat(store.status().partitions().get(0).refused()).isNotNull();
        assertThat(store.status().partitions().get(1).refused()).isNull();
        redis.command("DEL", "{test:0}:events");
        until("mended", () -> store.status().partitions().get(0).refused() == null);
    }

    @Test
    void streamsThatAreAllOfTheWrongTypeAreDownUntilTheyAreMended() {
        StreamStore store = quick();
        for (int p = 0; p < 4; p++) {
            redis.command("SET", "{test:" + p + "}:events", "not a stream");
        }

        await(Appends.append(store, 1, events("s", 1)));

        until("down", () -> !store.up());
        beats(store, 5);
        assertThat(store.up()).isFalse();
        redis.command("DEL", "{test:3}:events");
        until("up", store::up);
        assertThat(redis.list("KEYS", "*:trial")).isEmpty();
    }

    @Test
    void aUserWhoLosesTheRightToAppendIsDownUntilItIsBack() {
        redis.command("ACL", "SETUSER", "gate", "on", ">pw", "~*", "&*", "+@all");
        StreamStore store = quick("redis://gate:pw@127.0.0.1:" + redis.port());
        redis.command("ACL", "SETUSER", "gate", "-xadd");

        Appended denied = await(Appends.append(store, 0, events("s", 1)));

        assertThat(Objects.requireNonNull(denied.fault()).kind()).isEqualTo(Kind.DENIED);
        until("down", () -> !store.up());
        assertThat(told.lines(REFUSES)).isNotEmpty().allMatch(line -> line.startsWith("ERROR"));
        redis.command("ACL", "SETUSER", "gate", "+xadd");
        until("up", store::up);
        until("told", () -> store.status().lastFaultOver());
    }

    @Test
    void aUserWhoMayNotAppendIsDeniedAtTheStart() {
        redis.command("ACL", "SETUSER", "gate", "on", ">pw", "~*", "&*", "+@all", "-xadd");
        StreamStore store = stores.store(Stores.settings("redis://gate:pw@127.0.0.1:" + redis.port()));

        store.start();

        until("denied", () -> lastKind(store) == Kind.DENIED);
        assertThat(store.up()).isFalse();
        assertThat(redis.list("KEYS", "*")).isEqualTo(List.of("test:meta"));
        redis.command("ACL", "SETUSER", "gate", "+xadd");
        until("up", store::up);
        assertThat(redis.list("KEYS", "*")).isEqualTo(List.of("test:meta"));
    }

    /** Waits until the heartbeat has asked some more times. */
    private void beats(StreamStore store, int count) {
        long before = pings();
        until("some beats", () -> pings() >= before + count);
        assertThat(store.status().roundTripNanos()).isPositive();
    }

    private long pings() {
        String stats = (String) redis.command("INFO", "commandstats");
        return stats.lines()
                .filter(line -> line.startsWith("cmdstat_ping:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("cmdstat_ping:calls=(\\d+),.*", "$1")))
                .sum();
    }

    private StreamStore quick() {
        return quick(redis.uri());
    }

    private StreamStore quick(String uri) {
        StreamStore store = stores.store(Stores.settings(uri), WriterLimits.DEFAULTS, new QuickTimers(stores.vertx()));
        await(store.start());
        return store;
    }

    private static Kind lastKind(StreamStore store) {
        WriteFault fault = store.status().lastFault();
        return fault == null ? null : fault.kind();
    }
}

package io.headgate.stream;

import static io.headgate.stream.Stores.all;
import static io.headgate.stream.Stores.await;
import static io.headgate.stream.Stores.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.RealRedis;
import io.headgate.event.Event;
import io.headgate.event.Outcome;
import io.headgate.stream.WriteFault.Kind;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A script that fails half-way never leaves an id marked whose event is not on the stream. */
class HalfwayTest {
    private RealRedis redis;
    private Buckets buckets;
    private Stores stores;
    private StreamSettings settings;
    private StreamStore store;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        buckets = new Buckets(redis);
        stores = new Stores();
        settings = Stores.withIds(Stores.settings(redis.uri()), 1_000_000_000);
        store = stores.started(settings);
    }

    @AfterEach
    void stop() {
        stores.close();
        redis.close();
    }

    @Test
    void aStreamKeyOfTheWrongTypeLeavesNoMark() {
        List<Event> batch = events("s", 10);
        redis.command("SET", "{test:0}:events", "not a stream");

        Appended broken = await(Appends.append(store, 0, batch));

        assertThat(broken.outcomes()).isEqualTo(all(Outcome.NOT_STORED, 10));
        assertThat(kind(broken)).isEqualTo(Kind.BROKEN);
        assertThat(buckets.keys()).isEmpty();

        redis.command("DEL", "{test:0}:events");

        assertThat(await(Appends.append(store, 0, batch)).outcomes()).isEqualTo(all(Outcome.STORED, 10));
    }

    @Test
    void aBucketOfTheWrongTypeStopsTheCallThereAndTheEventsBeforeAreStored() {
        List<Event> batch = events("s", 10);
        redis.command("SET", buckets.name(settings, 0, batch.get(5)), "not a bucket");

        Appended broken = await(Appends.append(store, 0, batch));
        Appended again = await(Appends.append(store, 0, batch));

        assertThat(broken.outcomes().subList(0, 5)).isEqualTo(all(Outcome.STORED, 5));
        assertThat(broken.outcomes().subList(5, 10)).isEqualTo(all(Outcome.NOT_STORED, 5));
        assertThat(kind(broken)).isEqualTo(Kind.BROKEN);
        assertThat(again.outcomes().subList(0, 5)).isEqualTo(all(Outcome.DUPLICATE, 5));
        assertThat(again.outcomes().subList(5, 10)).isEqualTo(all(Outcome.NOT_STORED, 5));

        redis.command("DEL", buckets.name(settings, 0, batch.get(5)));

        Appended healed = await(Appends.append(store, 0, batch));
        assertThat(healed.outcomes().subList(5, 10)).isEqualTo(all(Outcome.STORED, 5));
        assertThat(buckets.entries()).isEqualTo(10);
    }

    @Test
    void aBrokenPartitionHarmsNoOther() {
        redis.command("SET", "{test:0}:events", "not a stream");

        Future<Appended> broken = Appends.append(store, 0, events("s", 10));
        Future<Appended> sound = Appends.append(store, 1, events("t", 10));

        assertThat(await(broken).outcomes()).isEqualTo(all(Outcome.NOT_STORED, 10));
        assertThat(await(sound).outcomes()).isEqualTo(all(Outcome.STORED, 10));
    }

    @Test
    void aFullRedisStoresNothingAndMarksNothing() {
        List<Event> batch = events("s", 10);
        redis.command("CONFIG", "SET", "maxmemory", "1");

        Appended full = await(Appends.append(store, 0, batch));

        assertThat(full.outcomes()).isEqualTo(all(Outcome.NOT_STORED, 10));
        assertThat(kind(full)).isEqualTo(Kind.NOT_APPLIED);
        redis.command("CONFIG", "SET", "maxmemory", "0");
        assertThat(buckets.keys()).isEmpty();
        assertThat(await(Appends.append(store, 0, batch)).outcomes()).isEqualTo(all(Outcome.STORED, 10));
    }

    @Test
    void marksAndEntriesStayEqualWhileRedisFillsUpAndIsBrokenAndMended() {
        List<List<Event>> batches = new ArrayList<>();
        List<Future<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            List<Event> batch = events("s" + i, 20);
            batches.add(batch);
            appends.add(Appends.append(store, i % 4, batch));
            switch (i % 10) {
                case 3 -> redis.command("CONFIG", "SET", "maxmemory", "1");
                case 5 -> redis.command("CONFIG", "SET", "maxmemory", "0");
                case 7 -> redis.command("EVAL", SWAP_AWAY, "2", "{test:0}:events", "{test:0}:kept");
                case 9 -> redis.command("EVAL", SWAP_BACK, "2", "{test:0}:events", "{test:0}:kept");
                default -> await(appends.get(i));
            }
        }
        long stored = 0;
        for (Future<Appended> append : appends) {
            stored += await(append).outcomes().stream()
                    .filter(o -> o == Outcome.STORED)
                    .count();
        }

        assertThat(stored).isBetween(1L, 5_999L);
        assertThat(buckets.entries()).isEqualTo(stored);
        assertThat(buckets.marks()).isEqualTo(stored);

        for (int i = 0; i < 300; i++) {
            assertThat(await(Appends.append(store, i % 4, batches.get(i))).fault())
                    .isNull();
        }
        assertThat(buckets.entries()).isEqualTo(6_000);
    }

    /** Puts something else in a stream's place, and takes it away again. */
    private static final String SWAP_AWAY = "if redis.call('EXISTS', KEYS[1]) == 1 then"
            + " redis.call('RENAME', KEYS[1], KEYS[2]) end redis.call('SET', KEYS[1], 'x') return 1";

    private static final String SWAP_BACK = "redis.call('DEL', KEYS[1]) if redis.call('EXISTS', KEYS[2]) == 1 then"
            + " redis.call('RENAME', KEYS[2], KEYS[1]) end return 1";

    private static Kind kind(Appended appended) {
        return Objects.requireNonNull(appended.fault()).kind();
    }
}

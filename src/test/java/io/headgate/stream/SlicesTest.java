package io.headgate.stream;

import static io.headgate.stream.Stores.all;
import static io.headgate.stream.Stores.await;
import static io.headgate.stream.Stores.events;
import static io.headgate.stream.Stores.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.RealRedis;
import io.headgate.event.Event;
import io.headgate.event.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dedupe window: two slices by Redis's clock, in small buckets that expire by themselves. */
class SlicesTest {
    private RealRedis redis;
    private Buckets buckets;
    private Stores stores;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        buckets = new Buckets(redis);
        stores = new Stores();
    }

    @AfterEach
    void stop() {
        stores.close();
        redis.close();
    }

    @Test
    void anIdOfTheSliceBeforeIsFoundAndOneOfTheSliceBeforeThatIsForgotten() {
        StreamSettings settings = Stores.withWindow(Stores.settings(redis.uri()), Duration.ofSeconds(2));
        StreamStore store = stores.started(settings);
        List<Event> batch = events("s", 20);
        untilTheStartOfASlice(settings);
        long first = buckets.slice(settings);

        Appended stored = await(Appends.append(store, 0, batch));
        until("next slice", () -> buckets.slice(settings) == first + 1);
        Appended repeated = await(Appends.append(store, 0, batch));
        until("the one after", () -> buckets.slice(settings) == first + 2);
        Appended forgotten = await(Appends.append(store, 0, batch));

        assertThat(stored.outcomes()).isEqualTo(all(Outcome.STORED, 20));
        assertThat(repeated.outcomes()).isEqualTo(all(Outcome.DUPLICATE, 20));
        assertThat(forgotten.outcomes()).isEqualTo(all(Outcome.STORED, 20));
        assertThat(buckets.keys()).allMatch(key -> key.contains(":seen:" + (first + 2) + ":"));
    }

    @Test
    void everyBucketExpiresAtTheEndOfTheNextSlice() {
        StreamSettings settings = Stores.withWindow(Stores.settings(redis.uri()), Duration.ofMinutes(10));
        StreamStore store = stores.started(settings);
        long slice = buckets.slice(settings);

        for (int i = 0; i < 20; i++) {
            await(Appends.append(store, i % 4, events("s" + i, 100)));
        }

        List<?> time = redis.list("TIME");
        long now = Long.parseLong((String) time.get(0)) * 1000;
        long end = (slice + 2) * 600_000;
        assertThat(buckets.keys()).hasSizeGreaterThan(500);
        for (String key : buckets.keys()) {
            assertThat(redis.number("PTTL", key)).isBetween(end - now - 10_000, end - now + 1_000);
        }
    }

    @Test
    void bucketsStayInTheCompactFormAtTheNumberOfIdsTheyAreMadeFor() {
        StreamSettings settings = Stores.withIds(Stores.settings(redis.uri()), 40_000);
        StreamStore store = stores.started(settings);

        for (int i = 0; i < 200; i++) {
            await(Appends.append(store, i % 4, events("s" + i, 200)));
        }

        assertThat(buckets.marks()).isEqualTo(40_000);
        assertThat(buckets.keys()).hasSize(400);
        assertThat(buckets.keys())
                .allMatch(key -> List.of("ziplist", "listpack").contains(redis.command("OBJECT", "ENCODING", key)));
    }

    private void untilTheStartOfASlice(StreamSettings settings) {
        long slice = buckets.slice(settings);
        until("a slice begins", () -> buckets.slice(settings) > slice);
    }
}

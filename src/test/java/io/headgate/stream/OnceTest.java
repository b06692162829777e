package io.headgate.stream;

import static io.headgate.stream.Stores.all;
import static io.headgate.stream.Stores.await;
import static io.headgate.stream.Stores.event;
import static io.headgate.stream.Stores.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.RealRedis;
import io.headgate.event.Event;
import io.headgate.event.Outcome;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each event is on the stream once, byte for byte, whatever is sent again. */
class OnceTest {
    private static RealRedis redis;
    private Stores stores;

    @BeforeAll
    static void startRedis() {
        redis = RealRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void flush() {
        redis.command("FLUSHALL");
        stores = new Stores();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void theSameBatchThreeTimesIsStoredOnce() {
        StreamStore store = stores.started(redis);
        List<Event> batch = events("s1", 50);

        Appended first = await(Appends.append(store, 2, batch));
        Appended second = await(Appends.append(store, 2, batch));
        Appended third = await(Appends.append(store, 2, batch));

        assertThat(first).isEqualTo(new Appended(all(Outcome.STORED, 50), null));
        assertThat(second).isEqualTo(new Appended(all(Outcome.DUPLICATE, 50), null));
        assertThat(third).isEqualTo(second);
        assertThat(redis.number("XLEN", "{test:2}:events")).isEqualTo(50);
    }

    @Test
    void theSameBatchFiftyTimesAtOnceIsStoredOnce() {
        StreamStore store = stores.started(redis);
        List<Event> batch = events("s1", 50);

        List<Future<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            appends.add(Appends.append(store, 0, batch));
        }

        long stored = 0;
        for (Future<Appended> append : appends) {
            stored += await(append).outcomes().stream()
                    .filter(o -> o == Outcome.STORED)
                    .count();
        }
        assertThat(stored).isEqualTo(50);
        assertThat(redis.number("XLEN", "{test:0}:events")).isEqualTo(50);
    }

    @Test
    void eventsOfOneCallThatAreTheSameAreStoredOnce() {
        StreamStore store = stores.started(redis);
        Event event = event("s1", "{}");

        Appended appended = await(Appends.append(store, 0, List.of(event, event)));

        assertThat(appended.outcomes()).containsExactly(Outcome.STORED, Outcome.DUPLICATE);
    }

    @Test
    void anIdOfAnotherSessionOrSourceIsAnotherEvent() {
        StreamStore store = stores.started(redis);
        UUID id = UUID.randomUUID();
        Event one = event(id, "a", "{}");
        Event otherSession = event(id, "b", "{}");
        Event otherSource = new Event(id, "page_view", "blog", "a", false, 1, one.json());

        Appended appended = await(Appends.append(store, 0, List.of(one, otherSession, otherSource)));

        assertThat(appended.outcomes()).isEqualTo(all(Outcome.STORED, 3));
    }

    @Test
    void whatIsOnTheStreamIsWhatWasPosted() {
        StreamStore store = stores.started(redis);
        String json = "{\"a\":1e400,\"b\":-0,\"c\":9007199254740993,\"d\":\"\\u00e9\\/\u00e9\u0000\","
                + "\"e\":0.123456789012345678901234567891, \"f\" : [] }";
        byte[] body = ("[" + json + "]").getBytes(StandardCharsets.UTF_8);
        Event event = new Event(
                UUID.randomUUID(),
                "lead_submitted",
                "shöp",
                "s",
                true,
                1_763_688_289_123L,
                new io.headgate.event.Slice(body, 1, body.length - 2));

        await(Appends.append(store, 1, List.of(event)));

        List<?> entry =
                (List<?>) redis.list("XRANGE", "{test:1}:events", "-", "+").get(0);
        assertThat((List<?>) entry.get(1))
                .isEqualTo(List.of(
                        "name",
                        "lead_submitted",
                        "source",
                        latin(utf8("shöp")),
                        "received",
                        "1763688289123",
                        "event",
                        latin(utf8(json))));
    }

    @Test
    void largeAndSmallEventsArriveWhole() {
        StreamStore store = stores.started(redis);
        List<Event> batch = new ArrayList<>();
        for (int size : new int[] {2, 31, 32, 33, 255, 256, 65_535, 65_536, 200_000}) {
            batch.add(event("s", "{" + " ".repeat(size - 2) + "}"));
        }

        Appended appended = await(Appends.append(store, 0, batch));

        assertThat(appended.fault()).isNull();
        List<?> entries = redis.list("XRANGE", "{test:0}:events", "-", "+");
        assertThat(entries)
                .extracting(entry -> ((String) ((List<?>) ((List<?>) entry).get(1)).get(7)).length())
                .containsExactly(2, 31, 32, 33, 255, 256, 65_535, 65_536, 200_000);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

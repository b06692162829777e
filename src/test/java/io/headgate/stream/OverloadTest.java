package io.headgate.stream;

import static io.headgate.stream.Stores.all;
import static io.headgate.stream.Stores.await;
import static io.headgate.stream.Stores.event;
import static io.headgate.stream.Stores.events;
import static io.headgate.stream.Stores.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.event.Event;
import io.headgate.event.Outcome;
import io.headgate.stream.WriteFault.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a writer holds is bounded, and calls are of the size that is best, held against a stand-in that answers late. */
class OverloadTest {
    private static final long EVENT_BYTES = Pending.bytes(event("s", "{}"));

    private final Semaphore answersAllowed = new Semaphore(0);
    private final List<Integer> callBytes = new CopyOnWriteArrayList<>();
    private FakeRedis redis;
    private Stores stores;

    @BeforeEach
    void start() {
        redis = new FakeRedis("6.2.0", (connection, command) -> {
            callBytes.add(command.get(command.size() - 1).length());
            answersAllowed.acquire();
            return FakeRedis.bulk("");
        });
        stores = new Stores();
    }

    @AfterEach
    void stop() {
        answersAllowed.release(1_000_000);
        stores.close();
        redis.close();
    }

    @Test
    void aQueueTakesEventsUpToItsLimitAndGivesBackOnePast() {
        StreamStore store = started(new WriterLimits(100, 1 << 20, 10, 1 << 20), Duration.ofSeconds(20));
        Future<Appended> inFlight = occupy(store);
        Future<Appended> almost = store.append(0, events("s", 60));
        Future<Appended> full = store.append(0, events("s", 40));

        Appended past = await(store.append(0, events("s", 1)));

        assertThat(past.outcomes()).isEqualTo(all(Outcome.NOT_STORED, 1));
        assertThat(kind(past)).isEqualTo(Kind.OVERLOADED);
        until("queued", () -> store.status().partitions().get(0).queuedEvents() == 100);
        answersAllowed.release(1_000);
        assertThat(await(inFlight).fault()).isNull();
        assertThat(await(almost).fault()).isNull();
        assertThat(await(full).fault()).isNull();
        assertThat(store.status().partitions().get(0)).isEqualTo(new StreamStatus.Partition(0, 0, 0, null, 0));
    }

    @Test
    void aQueueTakesBytesUpToItsLimitAndGivesBackOnePast() {
        StreamStore store = started(new WriterLimits(1_000, 50 * EVENT_BYTES, 10, 1 << 20), Duration.ofSeconds(20));
        Future<Appended> inFlight = occupy(store);
        Future<Appended> full = store.append(0, small(50));

        Appended past = await(store.append(0, small(1)));

        assertThat(kind(past)).isEqualTo(Kind.OVERLOADED);
        answersAllowed.release(1_000);
        assertThat(await(inFlight).fault()).isNull();
        assertThat(await(full).fault()).isNull();
    }

    @Test
    void aBatchBeyondTheLimitsIsTakenWhenNothingWaits() {
        StreamStore store = started(new WriterLimits(5, 5, 10, 1 << 20), Duration.ofSeconds(20));
        Future<Appended> inFlight = occupy(store);
        Future<Appended> large = store.append(0, events("s", 100));

        answersAllowed.release(1_000);

        assertThat(await(inFlight).fault()).isNull();
        assertThat(await(large).outcomes()).isEqualTo(all(Outcome.STORED, 100));
    }

    @Test
    void whatGathersDuringACallLeavesInOneAndNoCallIsLargerThanItsLimits() {
        StreamStore store = started(new WriterLimits(1_000, 1 << 20, 100, 20 * EVENT_BYTES), Duration.ofSeconds(20));
        Future<Appended> inFlight = occupy(store);
        List<Future<Appended>> gathered = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            gathered.add(store.append(0, small(2)));
        }
        Event heavy = event("s", "{" + " ".repeat(5_000) + "}");
        gathered.add(store.append(0, List.of(heavy)));

        answersAllowed.release(1_000);

        assertThat(await(inFlight).fault()).isNull();
        gathered.forEach(append -> assertThat(await(append).fault()).isNull());
        assertThat(callBytes).hasSize(3);
        assertThat(callBytes.get(2)).isBetween(5_000, 5_200);
    }

    @Test
    void appendsOfOneTurnLeaveInOneCall() {
        answersAllowed.release(1_000);
        StreamStore store = started(WriterLimits.DEFAULTS, Duration.ofSeconds(20));
        List<Future<Appended>> appends = new ArrayList<>();

        await(Future.future(done -> stores.vertx().runOnContext(turn -> {
            for (int i = 0; i < 20; i++) {
                appends.add(store.append(0, small(1)));
            }
            done.complete();
        })));

        appends.forEach(append -> assertThat(await(append).fault()).isNull());
        assertThat(callBytes).hasSize(1);
    }

    @Test
    void eventsWhoseTurnDoesNotComeBeforeTheDeadlineAreGivenBackUnsent() {
        StreamStore store = started(new WriterLimits(1_000, 1 << 20, 10, 1 << 20), Duration.ofMillis(800));
        Future<Appended> inFlight = occupy(store);
        Future<Appended> waiting = store.append(0, events("s", 20));
        until("ten of them are on their way", () -> {
            answersAllowed.release(callBytes.size() < 2 ? 1 : 0);
            return callBytes.size() == 2;
        });

        Appended late = await(waiting);

        assertThat(await(inFlight).fault()).isNull();
        assertThat(late.outcomes().subList(10, 20)).isEqualTo(all(Outcome.NOT_STORED, 10));
        assertThat(callBytes).hasSize(2);
    }

    /** Puts one event in flight, whose answer waits for {@link #answersAllowed}. */
    private Future<Appended> occupy(StreamStore store) {
        int before = callBytes.size();
        Future<Appended> inFlight = store.append(0, events("s", 1));
        until("in flight", () -> callBytes.size() == before + 1);
        return inFlight;
    }

    private StreamStore started(WriterLimits limits, Duration deadline) {
        StreamStore store = stores.store(Stores.withDeadline(Stores.settings(redis.uri()), deadline), limits);
        await(store.start());
        return store;
    }

    private static List<Event> small(int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event("s", "{}"));
        }
        return events;
    }

    private static Kind kind(Appended appended) {
        return Objects.requireNonNull(appended.fault()).kind();
    }
}

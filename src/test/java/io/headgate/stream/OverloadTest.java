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
    void aQueueTakesEventsUpToItsLimitAndAllOfItIsGivenBackInOrderByOnePast() {
        StreamStore store = started(new WriterLimits(100, 1 << 20, 10, 1 << 20), Duration.ofSeconds(20));
        List<String> told = new CopyOnWriteArrayList<>();
        Future<Appended> inFlight = occupy(store).onSuccess(done -> told.add("in flight"));
        Future<Appended> almost = Appends.append(store, 0, events("s", 60)).onSuccess(done -> told.add("almost"));
        Future<Appended> full = Appends.append(store, 0, events("s", 40)).onSuccess(done -> told.add("full"));
        until("queued", () -> store.status().partitions().get(0).queuedEvents() == 100);
        assertThat(told).isEmpty();

        Appended past = await(Appends.append(store, 0, events("s", 1)).onSuccess(done -> told.add("past")));

        assertThat(kind(past)).isEqualTo(Kind.OVERLOADED);
        assertThat(past.outcomes()).isEqualTo(all(Outcome.NOT_STORED, 1));
        assertThat(await(inFlight).outcomes()).isEqualTo(all(Outcome.UNKNOWN, 1));
        assertThat(await(almost).outcomes()).isEqualTo(all(Outcome.NOT_STORED, 60));
        assertThat(await(full).outcomes()).isEqualTo(all(Outcome.NOT_STORED, 40));
        assertThat(told).containsExactly("in flight", "almost", "full", "past");
        assertThat(store.status().partitions().get(0)).isEqualTo(new StreamStatus.Partition(0, 0, 0, null, 0));
    }

    @Test
    void theNextCallWaitsForTheAnswerToOneThatWasGivenUp() {
        StreamStore store = started(new WriterLimits(10, 1 << 20, 10, 1 << 20), Duration.ofSeconds(20));
        Future<Appended> inFlight = occupy(store);
        Future<Appended> queued = Appends.append(store, 0, events("s", 10));
        assertThat(kind(await(Appends.append(store, 0, events("s", 1))))).isEqualTo(Kind.OVERLOADED);

        Future<Appended> next = Appends.append(store, 0, events("s", 5));
        until("it waits", () -> store.status().partitions().get(0).queuedEvents() == 5);

        assertThat(kind(await(inFlight))).isEqualTo(Kind.OVERLOADED);
        assertThat(kind(await(queued))).isEqualTo(Kind.OVERLOADED);
        assertThat(callBytes).hasSize(1);
        answersAllowed.release(1_000);
        assertThat(await(next).outcomes()).isEqualTo(all(Outcome.STORED, 5));
    }

    @Test
    void aQueueTakesBytesUpToItsLimitAndIsGivenBackByOnePast() {
        StreamStore store = started(new WriterLimits(1_000, 50 * EVENT_BYTES, 10, 1 << 20), Duration.ofSeconds(20));
        Future<Appended> inFlight = occupy(store);
        Future<Appended> full = Appends.append(store, 0, small(50));
        until("queued", () -> store.status().partitions().get(0).queuedEvents() == 50);

        Appended past = await(Appends.append(store, 0, small(1)));

        assertThat(kind(past)).isEqualTo(Kind.OVERLOADED);
        assertThat(kind(await(inFlight))).isEqualTo(Kind.OVERLOADED);
        assertThat(kind(await(full))).isEqualTo(Kind.OVERLOADED);
    }

    @Test
    void aBatchBeyondTheLimitsIsTakenWhenNothingWaits() {
        StreamStore store = started(new WriterLimits(5, 5, 10, 1 << 20), Duration.ofSeconds(20));
        Future<Appended> inFlight = occupy(store);
        Future<Appended> large = Appends.append(store, 0, events("s", 100));

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
            gathered.add(Appends.append(store, 0, small(2)));
        }
        Event heavy = event("s", "{" + " ".repeat(5_000) + "}");
        gathered.add(Appends.append(store, 0, List.of(heavy)));

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
                appends.add(Appends.append(store, 0, small(1)));
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
        Future<Appended> waiting = Appends.append(store, 0, events("s", 20));
        until("ten of them are on their way", () -> {
            answersAllowed.release(callBytes.size() < 2 ? 1 : 0);
            return callBytes.size() == 2;
        });

        Appended late = await(waiting);

        assertThat(await(inFlight).fault()).isNull();
        assertThat(late.outcomes().subList(0, 10)).isEqualTo(all(Outcome.UNKNOWN, 10));
        assertThat(late.outcomes().subList(10, 20)).isEqualTo(all(Outcome.NOT_STORED, 10));
        assertThat(callBytes).hasSize(2);
    }

    /** Puts one event in flight, whose answer waits for {@link #answersAllowed}. */
    private Future<Appended> occupy(StreamStore store) {
        int before = callBytes.size();
        Future<Appended> inFlight = Appends.append(store, 0, events("s", 1));
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

package io.headgate.stream;

import static io.headgate.stream.Stores.all;
import static io.headgate.stream.Stores.await;
import static io.headgate.stream.Stores.events;
import static io.headgate.stream.Stores.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.RealRedis;
import io.headgate.event.Event;
import io.headgate.event.Outcome;
import io.headgate.stream.WriteFault.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis dies, stops and comes back: outcomes stay honest, and what is sent again is there once. */
class OutageTest {
    private RealRedis redis;
    private Stores stores;

    @BeforeEach
    void start() {
        redis = RealRedis.start("--appendonly", "yes", "--appendfsync", "always");
        stores = new Stores(2);
    }

    @AfterEach
    void stop() {
        stores.close();
        redis.close();
    }

    @Test
    void whatIsInFlightWhenRedisIsKilledIsUnknownAndOnceWhenSentAgain() {
        StreamStore store = stores.started(patient());
        List<Event> before = events("s", 10);
        List<Event> inFlight = events("s", 10);
        await(Appends.append(store, 0, before));
        redis.freeze();

        Future<Appended> append = Appends.append(store, 0, inFlight);
        until("sent", () -> store.status().partitions().get(0).inFlightEvents() == 10);
        redis.kill();

        assertThat(await(append).outcomes()).isEqualTo(all(Outcome.UNKNOWN, 10));
        assertThat(kind(await(append))).isEqualTo(Kind.LOST);
        until("down", () -> !store.up());

        redis.restart();
        until("up", store::up);

        assertThat(await(Appends.append(store, 0, inFlight)).fault()).isNull();
        assertThat(await(Appends.append(store, 0, before)).outcomes()).isEqualTo(all(Outcome.DUPLICATE, 10));
        assertThat(new Buckets(redis).entries()).isEqualTo(20);
    }

    @Test
    void everythingSentAgainAfterAKillUnderLoadIsThereOnce() {
        StreamStore store = stores.started(patient());
        List<List<Event>> batches = new ArrayList<>();
        List<Future<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            batches.add(events("s" + i, 20));
            appends.add(Appends.append(store, i % 4, batches.get(i)));
            if (i == 300) {
                await(appends.get(40));
                redis.kill();
            }
        }
        List<Appended> results = appends.stream().map(Stores::await).toList();
        redis.restart();
        until("up", store::up);

        assertThat(results).anyMatch(result -> result.fault() != null);
        for (int i = 0; i < 400; i++) {
            Appended again = await(Appends.append(store, i % 4, batches.get(i)));
            assertThat(again.fault()).isNull();
            assertConsistent(results.get(i).outcomes(), again.outcomes());
        }
        assertThat(new Buckets(redis).entries()).isEqualTo(8_000);
    }

    @Test
    void whatAStoppedRedisDoesNotAnswerIsUnknownAndOnceWhenSentAgain() {
        StreamStore store = stores.started(impatient());
        List<Event> batch = events("s", 10);
        redis.freeze();

        Appended unanswered = await(Appends.append(store, 0, batch));
        until("down", () -> !store.up());
        Appended away = await(Appends.append(store, 0, events("s", 1)));

        assertThat(unanswered.outcomes()).isEqualTo(all(Outcome.UNKNOWN, 10));
        assertThat(kind(unanswered)).isEqualTo(Kind.TIMEOUT);
        assertThat(away.outcomes()).isEqualTo(all(Outcome.NOT_STORED, 1));
        assertThat(kind(away)).isEqualTo(Kind.AWAY);

        redis.thaw();
        until("up", store::up);

        assertThat(await(Appends.append(store, 0, batch)).outcomes()).isEqualTo(all(Outcome.DUPLICATE, 10));
        assertThat(new Buckets(redis).entries()).isEqualTo(10);
    }

    @Test
    void whatWaitsBehindAFailedCallIsGivenBackUnsent() {
        StreamStore store = stores.started(impatient());
        redis.freeze();
        Future<Appended> first = Appends.append(store, 0, events("s", 10));
        until("sent", () -> store.status().partitions().get(0).inFlightEvents() == 10);
        Future<Appended> second = Appends.append(store, 0, events("s", 10));

        assertThat(await(first).outcomes()).isEqualTo(all(Outcome.UNKNOWN, 10));
        assertThat(await(second).outcomes()).isEqualTo(all(Outcome.NOT_STORED, 10));

        redis.thaw();
        until("up", store::up);
        assertThat(await(Appends.append(store, 0, events("s", 1))).fault()).isNull();
        assertThat(redis.number("XLEN", "{test:0}:events")).isEqualTo(11);
    }

    @Test
    void aStoreStartsBeforeRedisDoes() {
        redis.kill();
        StreamStore store = stores.store(patient());

        Future<Void> start = store.start();
        until("a first failure", () -> store.status().lastFault() != null);
        assertThat(store.up()).isFalse();
        redis.restart();

        await(start);
        assertThat(await(Appends.append(store, 0, events("s", 1))).fault()).isNull();
    }

    @Test
    void aStoppedRedisThatAcceptsConnectionsIsTriedAgain() {
        redis.freeze();
        StreamStore store = stores.store(patient());

        Future<Void> start = store.start();
        until("a handshake without an answer", () -> store.status().lastFault() != null);
        redis.thaw();

        await(start);
        assertThat(store.up()).isTrue();
    }

    @Test
    void aSilentRedisIsFoundWithoutAWrite() {
        StreamStore store = stores.store(impatient(), WriterLimits.DEFAULTS, new QuickTimers(stores.vertx()));
        await(store.start());
        until("a beat", () -> store.status().roundTripNanos() > 0);

        redis.freeze();
        until("down", () -> !store.up());

        redis.thaw();
        until("up", store::up);
    }

    @Test
    void stoppingWaitsForWhatIsInFlightAndTakesNothingMore() {
        StreamStore store = stores.started(patient());
        redis.freeze();
        Future<Appended> last = Appends.append(store, 0, events("s", 500));
        until("in flight", () -> store.status().partitions().get(0).inFlightEvents() > 0);

        Future<Void> stop = store.stop();
        Appended late = await(Appends.append(store, 0, events("s", 1)));
        redis.thaw();

        await(stop);
        assertThat(last.isComplete()).isTrue();
        assertThat(await(last).fault()).isNull();
        assertThat(kind(late)).isEqualTo(Kind.AWAY);
    }

    /** What was known before must not be contradicted by what is found when it is sent again. */
    private static void assertConsistent(List<Outcome> before, List<Outcome> again) {
        for (int i = 0; i < before.size(); i++) {
            switch (before.get(i)) {
                case STORED, DUPLICATE -> assertThat(again.get(i)).isEqualTo(Outcome.DUPLICATE);
                case NOT_STORED -> assertThat(again.get(i)).isEqualTo(Outcome.STORED);
                case JOURNALED -> throw new AssertionError("the stream has no journal");
                case UNKNOWN -> assertThat(again.get(i)).isIn(Outcome.STORED, Outcome.DUPLICATE);
            }
        }
    }

    private StreamSettings patient() {
        return Stores.withDeadline(Stores.settings(redis.uri()), Duration.ofSeconds(10));
    }

    private StreamSettings impatient() {
        return Stores.withDeadline(Stores.settings(redis.uri()), Duration.ofMillis(300));
    }

    private static Kind kind(Appended appended) {
        return Objects.requireNonNull(appended.fault()).kind();
    }
}

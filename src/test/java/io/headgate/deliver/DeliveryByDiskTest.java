package io.headgate.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.headgate.RealRedis;
import io.headgate.drain.Drain;
import io.headgate.event.Event;
import io.headgate.event.Outcome;
import io.headgate.event.Slice;
import io.headgate.journal.MoodyJournal;
import io.headgate.meter.Books;
import io.headgate.meter.Meters;
import io.headgate.stream.StreamSettings;
import io.headgate.stream.StreamStore;
import io.headgate.time.SystemClock;
import io.headgate.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delivery and drain on a real Redis and a disk that hangs or fails. */
class DeliveryByDiskTest {
    private static final Duration JOURNAL_DEADLINE = Duration.ofMillis(300);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Meters meters = new Meters();
    private final RealRedis redis = RealRedis.start();
    private final Map<Outcome, Long> outcomes = new ConcurrentHashMap<>();
    private MoodyJournal disk;
    private StreamStore stream;
    private Delivery delivery;
    private Drain drain;

    @BeforeEach
    void start() throws IOException {
        VertxTimers timers = new VertxTimers(vertx);
        SystemClock clock = new SystemClock();
        disk = new MoodyJournal(vertx, 1, meters);
        stream = new StreamStore(
                vertx,
                new StreamSettings(
                        List.of(redis.uri()), "test", 1, Duration.ofMillis(200), false, Duration.ofHours(24), 100_000),
                clock,
                timers,
                meters);
        DeliverSettings settings = new DeliverSettings(
                0.05, Duration.ofSeconds(10), 20, Duration.ofSeconds(5), JOURNAL_DEADLINE, Duration.ofMillis(200));
        delivery = new Delivery(vertx, stream, disk.journal(), settings, clock, timers, meters);
        drain = new Drain(delivery, disk.journal(), stream, Duration.ofHours(24), clock, timers, meters);
        await(stream.start());
        delivery.start();
        drain.start();
    }

    @AfterEach
    void stop() {
        drain.stop();
        delivery.stop();
        await(stream.stop());
        await(disk.journal().close());
        await(vertx.close());
        redis.close();
        meters.close();
    }

    @Test
    void noEventIsToldAsStoredBeforeTheDiskHasIt() {
        redis.kill();
        disk.hang();
        Future<Delivered> stored = delivery.store(events(3));
        Eventually.isTrue(() -> disk.journal().appended(0) == 3);
        assertThat(stored.isComplete()).isFalse();

        disk.move();

        assertThat(await(stored).outcomes()).isEqualTo(all(Outcome.JOURNALED, 3));
    }

    @Test
    void aDiskThatHangsPastTheDeadlineIsRefusedAndWhatItStoredAfterAllIsDrained() {
        redis.kill();
        Eventually.isTrue(() -> !stream.up());
        disk.hang();

        Delivered hung = await(delivery.store(events(3)));
        assertThat(hung.outcomes()).isEqualTo(all(Outcome.UNKNOWN, 3));
        assertThat(hung.whole()).isFalse();
        assertThat(delivery.ready()).isFalse();
        assertThat(delivery.status().mode()).isEqualTo(Mode.REFUSING);
        assertThat(await(delivery.store(events(2))).outcomes()).isEqualTo(all(Outcome.NOT_STORED, 2));

        disk.move();
        Eventually.isTrue(delivery::ready);
        assertThat(await(delivery.store(events(4))).outcomes()).isEqualTo(all(Outcome.JOURNALED, 4));
        redis.restart();
        Eventually.isTrue(() -> delivery.backlog() == 0);

        assertThat(redis.number("XLEN", "{test:0}:events")).isEqualTo(7);
        Books.Page books = meters.books().read();
        assertThat(books.get(Books.Line.REFUSED_BUT_JOURNALED)).isEqualTo(3);
        assertThat(books.get(Books.Line.DRAINED)).isEqualTo(7);
    }

    @Test
    void withADeadDiskAndAWellRedisEventsGoStraightAndComeBackToOrderWhenItWorks() {
        drain.pause(Duration.ofHours(1));
        redis.kill();
        assertThat(await(delivery.store(events(2))).outcomes()).isEqualTo(all(Outcome.JOURNALED, 2));
        redis.restart();
        Eventually.isTrue(() -> stream.up());
        disk.failing(true);

        assertThat(await(delivery.store(events(3))).outcomes()).isEqualTo(all(Outcome.STORED, 3));
        assertThat(await(delivery.store(events(4))).outcomes()).isEqualTo(all(Outcome.STORED, 4));
        assertThat(delivery.status().orderBroken()).isEqualTo(7);
        assertThat(delivery.ready()).isTrue();

        disk.failing(false);
        Eventually.isTrue(() -> disk.journal().writable());
        assertThat(await(delivery.store(events(1))).outcomes()).isEqualTo(all(Outcome.JOURNALED, 1));
        drain.resume();
        Eventually.isTrue(() -> delivery.status().mode() == Mode.STREAM);
        assertThat(await(delivery.store(events(1))).outcomes()).isEqualTo(all(Outcome.STORED, 1));
        assertThat(delivery.status().orderBroken()).isEqualTo(7);
        assertThat(redis.number("XLEN", "{test:0}:events")).isEqualTo(2 + 3 + 4 + 1 + 1);
    }

    @Test
    void withADeadDiskAndNoRedisEventsAreRefusedAndTakenAgainWhenEitherWorks() {
        redis.kill();
        Eventually.isTrue(() -> !stream.up());
        disk.failing(true);

        assertThat(await(delivery.store(events(2))).outcomes()).isEqualTo(all(Outcome.NOT_STORED, 2));
        assertThat(delivery.status().mode()).isEqualTo(Mode.REFUSING);

        disk.failing(false);
        Eventually.isTrue(delivery::ready);
        assertThat(await(delivery.store(events(2))).outcomes()).isEqualTo(all(Outcome.JOURNALED, 2));
    }

    /** There is always an event that has just been journaled: the next must not have to go behind it for ever. */
    @Test
    void underSteadyLoadTheWayIsStraightAgainAfterASingleFailure() {
        disk.slow(Duration.ofMillis(5));
        AtomicBoolean enough = new AtomicBoolean();
        List<Future<Void>> clients = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            clients.add(post(enough));
        }
        Eventually.isTrue(() -> outcomes(Outcome.STORED) > 100);
        redis.command("CLIENT", "KILL", "TYPE", "normal");
        Eventually.isTrue(() -> outcomes(Outcome.JOURNALED) > 100);

        long straight = outcomes(Outcome.STORED);
        Eventually.isTrue(() -> outcomes(Outcome.STORED) > straight + 1_000);

        enough.set(true);
        await(Future.all(clients));
        assertThat(outcomes(Outcome.NOT_STORED) + outcomes(Outcome.UNKNOWN)).isZero();
        assertThat(delivery.status().orderBroken()).isZero();
    }

    /** A client that posts one event after the other. */
    private Future<Void> post(AtomicBoolean enough) {
        return delivery.store(events(1)).compose(delivered -> {
            outcomes.merge(delivered.outcomes().get(0), 1L, Long::sum);
            return enough.get() ? Future.succeededFuture() : post(enough);
        });
    }

    private long outcomes(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    private static List<Event> events(int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new Event(
                    UUID.randomUUID(), "page_view", "shop", "s", false, 1_763_688_289_123L, Slice.of(new byte[] {
                        '{', '}'
                    })));
        }
        return events;
    }

    private static List<Outcome> all(Outcome outcome, int count) {
        return Collections.nCopies(count, outcome);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

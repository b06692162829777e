package io.headgate.stream;

import static io.headgate.stream.Stores.await;
import static io.headgate.stream.Stores.awaitFailure;
import static io.headgate.stream.Stores.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.RealRedis;
import io.headgate.Told;
import io.headgate.event.Quarantined;
import io.headgate.event.Slice;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rejected events are kept, newest first, and no more of them than the cap. */
class QuarantineStreamTest {
    private RealRedis redis;
    private Stores stores;
    private StreamStore store;
    private QuarantineStream quarantine;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        stores = new Stores();
        store = stores.started(Stores.withDeadline(Stores.settings(redis.uri()), Duration.ofSeconds(5)));
        quarantine = store.quarantine();
    }

    @AfterEach
    void stop() {
        stores.close();
        redis.close();
    }

    @Test
    void whatIsAddedIsReadNewestFirst() {
        await(quarantine.add(List.of(entry(1, "{\"a\":"), entry(2, "b"))));
        await(quarantine.add(List.of(entry(3, "\u00e9"))));

        List<Quarantined> read = await(quarantine.read(2));

        assertThat(read).extracting(Quarantined::receivedMillis).containsExactly(3L, 2L);
        assertThat(read.get(0).event().copy(10)).isEqualTo("\u00e9".getBytes(StandardCharsets.UTF_8));
        assertThat(read.get(0).source()).isEqualTo("shop");
        assertThat(read.get(0).reason()).isEqualTo("{\"code\":\"schema\",\"message\":\"\u00e9\"}");
    }

    @Test
    void anEmptyQuarantineReadsAsEmpty() {
        assertThat(await(quarantine.read(10))).isEmpty();
        await(quarantine.add(List.of()));
        assertThat(await(quarantine.read(10))).isEmpty();
    }

    @Test
    void theOldestGoBeyondTheCap() {
        for (int i = 0; i < 24; i++) {
            List<Quarantined> entries = new ArrayList<>();
            for (int j = 0; j < 500; j++) {
                entries.add(entry(i * 500 + j, "x"));
            }
            await(quarantine.add(entries));
        }

        assertThat(redis.number("XLEN", "test:quarantine"))
                .isBetween((long) QuarantineStream.ENTRIES_MAX, QuarantineStream.ENTRIES_MAX + 200L);
        assertThat(await(quarantine.read(1)).get(0).receivedMillis()).isEqualTo(11_999);
    }

    @Test
    void anEventBeyondItsLimitIsNoEntry() {
        int max = Quarantined.EVENT_BYTES_MAX;

        await(quarantine.add(List.of(new Quarantined("shop", 1, "{}", Slice.of(new byte[max])))));

        assertThat(await(quarantine.read(1)).get(0).event().length()).isEqualTo(max);
        assertThatThrownBy(() -> new Quarantined("shop", 1, "{}", Slice.of(new byte[max + 1])))
                .hasMessageContaining("32768");
    }

    @Test
    void addingFailsWhenRedisRefusesOrIsAway() {
        redis.command("SET", "test:quarantine", "something else");
        assertThat(awaitFailure(quarantine.add(List.of(entry(1, "x"))))).hasMessageContaining("WRONGTYPE");

        redis.kill();
        assertThat(awaitFailure(quarantine.add(List.of(entry(1, "x"))))).isNotNull();
        assertThat(awaitFailure(quarantine.read(1))).isNotNull();
    }

    @Test
    void aPageEndsAtAMebibyteAndIsWholeBelow() {
        byte[] large = new byte[Quarantined.EVENT_BYTES_MAX];
        for (int i = 0; i < 50; i++) {
            await(quarantine.add(List.of(new Quarantined("shop", i, "{}", Slice.of(large)))));
        }

        List<Quarantined> page = await(quarantine.read(1_000));
        List<Quarantined> small = await(quarantine.read(7));

        assertThat(page).hasSizeBetween(32, 36);
        assertThat(page.get(0).receivedMillis()).isEqualTo(49);
        assertThat(page.get(31).receivedMillis()).isEqualTo(18);
        assertThat(small).extracting(Quarantined::receivedMillis).containsExactly(49L, 48L, 47L, 46L, 45L, 44L, 43L);
    }

    @Test
    void onePageIsReadAtATime() {
        await(quarantine.add(List.of(entry(1, "x"))));

        Future<List<Quarantined>> first = quarantine.read(10);
        Future<List<Quarantined>> second = quarantine.read(10);

        assertThat(awaitFailure(second)).hasMessageContaining("another page");
        assertThat(await(first)).hasSize(1);
        assertThat(await(quarantine.read(10))).hasSize(1);
    }

    @Test
    void aConnectionThatTheQuarantineLosesIsNotOneThatEventsAreWrittenOn() {
        await(quarantine.add(List.of(entry(1, "x"))));
        try (Told told = new Told("stream")) {
            String own = ((String) redis.command("CLIENT", "LIST"))
                    .lines()
                    .filter(line -> line.contains("cmd=eval ") && line.contains("age="))
                    .reduce((before, last) -> last)
                    .map(line -> line.replaceAll(".*addr=(\\S+) laddr.*", "$1"))
                    .orElseThrow();

            redis.command("CLIENT", "KILL", "ADDR", own);
            until("made again", () -> quarantine
                    .read(1)
                    .transform(read -> Future.succeededFuture(read.succeeded()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join());

            assertThat(told.lines("redis is down")).isEmpty();
            assertThat(store.up()).isTrue();
        }
    }

    private static Quarantined entry(long received, String event) {
        return new Quarantined(
                "shop",
                received,
                "{\"code\":\"schema\",\"message\":\"\u00e9\"}",
                Slice.of(event.getBytes(StandardCharsets.UTF_8)));
    }
}

package io.headgate.alert;

import static io.headgate.alert.Watched.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.headgate.RealRedis;
import io.headgate.event.Lead;
import io.headgate.meter.Meters;
import io.headgate.stream.StreamSettings;
import io.headgate.stream.StreamStore;
import io.headgate.time.SystemClock;
import io.headgate.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lead that another gateway stored keeps this one quiet; another gateway that cannot be asked keeps nobody. */
class LeadFlowShareTest {
    private static final Duration A_MILLISECOND = Duration.ofMillis(1);
    private static final Duration A_LOOK = Duration.ofMillis(200);

    @TempDir(factory = InMemory.class)
    private Path dir;

    private final List<List<Lead>> told = new ArrayList<>();

    @Test
    void aLeadThatAnotherGatewayStoredKeepsItQuiet() {
        Watched watched = watched((mine, written) ->
                Future.succeededFuture(List.of(new Lead("shop", UUID.randomUUID(), "lead_submitted", 1000))));
        UUID here = watched.lead("shop");

        watched.live(LIMIT.multipliedBy(2));

        assertThat(watched.changes()).isEmpty();
        assertThat(watched.status("shop").lastLead().orElseThrow().eventId()).isNotEqualTo(here.toString());
        assertThat(watched.status("shop").silentSeconds().orElseThrow()).isBetween(1L, 6L);
    }

    @Test
    void theOthersAreAskedBeforeItIsTold() {
        List<Lead> known = new ArrayList<>();
        Watched watched = watched((mine, written) -> Future.succeededFuture(List.copyOf(known)));
        watched.lead("shop");
        // so that the exchange of every five seconds is not due just then
        watched.live(Duration.ofSeconds(1));
        watched.live(LIMIT.minusSeconds(1).minus(A_MILLISECOND));

        known.add(new Lead("shop", UUID.randomUUID(), "lead_submitted", 2));
        watched.live(A_MILLISECOND);

        assertThat(watched.changes()).isEmpty();
        assertThat(watched.status("shop").silentSeconds()).hasValue(0);
    }

    @Test
    void whenNobodyAnswersItIsToldThreeTenthsOfASecondLater() {
        Watched watched =
                watched((mine, written) -> Promise.<List<Lead>>promise().future());
        watched.lead("shop");

        watched.live(LIMIT);
        boolean atOnce = watched.stopped("shop");
        watched.live(Duration.ofMillis(299));
        boolean early = watched.stopped("shop");
        watched.live(A_MILLISECOND);

        assertThat(atOnce || early).isFalse();
        assertThat(watched.stopped("shop")).isTrue();
    }

    @Test
    void whenTheyCannotBeReachedItIsToldAtOnce() {
        Watched watched = watched((mine, written) -> Future.failedFuture("Redis is away"));
        watched.lead("shop");

        watched.live(LIMIT.minus(A_MILLISECOND));
        boolean before = watched.stopped("shop");
        watched.live(A_MILLISECOND);

        assertThat(before).isFalse();
        assertThat(watched.stopped("shop")).isTrue();
        assertThat(watched.meters.scrape()).contains("headgate_lead_exchanges_total{outcome=\"failed\"}");
    }

    @Test
    void aLeadIsToldTheOthersUntilTheyHaveIt() {
        List<Lead> known = new ArrayList<>();
        boolean[] away = {true};
        Watched watched = watched((mine, written) -> {
            told.add(mine);
            if (away[0]) {
                return Future.failedFuture("Redis is away");
            }
            known.addAll(mine);
            return Future.succeededFuture(List.copyOf(known));
        });
        UUID id = watched.lead("shop");
        watched.live(Duration.ofSeconds(10));
        away[0] = false;
        watched.live(Duration.ofSeconds(20));

        assertThat(told.stream().filter(mine -> !mine.isEmpty()).count()).isGreaterThanOrEqualTo(3);
        assertThat(told.get(told.size() - 1)).isEmpty();

        // somebody empties Redis
        known.clear();
        watched.live(Duration.ofMinutes(1).plusSeconds(5));

        assertThat(known).extracting(Lead::eventId).containsExactly(id);
        assertThat(known.get(0).ageMillis()).isBetween(30_000L, 95_000L);
    }

    @Test
    void allIsAskedForOnceAMinuteAndElseWhatIsNewSinceTheLastAnswer() {
        List<Long> asked = new ArrayList<>();
        boolean[] away = {false};
        Watched watched = watched((mine, written) -> {
            asked.add(written);
            return away[0] ? Future.failedFuture("Redis is away") : Future.succeededFuture(List.of());
        });

        watched.live(Duration.ofSeconds(10));
        away[0] = true;
        watched.live(Duration.ofSeconds(10));
        away[0] = false;
        watched.live(Duration.ofSeconds(10));
        List<Long> first = List.copyOf(asked);
        watched.live(Duration.ofMinutes(2));

        assertThat(first).containsExactly(LeadShare.ALL, 10_000L, 10_000L, 10_000L, 15_000L, 20_000L, 10_000L);
        assertThat(asked).filteredOn(written -> written == LeadShare.ALL).hasSize(3);
    }

    @Test
    void aLeadThatIsNotInAnAnswerOfWhatIsNewIsNotToldAgain() {
        Watched watched = watched((mine, written) -> {
            told.add(mine);
            return Future.succeededFuture(mine);
        });
        watched.lead("shop");

        watched.live(Duration.ofSeconds(50));

        assertThat(told.stream().filter(mine -> !mine.isEmpty())).hasSize(1);
    }

    @Test
    void aLeadThatEndsALongSilenceIsToldTheOthersAtOnceAndOthersInTheirTurn() {
        Watched watched = watched((mine, written) -> {
            told.add(mine);
            return Future.succeededFuture(mine);
        });
        watched.lead("shop");
        watched.live(A_LOOK);
        watched.live(LIMIT.dividedBy(2).plusSeconds(3));
        told.clear();

        watched.lead("shop");
        watched.live(Duration.ofSeconds(1));
        boolean atOnce = told.stream().anyMatch(mine -> !mine.isEmpty());
        told.clear();
        watched.lead("shop");
        watched.live(Duration.ofSeconds(1));

        assertThat(atOnce).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void aLeadThatEndsALongSilenceIsToldTheOthersAtTheNextLookThoughAnExchangeHasJustBeen() {
        Watched watched = watched((mine, written) -> {
            told.add(mine);
            return Future.succeededFuture(mine);
        });
        watched.lead("shop");
        // the last of these looks exchanges, for it is five seconds after the one before
        watched.live(LIMIT.dividedBy(2).plusSeconds(5));
        told.clear();

        UUID id = watched.lead("shop");
        watched.live(A_MILLISECOND);

        assertThat(told).hasSize(1);
        assertThat(told.get(0)).extracting(Lead::eventId).containsExactly(id);
    }

    @Test
    void aLeadThatEndsALongSilenceWaitsForTheExchangeUnderWay() {
        List<Promise<List<Lead>>> answers = new ArrayList<>();
        Watched watched = watched((mine, written) -> {
            told.add(mine);
            answers.add(Promise.promise());
            return answers.get(answers.size() - 1).future();
        });

        watched.lead("shop");
        watched.live(A_LOOK);
        int whileUnderWay = told.size();
        answers.get(0).complete(List.of());
        watched.live(A_LOOK);

        assertThat(whileUnderWay).isEqualTo(1);
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).extracting(Lead::source).containsExactly("shop");
    }

    @Test
    void aLeadOfASourceThatOnlyAnotherGatewayKnowsCountsForAllTogether() {
        List<Lead> known = new ArrayList<>();
        Watched watched = watched((mine, written) -> Future.succeededFuture(List.copyOf(known)));
        watched.lead("shop");
        watched.live(LIMIT.minusMinutes(1));

        known.add(new Lead("elsewhere", UUID.randomUUID(), "lead_submitted", 1000));
        watched.live(Duration.ofMinutes(1));

        assertThat(watched.changes()).containsExactly("firing LeadFlowStopped/shop");
        assertThat(watched.status("*").lastLead().orElseThrow().eventId())
                .isEqualTo(known.get(0).eventId().toString());
    }

    @Test
    void twoGatewaysOfOneRedisKnowEachOthersLeads() {
        Vertx vertx = Vertx.vertx();
        try (RealRedis redis = RealRedis.start()) {
            StreamStore store = new StreamStore(
                    vertx,
                    new StreamSettings(
                            List.of(redis.uri()),
                            "test",
                            1,
                            Duration.ofSeconds(5),
                            false,
                            Duration.ofHours(1),
                            100_000),
                    new SystemClock(),
                    new VertxTimers(vertx),
                    new Meters());
            store.start();
            Watched one = new Watched(dir.resolve("one"), Watched.settings("shop"), store.leads()::exchange);
            Watched two = new Watched(dir.resolve("two"), Watched.settings("shop"), store.leads()::exchange);
            one.lead("shop");
            one.live(LIMIT.minus(A_MILLISECOND));
            UUID elsewhere = two.lead("shop");
            two.flow.look(two.bell);
            Eventually.isTrue(() -> {
                two.live(Duration.ofSeconds(1));
                return String.valueOf(redis.command("HGET", "test:leads", "shop"))
                        .contains(elsewhere.toString());
            });

            one.live(A_MILLISECOND);
            Eventually.isTrue(() -> {
                one.flow.look(one.bell);
                return one.status("shop").lastLead().orElseThrow().eventId().equals(elsewhere.toString());
            });

            store.stop().toCompletionStage().toCompletableFuture().join();
            assertThat(one.changes()).isEmpty();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private Watched watched(LeadShare share) {
        return new Watched(dir, Watched.settings("shop"), share);
    }
}

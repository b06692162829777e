package io.headgate.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.Eventually;
import io.headgate.Told;
import io.headgate.destination.Answer;
import io.headgate.destination.Outgoing;
import io.headgate.process.RouteSettings.Fields;
import io.headgate.process.RouteSettings.Match;
import io.headgate.process.RouteSettings.Priority;
import io.headgate.process.Works.Worker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a destination does not take is tried again, or kept as a dead letter; its neighbours are not held up by it. */
class RetryTest {
    private final Works works = new Works(1);
    private final Site site = new Site("site", 10, 2);

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void whatADestinationAnsweredIsNotLoggedForItMayRepeatTheEvent() {
        site.does(batch ->
                Future.succeededFuture(new Answer.Failed("POST site", "500 no room for jane@doe.example", null)));
        try (Told told = new Told("process")) {
            Worker worker = works.process("a", List.of(Works.route("all", "site")), site);

            works.post("page_view", "s1", 200);

            Eventually.isTrue(() -> !told.lines("destination_away").isEmpty());
            assertThat(told.lines("jane")).isEmpty();
            Eventually.isTrue(() -> worker.processing()
                    .status()
                    .destinations()
                    .get(0)
                    .lastFault()
                    .contains("jane"));
            assertThat(worker.processing().status().destinations().get(0).lastStatus())
                    .isEqualTo("POST site: 500");
        }
    }

    @Test
    void anEventThatIsRefusedForGoodIsADeadLetterAndItsNeighboursAreDelivered() {
        List<String> posted = works.post("page_view", "s1", 40);
        String poison = posted.get(17);
        site.does(batch -> holds(batch, poison) ? Site.refused() : Site.delivered());

        Worker worker = works.process("a", List.of(Works.route("all", "site")), site);

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 40);
        assertThat(site.ids()).hasSize(39).doesNotContain(poison);
        assertThat(works.books("all", "dead")).isEqualTo(1);
        Redelivery.Found letter = Works.await(worker.processing().redelivery().find(Redelivery.Filter.ALL, 10))
                .get(0);
        assertThat(letter.letter().eventId()).isEqualTo(poison);
        assertThat(letter.letter().route()).isEqualTo("all");
        assertThat(letter.letter().destination()).isEqualTo("site");
        assertThat(letter.letter().answer()).isEqualTo("400 no such field");
        assertThat(letter.letter().request()).isEqualTo("POST site");
    }

    @Test
    void aDeadLetterIsDeliveredWhenItIsReDrivenAfterTheDestinationWasMended() {
        String poison = works.post("page_view", "s1", 1).get(0);
        site.does(batch -> Site.refused());
        Worker worker = works.process("a", List.of(Works.route("all", "site")), site);
        Redelivery redelivery = worker.processing().redelivery();
        Eventually.isTrue(() -> Works.await(redelivery.count()) == 1);

        site.does(batch -> Site.delivered());
        long driven = Works.await(redelivery.redrive(Redelivery.Filter.ALL));

        assertThat(driven).isEqualTo(1);
        Eventually.isTrue(() -> site.ids().equals(List.of(poison)));
        Eventually.isTrue(() -> works.books("all", "again") == 1);
        assertThat(Works.await(redelivery.count())).isZero();
        assertThat(works.redis.command("XLEN", "{test:0}:route:all:again")).isEqualTo(0L);
    }

    @Test
    void aReDrivenEventKeepsItsPositionSoThatItIsKnownAgain() {
        works.post("page_view", "s1", 1);
        site.does(batch -> Site.refused());
        Worker worker = works.process("a", List.of(Works.route("all", "site")), site);
        Eventually.isTrue(() -> works.books("all", "dead") == 1);
        String before = site.asked.get(0).get(0).position();

        site.does(batch -> Site.delivered());
        Works.await(worker.processing().redelivery().redrive(Redelivery.Filter.ALL));

        Eventually.isTrue(() -> site.taken.size() == 1);
        assertThat(site.taken.get(0).position()).isEqualTo(before);
    }

    @Test
    void whatIsReplayedIsDeliveredOnceMore() {
        List<String> posted = works.post("page_view", "s1", 700);
        Worker worker = works.process("a", List.of(Works.route("all", "site")), site);
        Eventually.isTrue(() -> works.books("all", "acknowledged") == 700);
        Redelivery redelivery = worker.processing().redelivery();

        long counted = Works.await(redelivery.replay("all", 0, Long.MAX_VALUE, true));
        long replayed = Works.await(redelivery.replay("all", 0, Long.MAX_VALUE, false));

        assertThat(counted).isEqualTo(700);
        assertThat(replayed).isEqualTo(700);
        Eventually.isTrue(() -> works.books("all", "again") == 700);
        assertThat(site.ids()).hasSize(1400);
        assertThat(new HashSet<>(site.ids().subList(700, 1400))).isEqualTo(new HashSet<>(posted));
    }

    @Test
    void aReplayStopsBeforeItFillsRedis() {
        works.post("page_view", "s1", 700);
        Worker worker = works.process("a", List.of(Works.route("all", "site")), site);
        Eventually.isTrue(() -> works.books("all", "acknowledged") == 700);
        works.redis.command("CONFIG", "SET", "maxmemory", "1");

        Future<Long> replayed = worker.processing().redelivery().replay("all", 0, Long.MAX_VALUE, false);

        assertThatThrownBy(() -> Works.await(replayed))
                .hasMessageContaining("0 events are on their way")
                .hasMessageContaining("more than 70 % of its memory");
        assertThat(works.books("all", "again")).isZero();
    }

    @Test
    void anEventThatFailsByItselfIsTriedAgainUntilItsAttemptsAreUsedUp() {
        List<String> posted = works.post("page_view", "s1", 30);
        String ill = posted.get(3);
        site.does(batch -> holds(batch, ill) ? Site.failed() : Site.delivered());

        Worker worker = works.process("a", List.of(Works.route("all", "site")), site);

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 30);
        assertThat(site.ids()).hasSize(29).doesNotContain(ill);
        Redelivery.Found letter = Works.await(worker.processing().redelivery().find(Redelivery.Filter.ALL, 10))
                .get(0);
        assertThat(letter.letter().answer()).isEqualTo("3 attempts, the last: 503 busy");
        assertThat(site.asked.stream().filter(batch -> holds(batch, ill))).hasSize(3);
    }

    @Test
    void howOftenAnEventHasFailedIsKnownToTheNextProcess() {
        String ill = works.post("page_view", "s1", 1).get(0);
        site.does(batch -> Site.failed());
        Worker first = works.process(
                "a", Duration.ofMinutes(1), 5, Duration.ofHours(24), List.of(Works.route("all", "site")), site);
        Eventually.isTrue(
                () -> works.redis.command("HLEN", "{test:0}:route:all:tries").equals(1L));
        works.kill(first);

        Site second = new Site("site", 10, 2);
        second.does(batch -> Site.failed());
        works.process("a", Duration.ofMinutes(1), 2, Duration.ofHours(24), List.of(Works.route("all", "site")), second);

        Eventually.isTrue(() -> works.books("all", "dead") == 1);
        assertThat(second.asked).hasSize(1);
        assertThat(second.asked.get(0).get(0).eventId()).isEqualTo(ill);
    }

    @Test
    void nothingBecomesADeadLetterWhileTheDestinationIsAway() {
        List<String> posted = works.post("page_view", "s1", 300);
        site.does(batch -> Site.failed());
        works.process("a", List.of(Works.route("all", "site")), site);
        // the breaker opens at the fifth failure and then tries once a second, more and more rarely
        Eventually.isTrue(() -> site.asked.size() >= 8);

        site.does(batch -> Site.delivered());

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 300);
        assertThat(works.books("all", "dead")).isZero();
        assertThat(new HashSet<>(site.ids())).isEqualTo(new HashSet<>(posted));
    }

    @Test
    void aDestinationThatAsksToBeLeftAloneIsLeftAlone() {
        works.post("page_view", "s1", 1);
        site.does(batch -> Future.succeededFuture(new Answer.Failed("POST site", "429", Duration.ofMillis(700))));
        works.process("a", List.of(Works.route("all", "site")), site);
        Eventually.isTrue(() -> !site.asked.isEmpty());
        long asked = System.nanoTime();

        site.does(batch -> Site.delivered());

        Eventually.isTrue(() -> site.taken.size() == 1);
        assertThat(System.nanoTime() - asked)
                .isGreaterThan(Duration.ofMillis(600).toNanos());
    }

    @Test
    void whatIsNoEventIsADeadLetterToo() {
        works.redis.command(
                "XADD", "{test:0}:events", "*", "name", "x", "source", "y", "received", "z", "event", "no json");

        Worker worker = works.process("a", List.of(Works.route("all", "site")), site);

        Eventually.isTrue(() -> works.books("all", "dead") == 1);
        assertThat(Works.await(worker.processing().redelivery().find(Redelivery.Filter.ALL, 10))
                        .get(0)
                        .letter()
                        .answer())
                .contains("no JSON object");
    }

    @Test
    void anEventThatCannotBeShapedIsADeadLetterAndHoldsNothingUp() {
        Fields impossible = new Fields(List.of(), List.of(""), Map.of());
        Match pages = new Match(List.of("page_view"), false, List.of(), List.of());
        RouteSettings ill = new RouteSettings("ill", "site", List.of(pages), Priority.NORMAL, false, true, impossible);
        works.process("a", List.of(ill), site);

        works.post("page_view", "s1", 3);
        works.post("lead_submitted", "s1", 3);

        Eventually.isTrue(() -> works.books("ill", "acknowledged") == 6);
        assertThat(works.books("ill", "dead")).isEqualTo(3);
        assertThat(works.books("ill", "filtered")).isEqualTo(3);
    }

    @Test
    void ofDeadLettersThatCannotBeKeptNoMoreAreHeldThanALaneMayHold() {
        works.redis.command("SET", "{test:0}:dead", "no stream");
        site.does(batch -> Future.succeededFuture(new Answer.Refused("POST site", "400")));
        Site free = new Site("free", 100, 4);
        works.postLarge("page_view", "s1", 1_000, 10_000);

        works.process("a", List.of(Works.route("ill", "site"), Works.route("free", "free")), site, free);
        // by then the other had all the time to be read that this one would need
        Eventually.isTrue(() -> works.books("free", "acknowledged") == 1_000);
        long held = works.pending("route:ill");
        works.redis.command("DEL", "{test:0}:dead");

        assertThat(held).isBetween(1L, 600L);
        Eventually.isTrue(() -> works.books("ill", "dead") == 1_000);
    }

    @Test
    void whatSomebodyDeletedFromTheStreamIsCountedAsGone() {
        works.post("page_view", "s1", 1);
        site.does(batch -> Site.failed());
        works.process("a", Duration.ofMillis(500), 9, Duration.ofHours(24), List.of(Works.route("all", "site")), site);
        Eventually.isTrue(() -> site.asked.size() == 1);

        works.redis.command("DEL", "{test:0}:dead");
        works.redis.command("XTRIM", "{test:0}:events", "MAXLEN", "0");

        Eventually.isTrue(() -> works.pending("route:all") == 0);
        assertThat(site.taken).isEmpty();
    }

    @Test
    void whatIsDeliveredIsAcknowledgedWhenRedisComesBack() {
        works.post("page_view", "s1", 5);
        site.holds();
        works.process("a", List.of(Works.route("all", "site")), site);
        Eventually.isTrue(() -> site.asked.size() == 1);

        works.redis.freeze();
        site.release(1, true);
        Eventually.isTrue(() -> site.taken.size() == 5);
        works.redis.thaw();

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 5);
        assertThat(site.ids()).hasSize(5);
    }

    private static boolean holds(List<Outgoing> batch, String id) {
        return batch.stream().anyMatch(event -> event.eventId().equals(id));
    }
}

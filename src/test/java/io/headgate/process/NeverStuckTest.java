package io.headgate.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.headgate.process.RouteSettings.Fields;
import io.headgate.process.RouteSettings.Priority;
import io.headgate.process.Works.Worker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever went wrong once, the road out goes on by itself when it is over. */
class NeverStuckTest {
    private static final Duration DAY = Duration.ofHours(24);

    private final Works works = new Works(1);
    private final Site site = new Site("site", 1_000, 2);
    private final List<RouteSettings> routes = List.of(Works.route("all", "site"));

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void moreThanALaneMayHoldWaitsBehindOneEventAndFollowsIt() {
        List<String> posted = works.post("page_view", "s1", LaneLimits.WAITING_MAX + 1_500);
        site.does(batch -> Site.failed());
        List<RouteSettings> ordered = List.of(Works.route("all", "site", Priority.NORMAL, true, Works.EVERYTHING));
        Worker worker = works.process("a", Duration.ofSeconds(2), 1_000, DAY, ordered, site);
        Eventually.isTrue(() -> worker.processing().status().routes().get(0).waitingAgain() >= LaneLimits.WAITING_MAX);

        site.does(batch -> Site.delivered());

        Eventually.isTrue(() -> works.books("all", "acknowledged") == posted.size());
        assertThat(site.ids()).isEqualTo(posted);
    }

    @Test
    void whatWasHandedOutByAnAnswerThatGotLostIsDelivered() {
        works.process("a", routes, site);
        works.post("page_view", "s1", 1);
        Eventually.isTrue(() -> works.books("all", "acknowledged") == 1);
        List<String> posted = handedOutUnheard();

        // longer than an answer is waited for, shorter than a lease lasts
        works.redis.freeze();
        long began = System.nanoTime();
        Eventually.isTrue(
                () -> System.nanoTime() - began > Duration.ofMillis(3_300).toNanos());
        works.redis.thaw();

        Eventually.isTrue(() -> works.pending("route:all") == 0);
        assertThat(site.ids()).containsAll(posted);
    }

    /** Some that are with the group, by a call of its consumer whose answer nobody reads. */
    private List<String> handedOutUnheard() {
        return Eventually.notNull(() -> {
            List<String> posted = works.post("page_view", "s1", 5);
            Object read = works.redis.command(
                    "XREADGROUP", "GROUP", "route:all", "a", "COUNT", "5", "STREAMS", "{test:0}:events", ">");
            return read == null ? null : posted;
        });
    }

    @Test
    void anAcknowledgementThatRedisHasForgottenIsMadeAgain() {
        works.process("a", routes, site);
        works.post("page_view", "s1", 1);
        Eventually.isTrue(() -> works.books("all", "acknowledged") == 1);
        List<?> entry = (List<?>)
                works.redis.list("XRANGE", "{test:0}:events", "-", "+").get(0);

        // with the group again, as after a restart of Redis that has lost its last second
        works.redis.command(
                "XCLAIM", "{test:0}:events", "route:all", "a", "0", entry.get(0).toString(), "FORCE");

        assertThat(works.pending("route:all")).isEqualTo(1);
        Eventually.isTrue(() -> works.pending("route:all") == 0);
    }

    @Test
    void aRouteFromNowOnLosesNothingWhenRedisHasLostItsData() {
        RouteSettings now =
                new RouteSettings("all", "site", List.of(Works.EVERYTHING), Priority.NORMAL, false, false, Fields.ALL);
        String lease = "{test:0}:route:all:owner";
        Worker worker = works.process("a", List.of(now), site);
        Eventually.isTrue(() -> partitions(worker) == 1);
        works.post("page_view", "s1", 1);
        Eventually.isTrue(() -> works.books("all", "acknowledged") == 1);
        works.redis.command("SET", lease, "another");
        Eventually.isTrue(() -> partitions(worker) == 0);

        works.redis.command("EVAL", "redis.call('FLUSHALL') redis.call('SET', '" + lease + "', 'another')", "0");
        List<String> posted = works.post("page_view", "s1", 3);
        works.redis.command("DEL", lease);

        Eventually.isTrue(() -> site.ids().containsAll(posted));
    }

    private static int partitions(Worker worker) {
        return worker.processing().status().routes().get(0).partitions();
    }

    @Test
    void aRedisThatIsFullIsReadByAProcessThatStarts() {
        works.post("page_view", "s1", 100);
        works.redis.command("CONFIG", "SET", "maxmemory", "1");

        works.process("a", routes, site);

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 100);
    }

    @Test
    void aRouteKeepsItsPartitionsWhileRedisIsFull() {
        Worker worker = works.process("a", routes, site);
        site.holds();
        works.post("page_view", "s1", 100);
        Eventually.isTrue(() -> !site.asked.isEmpty());
        long began = System.nanoTime();

        works.redis.command("CONFIG", "SET", "maxmemory", "1");

        // longer than any lease lasts
        Eventually.isTrue(
                () -> System.nanoTime() - began > Duration.ofSeconds(9).toNanos());
        assertThat(worker.processing().status().routes().get(0).partitions()).isEqualTo(1);
        site.release(9, true);
    }

    @Test
    void aDeadLetterIsKeptThoughRedisIsFull() {
        site.holds();
        works.process("a", routes, site);
        works.post("page_view", "s1", 1);
        Eventually.isTrue(() -> !site.asked.isEmpty());
        works.redis.command("CONFIG", "SET", "maxmemory", "1");

        site.releaseRefused();

        Eventually.isTrue(() -> works.books("all", "dead") == 1);
        assertThat(works.redis.number("XLEN", "{test:0}:dead")).isEqualTo(1);
    }

    @Test
    void aPartitionThatAnotherProcessHasIsNotReadUntilItIsFree() {
        String lease = "{test:0}:route:all:owner";
        works.redis.command("SET", lease, "another");
        works.post("page_view", "s1", 1);
        Site other = new Site("other", 10, 2);
        List<RouteSettings> both = List.of(Works.route("all", "site"), Works.route("free", "other"));
        works.process("a", Duration.ofMillis(50), 3, DAY, both, site, other);
        Eventually.isTrue(() -> works.books("free", "acknowledged") == 1);

        boolean before = site.asked.isEmpty();
        works.redis.command("DEL", lease);

        assertThat(before).isTrue();
        Eventually.isTrue(() -> works.books("all", "acknowledged") == 1);
    }

    @Test
    void whatThePredecessorHadIsTakenAtOnce() {
        works.redis.command("SET", "{test:0}:route:all:owner", "a/killed");
        works.redis.command("ZADD", "test:processors", Long.toString(Long.MAX_VALUE), "route:all a/killed");
        works.post("page_view", "s1", 1);

        works.processAfter("a/killed", routes, site);

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 1);
    }

    @Test
    void nothingIsBegunAnyMoreWhenTheLeaseCouldNotBeProlonged() {
        Site single = new Site("site", 1, 1);
        single.holds();
        works.post("page_view", "s1", 10);
        works.process("a", routes, single);
        Eventually.isTrue(() -> single.asked.size() == 1 && works.pending("route:all") == 10);
        works.redis.freeze();
        long began = System.nanoTime();
        Eventually.isTrue(
                () -> System.nanoTime() - began > Duration.ofSeconds(7).toNanos());

        single.release(1, true);
        Eventually.isTrue(() -> single.taken.size() == 1);
        int begun = single.asked.size();
        works.redis.thaw();

        assertThat(begun).isEqualTo(1);
        Eventually.isTrue(() -> works.books("all", "acknowledged") == 10);
    }

    @Test
    void aDestinationWhoseCodeThrowsLosesNothing() {
        works.post("page_view", "s1", 3);
        site.does(batch -> {
            throw new IllegalStateException("a fault");
        });
        works.process("a", routes, site);
        Eventually.isTrue(() -> !site.asked.isEmpty());

        site.does(batch -> Site.delivered());

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 3);
    }

    @Test
    void nothingIsBegunAnyMoreWhileItStops() {
        site.holds();
        Worker worker = works.process("a", routes, site);
        works.post("page_view", "s1", 1);
        Eventually.isTrue(() -> site.asked.size() == 1);

        Future<Void> stopped = worker.processing().stop();
        works.post("page_view", "s1", 1);

        Works.await(stopped);
        assertThat(site.asked).hasSize(1);
    }

    @Test
    void aReDriveEndsThoughWhatItBringsBackIsRefusedAgain() {
        site.does(batch -> Site.refused());
        Worker worker = works.process("a", routes, site);
        works.post("page_view", "s1", 2_000);
        Eventually.isTrue(() -> works.books("all", "dead") == 2_000);

        long driven = Works.await(worker.processing().redelivery().redrive(Redelivery.Filter.ALL));

        assertThat(driven).isEqualTo(2_000);
    }
}

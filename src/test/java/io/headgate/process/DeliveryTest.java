package io.headgate.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.headgate.destination.Outgoing;
import io.headgate.process.RouteSettings.Match;
import io.headgate.process.RouteSettings.Priority;
import io.headgate.process.Works.Worker;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events go from the streams to their destinations, and are acknowledged when they are through. */
class DeliveryTest {
    private final Works works = new Works(2);
    private final Site site = new Site("site", 10, 2);

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void whatIsOnTheStreamsIsDeliveredOnceAndAcknowledged() {
        List<String> posted = new ArrayList<>(works.post("page_view", "s1", 300));
        works.process("a", List.of(Works.route("all", "site")), site);

        posted.addAll(works.post("page_view", "s2", 300));

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 600);
        assertThat(site.ids()).containsExactlyInAnyOrderElementsOf(posted);
        assertThat(works.pending("route:all")).isZero();
        assertThat(works.books("all", "delivered")).isEqualTo(600);
    }

    @Test
    void anEventIsAcknowledgedOnlyWhenItsDestinationHasConfirmedIt() {
        site.holds();
        works.process("a", List.of(Works.route("all", "site")), site);
        works.post("page_view", "s1", 1);
        Eventually.isTrue(() -> site.asked.size() == 1);

        long before = works.pending("route:all");
        site.release(1, true);

        assertThat(before).isEqualTo(1);
        Eventually.isTrue(() -> works.books("all", "acknowledged") == 1);
    }

    @Test
    void itIsDeliveredAsItWasPostedButOnOneLine() {
        works.process("a", List.of(Works.route("all", "site")), site);

        String id = works.post("page_view", "s1", 1).get(0);

        Outgoing event = Eventually.notNull(() -> site.taken.isEmpty() ? null : site.taken.get(0));
        assertThat(new String(event.json().copy(10_000), StandardCharsets.UTF_8))
                .isEqualTo("{\"event_id\":\"" + id + "\",\"event_name\":\"page_view\",\"session_id\":\"s1\", "
                        + "\"properties\":{\"n\":0,\"price\":1.50},\"context\":{\"page\":\"/a\"}}");
        assertThat(event.receivedMillis()).isEqualTo(1_763_688_289_123L);
        assertThat(event.source()).isEqualTo("shop");
        assertThat(event.sessionId()).isEqualTo("s1");
    }

    @Test
    void whatARouteDoesNotWantIsAcknowledgedAsFiltered() {
        Match leads = new Match(List.of(), true, List.of(), List.of());
        works.process("a", List.of(Works.route("leads", "site", Priority.HIGH, false, leads)), site);

        works.post("page_view", "s1", 5);
        List<String> wanted = works.post("lead_submitted", "s1", 2);

        Eventually.isTrue(() -> works.books("leads", "acknowledged") == 7);
        assertThat(works.books("leads", "filtered")).isEqualTo(5);
        assertThat(works.books("leads", "delivered")).isEqualTo(2);
        assertThat(site.ids()).containsExactlyElementsOf(wanted);
    }

    @Test
    void eachRouteHasEveryEvent() {
        Site other = new Site("other", 10, 2);
        works.process("a", List.of(Works.route("one", "site"), Works.route("two", "other")), site, other);

        List<String> posted = works.post("page_view", "s1", 50);

        Eventually.isTrue(() -> site.taken.size() == 50 && other.taken.size() == 50);
        assertThat(site.ids()).containsExactlyInAnyOrderElementsOf(posted);
        assertThat(other.ids()).containsExactlyInAnyOrderElementsOf(posted);
    }

    @Test
    void batchesAreNoLargerThanTheDestinationTakes() {
        works.post("page_view", "s1", 101);

        works.process("a", List.of(Works.route("all", "site")), site);

        Eventually.isTrue(() -> site.taken.size() == 101);
        assertThat(site.asked).allMatch(batch -> batch.size() <= 10).anyMatch(batch -> batch.size() == 10);
    }

    @Test
    void whatAKilledProcessLeftIsTakenByTheNext() {
        site.holds();
        List<String> posted = works.post("page_view", "s1", 40);
        Worker first = works.process("a", List.of(Works.route("all", "site")), site);
        Eventually.isTrue(() -> site.asked.size() == 2);
        works.kill(first);

        Site mended = new Site("site", 10, 2);
        works.process("b", List.of(Works.route("all", "site")), mended);

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 40);
        assertThat(mended.ids()).containsExactlyInAnyOrderElementsOf(posted);
    }

    @Test
    void ofAFullDestinationNoMoreIsReadThanALaneMayHold() {
        Site free = new Site("free", 100, 4);
        site.holds();
        works.post("page_view", "s1", 3 * LaneLimits.EVENTS_MAX);

        works.process("a", List.of(Works.route("full", "site"), Works.route("free", "free")), site, free);

        // by then the other had all the time to be read that this one would need
        Eventually.isTrue(() -> works.books("free", "acknowledged") == 3 * LaneLimits.EVENTS_MAX);
        assertThat(works.pending("route:full")).isBetween(1L, (long) LaneLimits.EVENTS_MAX);
    }

    @Test
    void eventsThatWeighMoreThanALaneMayHoldAreDeliveredAllTheSame() {
        works.process("a", List.of(Works.route("all", "site")), site);

        // by the first it knows what they weigh
        for (int i = 1; i <= 3; i++) {
            int posted = i;
            works.postLarge("page_view", "s1", 1, LaneLimits.BYTES_MAX);
            Eventually.isTrue(() -> works.books("all", "delivered") == posted);
        }

        assertThat(site.ids()).hasSize(3);
    }

    @Test
    void twoProcessesShareTheWorkAndEachEventIsDeliveredOnce() {
        works.process("a", List.of(Works.route("all", "site")), site);
        Site other = new Site("site", 10, 2);
        Worker second = works.process("b", List.of(Works.route("all", "site")), other);
        Eventually.isTrue(() -> second.processing().status().processes().size() == 2
                && second.processing().status().routes().get(0).partitions() == 1);

        List<String> posted = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            posted.addAll(works.post("page_view", "s" + i, 5));
        }

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 100);
        List<String> delivered = new ArrayList<>(site.ids());
        delivered.addAll(other.ids());
        assertThat(new HashSet<>(delivered)).containsExactlyInAnyOrderElementsOf(posted);
        assertThat(other.ids()).isNotEmpty();
        assertThat(site.ids()).isNotEmpty();
    }

    @Test
    void aProcessThatDoesNotHaveARouteIsNotDealtPartitionsOfIt() {
        Site other = new Site("other", 10, 2);
        Worker both = works.process("a", List.of(Works.route("one", "site"), Works.route("two", "other")), site, other);
        Worker one = works.process("b", List.of(Works.route("two", "other")), other);
        Eventually.isTrue(() -> both.processing().status().processes().size() == 2
                && one.processing().status().routes().get(0).partitions() == 1
                && both.processing().status().routes().get(1).partitions() == 1);

        List<String> posted = new ArrayList<>(works.post("page_view", "s1", 20));
        posted.addAll(works.post("page_view", "s2", 20));
        posted.addAll(works.post("page_view", "s3", 20));

        Eventually.isTrue(() -> works.books("one", "acknowledged") == 60 && works.books("two", "acknowledged") == 60);
        assertThat(site.ids()).containsExactlyInAnyOrderElementsOf(posted);
        assertThat(other.ids()).containsExactlyInAnyOrderElementsOf(posted);
    }

    @Test
    void whatIsBeingDeliveredWhenAPartitionIsHandedOnIsNotDeliveredByTheNextOne() {
        site.holds();
        works.process("a", List.of(Works.route("all", "site")), site);
        for (int i = 0; i < 20; i++) {
            works.post("page_view", "s" + i, 1);
        }
        Eventually.isTrue(() -> site.asked.size() == 2);
        List<String> underWay =
                site.asked.stream().flatMap(List::stream).map(Outgoing::eventId).toList();

        Site other = new Site("site", 10, 2);
        Worker second = works.process("b", List.of(Works.route("all", "site")), other);
        Eventually.isTrue(() -> second.processing().status().processes().size() == 2);
        // longer than a lease: it is prolonged for as long as the delivery takes
        long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
        Eventually.isTrue(() -> System.nanoTime() > end);
        site.release(20, true);

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 20);
        assertThat(other.ids()).doesNotContainAnyElementsOf(underWay);
        Eventually.isTrue(() -> second.processing().status().routes().get(0).partitions() == 1);
    }

    @Test
    void highRoutesAreDeliveredFirstWhenTheDestinationIsSlow() {
        Site slow = new Site("site", 1, 1);
        slow.holds();
        Match leads = new Match(List.of(), true, List.of(), List.of());
        Match pages = new Match(List.of("page_view"), false, List.of(), List.of());
        works.post("page_view", "s1", 200);
        works.process(
                "a",
                List.of(
                        Works.route("rest", "site", Priority.NORMAL, false, pages),
                        Works.route("leads", "site", Priority.HIGH, false, leads)),
                slow);
        Eventually.isTrue(() -> slow.asked.size() == 1);

        List<String> wanted = works.post("lead_submitted", "s2", 5);
        Eventually.isTrue(() -> works.pending("route:leads") == 5);
        slow.release(1, false);
        for (int i = 2; i <= 12; i++) {
            int asked = i;
            Eventually.isTrue(() -> slow.asked.size() == asked);
            slow.release(1, false);
        }

        // one was under way, and one may have been chosen before the leads were read
        List<String> first = slow.ids().subList(0, 7);
        assertThat(first).containsAll(wanted);
        slow.release(0, true);
        slow.release(1, true);
    }

    @Test
    void aRouteThatIsPausedDeliversNothingUntilItIsResumed() {
        Worker process = works.process("a", List.of(Works.route("all", "site")), site);
        Works.await(process.processing().pause("all", Duration.ofHours(1)));
        Eventually.isTrue(() -> process.processing().status().routes().get(0).pausedUntilMillis() > 0);

        works.post("page_view", "s1", 3);
        Eventually.isTrue(() -> works.pending("route:all") == 3);
        assertThat(site.asked).isEmpty();
        Works.await(process.processing().resume("all"));

        Eventually.isTrue(() -> site.taken.size() == 3);
    }

    @Test
    void aFaultOfTheDestinationsCodeLosesNothing() {
        List<String> posted = works.post("page_view", "s1", 3);
        site.does(batch -> Future.failedFuture("a fault"));
        works.process("a", List.of(Works.route("all", "site")), site);
        Eventually.isTrue(() -> !site.asked.isEmpty());

        site.does(batch -> Site.delivered());

        Eventually.isTrue(() -> new HashSet<>(site.ids()).equals(new HashSet<>(posted)));
    }

    @Test
    void aRedisThatSpeaksOnlyTheOlderProtocolIsReadAsWell() {
        try (Works older = new Works(1, "--rename-command", "HELLO", "")) {
            older.post("page_view", "s1", 3);

            assertThat(older.read("mine")).hasSize(3);
        }
    }
}

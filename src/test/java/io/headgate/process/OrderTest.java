package io.headgate.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.headgate.destination.Outgoing;
import io.headgate.process.RouteSettings.Priority;
import io.headgate.process.Works.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An ordered route delivers the events of a session in the order in which they were stored, whatever fails. */
class OrderTest {
    private final Works works = new Works(1);
    private final Site site = new Site("site", 7, 4);
    private final List<RouteSettings> ordered =
            List.of(Works.route("all", "site", Priority.NORMAL, true, Works.EVERYTHING));

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void aSessionsEventsStayInOrderThoughDeliveriesFailAtRandom() {
        Map<String, List<String>> posted = posted(10, 12);
        Random random = new Random(7);
        site.does(batch -> random.nextInt(4) == 0 ? Site.failed() : Site.delivered());

        works.process("a", Duration.ofMillis(5), 1_000, Duration.ofHours(24), ordered, site);

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 120);
        assertThat(taken(site)).isEqualTo(posted);
    }

    @Test
    void anEventThatFailsHoldsItsOwnSessionUpAndNoOther() {
        Map<String, List<String>> posted = posted(3, 20);
        String ill = posted.get("s1").get(0);
        site.does(batch ->
                batch.stream().anyMatch(event -> event.eventId().equals(ill)) ? Site.failed() : Site.delivered());
        works.process("a", Duration.ofMillis(300), 1_000, Duration.ofHours(24), ordered, site);

        Eventually.isTrue(() -> site.taken.size() == 40);
        assertThat(taken(site)).doesNotContainKey("s1");
        site.does(batch -> Site.delivered());

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 60);
        assertThat(taken(site)).isEqualTo(posted);
    }

    @Test
    void whatADeadLetterHeldUpFollowsIt() {
        Map<String, List<String>> posted = posted(2, 10);
        String poison = posted.get("s0").get(4);
        site.does(batch ->
                batch.stream().anyMatch(event -> event.eventId().equals(poison)) ? Site.refused() : Site.delivered());

        works.process("a", Duration.ofMillis(5), 3, Duration.ofHours(24), ordered, site);

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 20);
        posted.get("s0").remove(poison);
        assertThat(taken(site)).isEqualTo(posted);
    }

    @Test
    void theNextProcessGoesOnInOrder() {
        Map<String, List<String>> posted = posted(5, 40);
        site.holds();
        Worker first = works.process("a", Duration.ofMillis(5), 3, Duration.ofHours(24), ordered, site);
        Eventually.isTrue(() -> site.asked.size() == 1);
        site.release(1, false);
        Eventually.isTrue(() -> site.asked.size() == 2);
        works.kill(first);
        int before = site.taken.size();

        Site second = new Site("site", 7, 4);
        works.process("b", Duration.ofMillis(5), 3, Duration.ofHours(24), ordered, second);

        Eventually.isTrue(() -> works.books("all", "acknowledged") == 200);
        assertThat(second.taken.size()).isBetween(200 - before, 200);
        List<Outgoing> all = new ArrayList<>(site.taken.subList(0, 200 - second.taken.size()));
        all.addAll(second.taken);
        assertThat(bySession(all)).isEqualTo(posted);
    }

    private Map<String, List<String>> posted(int sessions, int each) {
        Map<String, List<String>> posted = new LinkedHashMap<>();
        for (int i = 0; i < each; i++) {
            for (int s = 0; s < sessions; s++) {
                posted.computeIfAbsent("s" + s, session -> new ArrayList<>())
                        .addAll(works.post("page_view", "s" + s, 1));
            }
        }
        return posted;
    }

    private static Map<String, List<String>> taken(Site site) {
        return bySession(site.taken);
    }

    private static Map<String, List<String>> bySession(List<Outgoing> events) {
        Map<String, List<String>> taken = new LinkedHashMap<>();
        events.forEach(event -> taken.computeIfAbsent(event.sessionId(), session -> new ArrayList<>())
                .add(event.eventId()));
        return taken;
    }
}

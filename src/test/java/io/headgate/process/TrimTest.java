package io.headgate.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.headgate.process.Works.Worker;
import io.headgate.stream.GroupState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The streams are trimmed of what everybody has acknowledged, and of nothing else. */
class TrimTest {
    private static final int POSTED = 1_000;
    /** Redis trims whole nodes only. */
    private static final int NODE = 100;

    private final Works works = new Works(1);
    private final Site site = new Site("site", 100, 4);
    private final List<RouteSettings> routes = List.of(Works.route("all", "site"));

    @AfterEach
    void close() {
        works.close();
    }

    @Test
    void whatIsAcknowledgedAndOldIsTrimmed() {
        works.post("page_view", "s1", POSTED);

        works.process("a", Duration.ofMillis(50), 3, Duration.ofMillis(1), routes, site);

        Eventually.isTrue(() -> works.length() <= NODE);
        assertThat(works.books("all", "acknowledged")).isEqualTo(POSTED);
    }

    @Test
    void whatIsNotOldEnoughStays() {
        works.post("page_view", "s1", POSTED);

        Worker worker = works.process("a", Duration.ofMillis(50), 3, Duration.ofHours(1), routes, site);
        Eventually.isTrue(() -> works.books("all", "acknowledged") == POSTED);
        long trimmed = Works.await(works.trim(Duration.ofHours(1)));

        assertThat(trimmed).isZero();
        assertThat(works.length()).isEqualTo(POSTED);
        assertThat(worker.processing().status().trimmed()).isZero();
    }

    @Test
    void whatAnotherGroupHasNotReadStaysThoughEveryRouteIsThrough() {
        works.post("page_view", "s1", POSTED);
        works.redis.command("XGROUP", "CREATE", "{test:0}:events", "theirs", "0");

        Worker worker = works.process("a", Duration.ofMillis(50), 3, Duration.ofMillis(1), routes, site);
        Eventually.isTrue(() -> worker.processing().status().holders().contains("theirs"));

        Eventually.isTrue(() -> works.books("all", "acknowledged") == POSTED);
        Works.await(works.trim(Duration.ZERO));
        assertThat(works.length()).isEqualTo(POSTED);
        GroupState theirs = Eventually.notNull(() -> worker.processing().status().groups().stream()
                .filter(group -> group.group().equals("theirs"))
                .findFirst()
                .orElse(null));
        assertThat(theirs.oldestMillis()).isPositive();
    }

    @Test
    void whatAnotherGroupHasReadAndNotAcknowledgedStays() {
        works.post("page_view", "s1", POSTED);
        works.redis.command("XGROUP", "CREATE", "{test:0}:events", "theirs", "0");
        works.redis.command("XREADGROUP", "GROUP", "theirs", "me", "COUNT", "500", "STREAMS", "{test:0}:events", ">");

        Worker worker = works.process("a", Duration.ofMillis(50), 3, Duration.ofMillis(1), routes, site);
        Eventually.isTrue(() -> worker.processing().status().holders().contains("theirs"));

        assertThat(works.length()).isEqualTo(POSTED);
    }

    @Test
    void whatARouteIsStillDeliveringStays() {
        works.post("page_view", "s1", POSTED);
        site.holds();

        Worker worker = works.process("a", Duration.ofMillis(50), 3, Duration.ofMillis(1), routes, site);
        Eventually.isTrue(() -> worker.processing().status().holders().contains("route:all"));

        assertThat(works.length()).isEqualTo(POSTED);
    }

    @Test
    void aGroupThatIsThroughHoldsNothing() {
        works.post("page_view", "s1", POSTED);
        Worker worker = works.process("a", Duration.ofMillis(50), 3, Duration.ofMillis(1), routes, site);
        Eventually.isTrue(() -> works.books("all", "acknowledged") == POSTED);

        Eventually.isTrue(() -> works.length() == 0);

        assertThat(worker.processing().status().holders()).isEmpty();
    }

    @Test
    void idsOfTheLargestNumbersAreTrimmedLikeAllOthers() {
        String stream = "{test:0}:events";
        for (int n = 3; n >= 0; n--) {
            works.redis.command("XADD", stream, "5-1844674407370955161" + (5 - n), "event", "{}");
        }
        works.redis.command("XGROUP", "CREATE", stream, "theirs", "5-18446744073709551613");

        Works.await(works.trim(Duration.ZERO));
        long unread = works.length();
        works.redis.command("XGROUP", "SETID", stream, "theirs", "5-18446744073709551615");
        long trimmed = Works.await(works.trim(Duration.ZERO));

        assertThat(unread).isGreaterThanOrEqualTo(2);
        assertThat(trimmed).isEqualTo(unread);
    }

    @Test
    void withoutAGroupNothingIsTrimmed() {
        works.post("page_view", "s1", POSTED);

        long trimmed = Works.await(works.trim(Duration.ZERO));

        assertThat(trimmed).isZero();
        assertThat(works.length()).isEqualTo(POSTED);
    }

    @Test
    void whatWaitsIsCountedThoughTheStreamWasTrimmed() {
        works.post("page_view", "s1", POSTED);
        Worker worker = works.process("a", Duration.ofMillis(50), 3, Duration.ofMillis(1), routes, site);
        Eventually.isTrue(() -> works.length() <= NODE);
        site.holds();

        works.post("page_view", "s1", 7);

        Eventually.isTrue(() -> worker.processing().status().routes().get(0).waitingEvents() == 7);
    }

    @Test
    void consumersThatAreGoneAreForgottenWhileAnotherReads() {
        works.process("a", routes, site);
        works.post("page_view", "s1", 1);
        Eventually.isTrue(() -> works.books("all", "acknowledged") == 1);
        works.redis.command("XGROUP", "CREATECONSUMER", "{test:0}:events", "route:all", "gone");
        // Redis 6.2 takes a consumer for silent that has asked and got nothing, so there is always something
        Eventually.isTrue(() -> {
            works.post("page_view", "s1", 1);
            return Works.await(works.forget("route:all", Duration.ofSeconds(2))) == 1;
        });

        assertThat(works.consumers("route:all")).containsExactly("a");
    }

    @Test
    void aGroupThatNobodyReadsKeepsItsConsumersForTheyTellSinceWhen() {
        works.post("page_view", "s1", 1);
        works.redis.command("XGROUP", "CREATE", "{test:0}:events", "route:old", "0");
        works.redis.command("XGROUP", "CREATECONSUMER", "{test:0}:events", "route:old", "gone");

        assertThat(Works.await(works.forget("route:old", Duration.ZERO))).isZero();
        assertThat(works.consumers("route:old")).containsExactly("gone");
    }
}

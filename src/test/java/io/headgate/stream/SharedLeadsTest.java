package io.headgate.stream;

import static io.headgate.stream.Stores.await;
import static io.headgate.stream.Stores.awaitFailure;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.RealRedis;
import io.headgate.event.Lead;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gateways of one Redis know each other's last leads, as ages by its clock. */
class SharedLeadsTest {
    private static final UUID ID = UUID.fromString("6f1c2a52-0000-4000-8000-00000000000a");
    private static final UUID OTHER = UUID.fromString("6f1c2a52-0000-4000-8000-00000000000b");
    private static final long ALL = Long.MAX_VALUE;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    /** What the way to Redis may take on a busy machine. */
    private static final long DELAY = Duration.ofSeconds(20).toMillis();

    private RealRedis redis;
    private Stores stores;
    private SharedLeads one;
    private SharedLeads two;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        stores = new Stores();
        StreamSettings settings = Stores.withDeadline(Stores.settings(redis.uri()), Duration.ofSeconds(5));
        one = stores.started(settings).leads();
        two = stores.started(settings).leads();
    }

    @AfterEach
    void stop() {
        stores.close();
        redis.close();
    }

    @Test
    void whatOneTellsTheOtherHears() {
        await(one.exchange(List.of(new Lead("shop", ID, "lead_submitted", HOUR)), ALL));

        List<Lead> heard = await(two.exchange(List.of(new Lead("blog", OTHER, "signup completed", 0)), ALL));

        assertThat(heard).extracting(Lead::source).containsExactlyInAnyOrder("shop", "blog");
        Lead shop = heard.stream()
                .filter(lead -> lead.source().equals("shop"))
                .findFirst()
                .orElseThrow();
        Lead blog = heard.stream()
                .filter(lead -> lead.source().equals("blog"))
                .findFirst()
                .orElseThrow();
        assertThat(shop.ageMillis()).isBetween(HOUR, HOUR + DELAY);
        assertThat(shop.eventId()).isEqualTo(ID);
        assertThat(blog.eventName()).isEqualTo("signup completed");
    }

    @Test
    void theLaterOfTwoLeadsStays() {
        await(one.exchange(List.of(new Lead("shop", ID, "lead_submitted", HOUR)), ALL));

        await(two.exchange(List.of(new Lead("shop", OTHER, "lead_submitted", 2 * HOUR)), ALL));
        UUID afterAnEarlier = await(one.exchange(List.of(), ALL)).get(0).eventId();
        await(two.exchange(List.of(new Lead("shop", OTHER, "lead_submitted", HOUR / 2)), ALL));
        UUID afterALater = await(one.exchange(List.of(), ALL)).get(0).eventId();

        assertThat(afterAnEarlier).isEqualTo(ID);
        assertThat(afterALater).isEqualTo(OTHER);
    }

    @Test
    void aLeadFromTheFutureOfRedisIsNotBelievedAndGivesWay() {
        redis.command("HSET", "test:leads", "shop", (now() + HOUR) + " " + ID + " lead_submitted");

        List<Lead> unbelieved = await(one.exchange(List.of(), ALL));
        List<Lead> replaced = await(one.exchange(List.of(new Lead("shop", OTHER, "lead_submitted", HOUR)), ALL));

        assertThat(unbelieved).isEmpty();
        assertThat(replaced).extracting(Lead::eventId).containsExactly(OTHER);
    }

    @Test
    void whatSomebodyElseWroteIsNotBelieved() {
        redis.command(
                "HSET", "test:leads", "a", "", "b", "yesterday", "c", now() + " 1-2-3 x", "d", now() + " " + ID + " x");

        assertThat(await(one.exchange(List.of(), ALL))).extracting(Lead::source).containsExactly("d");
    }

    @Test
    void thousandsOfSourcesAreToldInSeveralCalls() {
        List<Lead> mine = IntStream.range(0, 1001)
                .mapToObj(i -> new Lead("source-" + i, new UUID(1, i), "lead_submitted", i))
                .toList();

        List<Lead> heard = await(one.exchange(mine, ALL));

        assertThat(heard).hasSize(1001);
        assertThat(await(two.exchange(List.of(), ALL))).hasSize(1001);
    }

    @Test
    void onlyWhatIsNewIsAnswered() {
        await(one.exchange(List.of(new Lead("shop", ID, "lead_submitted", 0)), ALL));
        // told an hour ago
        redis.command("ZADD", "{test:leads}:written", String.valueOf(now() - HOUR), "shop");
        await(one.exchange(List.of(new Lead("blog", OTHER, "lead_submitted", HOUR * 5)), ALL));

        List<Lead> lately = await(two.exchange(List.of(), HOUR / 2));
        List<Lead> all = await(two.exchange(List.of(), ALL));

        assertThat(lately).extracting(Lead::source).containsExactly("blog");
        assertThat(all).extracting(Lead::source).containsExactlyInAnyOrder("shop", "blog");
    }

    @Test
    void aLeadThatIsNotLaterIsNotNew() {
        await(one.exchange(List.of(new Lead("shop", ID, "lead_submitted", 0)), ALL));
        redis.command("ZADD", "{test:leads}:written", String.valueOf(now() - HOUR), "shop");

        List<Lead> lately = await(two.exchange(List.of(new Lead("shop", OTHER, "lead_submitted", HOUR)), HOUR / 2));

        assertThat(lately).isEmpty();
    }

    @Test
    void whatWasNotToldForSixtyDaysIsDropped() {
        await(one.exchange(List.of(new Lead("gone", ID, "lead_submitted", 0)), ALL));
        await(one.exchange(List.of(new Lead("shop", ID, "lead_submitted", 0)), ALL));
        long day = Duration.ofDays(1).toMillis();
        redis.command("ZADD", "{test:leads}:written", String.valueOf(now() - 61 * day), "gone");
        redis.command("ZADD", "{test:leads}:written", String.valueOf(now() - 59 * day), "shop");

        await(two.exchange(List.of(), 0));

        assertThat(redis.command("HKEYS", "test:leads")).hasToString("[shop]");
        assertThat(redis.command("ZRANGE", "{test:leads}:written", "0", "-1")).hasToString("[shop]");
    }

    @Test
    void anExchangeFailsWhenRedisRefusesOrIsAway() {
        redis.command("SET", "test:leads", "something else");
        assertThat(awaitFailure(one.exchange(List.of(), ALL))).hasMessageContaining("WRONGTYPE");

        redis.kill();
        assertThat(awaitFailure(one.exchange(List.of(), ALL))).isNotNull();
    }

    private long now() {
        List<?> time = (List<?>) redis.command("TIME");
        return Long.parseLong(String.valueOf(time.get(0))) * 1000;
    }
}

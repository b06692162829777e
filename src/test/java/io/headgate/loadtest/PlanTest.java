package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.loadtest.Plan.Fate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a request holds is told by its number, and from each event it is told again. */
class PlanTest {
    private static final int REQUESTS = 800;
    /** So many that what is drawn comes near its share. */
    private static final int MANY = 8_000;

    private static final List<Request.Source> SOURCES = List.of(
            new Request.Source("shop", "k1"), new Request.Source("blog", "k2"), new Request.Source("app", "k3"));

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void everyEventOfARequestIsKnownByItsBytes(Scenario scenario) throws IOException {
        Plan plan = plan(1, scenario);

        for (int i = 0; i < REQUESTS; i++) {
            Request request = plan.request(i);
            String body = text(request);
            for (long event = request.first(); event < request.first() + request.events(); event++) {
                byte[] bytes = plan.bytes(event);
                assertThat(body).contains(new String(bytes, StandardCharsets.UTF_8));
                assertThat(plan.number(bytes)).isEqualTo(plan.fate(event) == Fate.REPEAT ? event - 1 : event);
                assertThat(plan.sourceOf(event)).isEqualTo(request.source());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void requestsHoldOneEventAfterTheOther(Scenario scenario) {
        Plan plan = plan(1, scenario);

        for (int i = 1; i < REQUESTS; i++) {
            Request before = plan.request(i - 1);
            assertThat(plan.request(i).first()).isEqualTo(before.first() + before.events());
        }
    }

    @Test
    void theSameSeedPlansTheSameAndAnotherSeedOtherIds() {
        assertThat(plan(7, Scenario.MIXED).request(12).body())
                .isEqualTo(plan(7, Scenario.MIXED).request(12).body());
        assertThat(plan(8, Scenario.MIXED).number(plan(7, Scenario.MIXED).bytes(3)))
                .isEqualTo(-1);
    }

    @Test
    void ofAMixedPlanOneInTenIsInvalidAndOneInTenIsSentAgain() {
        Plan plan = plan(1, Scenario.MIXED);
        double posted = 0;
        double invalid = 0;
        double again = 0;
        double gzip = 0;

        for (int i = 0; i < MANY; i++) {
            Request request = plan.request(i);
            posted += request.events() * request.posts();
            gzip += request.gzip() ? 1 : 0;
            again += request.events() * (request.posts() - 1);
            for (long event = request.first(); event < request.first() + request.events(); event++) {
                invalid += plan.fate(event) == Fate.INVALID ? request.posts() : 0;
                again += plan.fate(event) == Fate.REPEAT ? 1 : 0;
            }
        }

        assertThat(invalid / posted).isBetween(0.09, 0.11);
        assertThat(again / posted).isBetween(0.09, 0.11);
        assertThat(gzip / MANY).isBetween(0.48, 0.52);
    }

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"MIXED", "SOAK"})
    void ofAMixedPlanEverythingMeetsEverything(Scenario scenario) {
        Plan plan = plan(1, scenario);
        int sizes = (int) IntStream.of(scenario.cycle()).distinct().count();
        Set<List<Object>> forms = new HashSet<>();
        Set<List<Object>> repeats = new HashSet<>();
        Set<List<Object>> faults = new HashSet<>();

        for (int i = 0; i < MANY; i++) {
            Request request = plan.request(i);
            forms.add(List.of(request.events(), request.gzip(), request.contentType(), request.posts()));
            for (int at = 0; at < request.events(); at++) {
                long event = request.first() + at;
                switch (plan.fate(event)) {
                    case NEW -> {}
                    case REPEAT -> repeats.add(List.of(request.events(), at, request.gzip()));
                    case INVALID -> faults.add(List.of(i % scenario.cycle().length, at, plan.fault(event)));
                }
            }
        }

        assertThat(forms).hasSize(sizes * 2 * 2 * 2);
        int batched =
                IntStream.of(scenario.cycle()).distinct().map(size -> size - 1).sum();
        assertThat(repeats).hasSize(batched * 2);
        assertThat(faults).hasSize(IntStream.of(scenario.cycle()).sum() * Fault.COUNT);
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void aRepeatedEventFollowsANewOneInItsOwnRequest(Scenario scenario) {
        Plan plan = plan(1, scenario);

        for (int i = 0; i < REQUESTS; i++) {
            Request request = plan.request(i);
            assertThat(plan.fate(request.first())).isNotEqualTo(Fate.REPEAT);
            for (long event = request.first() + 1; event < plan.end(i); event++) {
                if (plan.fate(event) == Fate.REPEAT) {
                    assertThat(plan.fate(event - 1)).isEqualTo(Fate.NEW);
                    assertThat(plan.id(event)).isEqualTo(plan.id(event - 1));
                }
            }
        }
    }

    @Test
    void everySourcePostsEverySize() {
        Plan plan = new Plan(1, Scenario.MIXED.shape, Scenario.MIXED.cycle(), SOURCES.subList(0, 2));

        assertThat(IntStream.range(0, REQUESTS)
                        .mapToObj(plan::request)
                        .map(request -> request.source().name() + request.events())
                        .distinct())
                .hasSize(2 * 3);
    }

    @Test
    void anEventTellsItsIdAndItsPartition() {
        Plan plan = plan(1, Scenario.BATCHES);

        for (long event = 0; event < 200; event++) {
            JsonObject json = new JsonObject(Buffer.buffer(plan.bytes(event)));
            assertThat(plan.id(event)).isEqualTo(json.getString("event_id"));
            assertThat(plan.partition(event, 7))
                    .isEqualTo(Events.crc16(json.getString("session_id").getBytes(StandardCharsets.UTF_8)) % 7);
        }
    }

    @ParameterizedTest
    @CsvSource({"123456789,0x31C3", "'',0", "A,0x58E5", "foo,0xAF96", "user1000,0x4D73"})
    void thePartitionIsOfTheChecksumThatRedisClusterTakes(String text, String crc) {
        assertThat(Events.crc16(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Integer.decode(crc));
    }

    @Test
    void ofTheBriefAllAreLeads() {
        Plan plan = plan(1, Scenario.BRIEF);

        assertThat(LongStream.range(0, 100).mapToObj(plan::name)).containsOnly("lead_submitted");
        assertThat(new String(plan.bytes(5), StandardCharsets.UTF_8)).contains("\"event_name\":\"lead_submitted\"");
    }

    @Test
    void anEventHasAbout470Bytes() {
        Plan plan = plan(1, Scenario.BATCHES);

        assertThat(LongStream.range(0, 5_000)
                        .map(event -> plan.bytes(event).length)
                        .average()
                        .orElse(0))
                .isBetween(440.0, 500.0);
    }

    private static Plan plan(long seed, Scenario scenario) {
        return new Plan(seed, scenario.shape, scenario.cycle(), SOURCES);
    }

    private static String text(Request request) throws IOException {
        byte[] body = request.body();
        if (request.gzip()) {
            try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
                body = gzip.readAllBytes();
            }
        }
        return new String(body, StandardCharsets.UTF_8);
    }
}

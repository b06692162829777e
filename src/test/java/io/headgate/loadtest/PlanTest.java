package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.loadtest.Plan.Fate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a request holds is told by its number, and from each event it is told again. */
class PlanTest {
    private static final int REQUESTS = 800;
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

        for (int i = 0; i < REQUESTS; i++) {
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
        assertThat(gzip / REQUESTS).isBetween(0.49, 0.51);
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

package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.load.Status;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What could not be read is no pass. */
class JudgeTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    @Test
    void withNeitherGatewayNorRedisNothingPasses() {
        Plan plan = new Plan(1, Scenario.BRIEF.shape, new int[] {1}, List.of(new Request.Source("demo", "demo")));
        Baseline baseline =
                new Baseline(new Status(new JsonObject()), List.of("0-0"), "0-0", new Baseline.Quarantined(0, 0));
        Ledger ledger = new Ledger(plan);
        ledger.sent(plan.request(0));

        try (GatewayAt gateway =
                new GatewayAt(new GatewayAt.Addresses(NOBODY, NOBODY, "", "redis://127.0.0.1:1", "headgate"))) {
            List<Check> checks = new Judge(gateway, plan, ledger, baseline).checks();

            assertThat(checks).filteredOn(Check::pass).extracting(Check::name).containsExactly("answers as planned");
            assertThat(checks)
                    .filteredOn(check -> check.detail().startsWith("could not be read"))
                    .hasSize(5);
        }
    }
}

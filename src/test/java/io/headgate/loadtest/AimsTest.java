package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An aim is reached at its figure and missed one past it. */
class AimsTest {
    @ParameterizedTest
    @CsvSource({"10.0,0.1,true", "10.001,0.1,false", "10.0,0.101,false", "0,0.1,false", "9,0,false"})
    void theBrief(double p99, double cores, boolean reached) {
        assertThat(reached(Scenario.BRIEF, 0, 167, p99, cores, 1, 1, true)).isEqualTo(reached);
    }

    @ParameterizedTest
    @CsvSource({
        "100000,3.5,7,false,true",
        "99999,3.5,7,false,false",
        "99999,3.5,7,true,true",
        "100000,3.51,7,true,false",
        "100000,3.5,0,true,false"
    })
    void batches(double events, double gateway, double redis, boolean appendOnly, boolean reached) {
        assertThat(reached(Scenario.BATCHES, 0, events, 10, 1, gateway, redis, appendOnly))
                .isEqualTo(reached);
    }

    @ParameterizedTest
    @CsvSource({"50,true", "50.1,false"})
    void theOutage(double p99, boolean reached) {
        assertThat(reached(Scenario.OUTAGE, 0, 2_000, p99, 1, 1, 1, true)).isEqualTo(reached);
    }

    @Test
    void aFailedRequestMissesEvery() {
        for (Scenario scenario : Scenario.values()) {
            assertThat(reached(scenario, 1, 200_000, 1, 0.01, 1, 9, false)).isFalse();
            assertThat(reached(scenario, 0, 200_000, 1, 0.01, 1, 9, false)).isTrue();
        }
    }

    private static boolean reached(
            Scenario scenario,
            long failed,
            double events,
            double p99,
            double cores,
            double gateway,
            double redis,
            boolean appendOnly) {
        List<Check> aims = Aims.of(
                scenario,
                new Report.Load(60, 1, 1, failed, 1, events, 1, 0, 0, 0),
                new Report.Times(1, 1, p99, 1, 1),
                new Report.Costs(gateway, redis, cores, 1, 1, 1, 1, 1, 1, 1, 1, 1),
                appendOnly);
        return aims.stream().allMatch(Check::pass);
    }
}

package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.PostResult;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final PostResult NO_ANSWER = new PostResult.Failed("no connection");
    private static final List<Integer> SECONDS = List.of(1, 2, 5, 10, 30, 60, 60, 60);

    @Test
    void theWaitsAreThoseOfTheContractWithinAFifth() {
        Retries least = new Retries(() -> 0);
        Retries most = new Retries(() -> -1);
        Retries any = new Retries(RandomGenerator.of("L64X128MixRandom"));

        for (int failures = 1; failures <= SECONDS.size(); failures++) {
            Duration middle = Duration.ofSeconds(SECONDS.get(failures - 1));
            assertThat(least.after(failures, NO_ANSWER))
                    .isEqualTo(middle.multipliedBy(4).dividedBy(5));
            assertThat(most.after(failures, NO_ANSWER))
                    .isEqualTo(middle.multipliedBy(6).dividedBy(5));
            assertThat(any.after(failures, NO_ANSWER))
                    .isBetween(
                            middle.multipliedBy(4).dividedBy(5),
                            middle.multipliedBy(6).dividedBy(5));
        }
        assertThat(any.after(1_000_000, NO_ANSWER)).isLessThanOrEqualTo(Duration.ofSeconds(72));
    }

    @Test
    void twoGatewaysDoNotComeBackInStep() {
        Retries one = new Retries(new Random(1));
        Retries other = new Retries(new Random(2));

        assertThat(one.after(6, NO_ANSWER)).isNotEqualTo(other.after(6, NO_ANSWER));
    }

    @Test
    void whatAReceiverAsksForIsWaitedForIfItIsLonger() {
        Retries retries = new Retries(() -> Long.MIN_VALUE);

        assertThat(retries.after(1, busy(Duration.ofSeconds(90)))).isEqualTo(Duration.ofSeconds(90));
        assertThat(retries.after(6, busy(Duration.ofSeconds(3)))).isEqualTo(Duration.ofSeconds(60));
        assertThat(retries.after(1, busy(null))).isEqualTo(Duration.ofSeconds(1));
    }

    private static PostResult busy(Duration retryAfter) {
        return new PostResult.Answered(503, retryAfter, "");
    }
}

package io.headgate.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.time.HeldClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private final HeldClock clock = new HeldClock();
    private final RetryAfter retryAfter = new RetryAfter(Duration.ofSeconds(5), clock);

    @Test
    void theWaitIsDoubledWhileNothingIsStoredAndEndsAtSixtySeconds() {
        retryAfter.heard(false);

        assertThat(after(0)).isEqualTo(5);
        assertThat(after(4)).isEqualTo(5);
        assertThat(after(5)).isEqualTo(10);
        assertThat(after(10)).isEqualTo(20);
        assertThat(after(20)).isEqualTo(40);
        assertThat(after(40)).isEqualTo(60);
        assertThat(after(3600)).isEqualTo(60);
    }

    @Test
    void aStoredBatchBeginsAnew() {
        retryAfter.heard(false);
        assertThat(after(30)).isEqualTo(40);

        retryAfter.heard(true);
        assertThat(after(30)).isEqualTo(5);

        retryAfter.heard(false);
        assertThat(after(34)).isEqualTo(5);
    }

    private long after(int seconds) {
        clock.pass(Duration.ofSeconds(seconds).minusNanos(clock.nanos()));
        return retryAfter.now().toSeconds();
    }
}

package io.headgate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long QUICK = Duration.ofMillis(2).toNanos();
    private static final long SLOW = Duration.ofMillis(200).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Pace pace = new Pace();

    @Test
    void callsBeginSmallAndAreDoubledWhileRedisIsQuick() {
        for (int events : new int[] {16, 32, 64, 128, 256, 256}) {
            assertThat(pace.events()).isEqualTo(events);
            pace.went(QUICK);
        }
    }

    @Test
    void slowCallsAreHalvedAndAFailureBeginsAnew() {
        for (int i = 0; i < 4; i++) {
            pace.went(QUICK);
        }

        pace.went(SLOW);
        assertThat(pace.events()).isEqualTo(128);
        pace.begin();
        assertThat(pace.events()).isEqualTo(16);
        pace.went(SLOW);
        assertThat(pace.events()).isEqualTo(16);
    }

    @Test
    void itRestsAsLongAsTheCallTookAndATenthOfASecondAtMost() {
        assertThat(pace.rest()).isZero();

        pace.went(QUICK);
        assertThat(pace.rest()).isEqualTo(Duration.ofMillis(2));
        pace.went(SLOW);
        assertThat(pace.rest()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void itDoesNotRestUnlessItMovesThreeTimesAsManyAsArrive() {
        pace.look(SECOND, 0, 0);
        pace.went(QUICK);

        pace.look(2 * SECOND, 1_000, 2_999);
        assertThat(pace.rest()).isZero();
        pace.look(3 * SECOND, 2_000, 5_999);
        assertThat(pace.rest()).isPositive();
    }
}

package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A bucket holds a second's allowance and fills evenly. */
class RateTest {
    private final SteeredClock clock = SteeredClock.standing();

    @Test
    void asManyAsASecondHoldsAtOnceAndNotOneMore() {
        for (int perSecond : new int[] {1, 3, 7, 100, 9_999, 1_000_000}) {
            Rate rate = new Rate(clock, perSecond);

            int let = 0;
            while (rate.take(1) == 0) {
                let++;
            }

            assertThat(let).as(perSecond + " a second").isEqualTo(perSecond);
        }
    }

    @Test
    void whoComesAfterTheStatedWaitIsLetThrough() {
        Rate rate = new Rate(clock, 10);
        assertThat(rate.take(10)).isZero();

        long wait = rate.take(4);
        clock.pass(Duration.ofNanos(wait - 1));
        long tooEarly = rate.take(4);
        clock.pass(Duration.ofNanos(1));

        assertThat(wait).isEqualTo(Duration.ofMillis(400).toNanos());
        assertThat(tooEarly).isEqualTo(1);
        assertThat(rate.take(4)).isZero();
    }

    @Test
    void aRefusedDemandTakesNothing() {
        Rate rate = new Rate(clock, 10);
        assertThat(rate.take(8)).isZero();

        assertThat(rate.take(3)).isPositive();

        assertThat(rate.take(2)).isZero();
    }

    @Test
    void moreThanTheBucketHoldsIsTakenWhenItIsFullAndPaidForLater() {
        Rate rate = new Rate(clock, 10);

        assertThat(rate.take(50)).isZero();
        assertThat(rate.take(50)).isEqualTo(Duration.ofSeconds(5).toNanos());
        assertThat(rate.take(1)).isEqualTo(Duration.ofMillis(4_100).toNanos());
        clock.pass(Duration.ofSeconds(5));

        assertThat(rate.take(50)).isZero();
    }

    @Test
    void anIdleHourSavesNoMoreThanASecond() {
        Rate rate = new Rate(clock, 5);
        clock.pass(Duration.ofHours(1));

        assertThat(rate.take(5)).isZero();
        assertThat(rate.take(1)).isPositive();
    }

    @Test
    void manyThreadsTogetherGetNoMoreThanOne() throws InterruptedException {
        Rate rate = new Rate(clock, 5_000);
        AtomicInteger let = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);

        for (int i = 0; i < 4; i++) {
            threads.execute(() -> {
                for (int n = 0; n < 3_000; n++) {
                    if (rate.take(1) == 0) {
                        let.incrementAndGet();
                    }
                }
            });
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(let).hasValue(5_000);
    }

    @Test
    void aRateBelowOneIsNoRate() {
        assertThatThrownBy(() -> new Rate(clock, 0)).hasMessageContaining("at least 1");
    }
}

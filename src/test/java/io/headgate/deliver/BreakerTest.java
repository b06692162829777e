package io.headgate.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.time.HeldClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final HeldClock clock = new HeldClock();
    private final Breaker breaker = breaker(0.05, 20);

    @ParameterizedTest
    @CsvSource({"499, 10000, closed", "500, 10000, closed", "501, 10000, open", "1, 20, closed", "2, 20, open"})
    void itOpensWhenTheShareOfFailedWritesExceedsTheLimitAndNotAtIt(int failed, int writes, String state) {
        succeed(writes - failed);

        fail(failed);

        assertThat(breaker.state()).isEqualTo(state);
    }

    @Test
    void fewerWritesThanTheMinimumSayNothing() {
        fail(19);
        assertThat(breaker.state()).isEqualTo("closed");

        fail(1);
        assertThat(breaker.state()).isEqualTo("open");
    }

    @Test
    void whatFailedBeforeTheWindowIsForgotten() {
        fail(19);
        clock.pass(WINDOW.plusSeconds(1));

        fail(1);

        assertThat(breaker.state()).isEqualTo("closed");
    }

    @Test
    void whatFailedWhileRedisWasAwayIsForgottenWhenItIsBack() {
        fail(19);

        breaker.begin();
        succeed(100);

        assertThat(breaker.closed()).isTrue();
        fail(5);
        assertThat(breaker.closed()).as("4.8 % since").isTrue();
        fail(1);
        assertThat(breaker.closed()).isFalse();
    }

    @Test
    void aBreakerThatIsOpenIsClosedByTrialsAlone() {
        fail(20);

        breaker.begin();

        assertThat(breaker.state()).isEqualTo("open");
    }

    @Test
    void aLimitOfZeroOpensAtTheFirstFailure() {
        Breaker strict = breaker(0, 1);
        strict.heard(strict.turn(), true);
        assertThat(strict.closed()).isTrue();

        strict.heard(strict.turn(), false);

        assertThat(strict.closed()).isFalse();
    }

    @Test
    void itIsTriedAgainAfterASecondThenTwoAndTenAtMost() {
        fail(20);

        for (int seconds : new int[] {1, 2, 4, 8, 10, 10}) {
            clock.pass(Duration.ofSeconds(seconds));
            assertThat(breaker.trialDue()).as("after %s s", seconds).isFalse();
            clock.pass(Duration.ofMillis(1));
            assertThat(breaker.trialDue()).isTrue();
            breaker.tried(false);
            tryAll(false);
            assertThat(breaker.state()).isEqualTo("open");
        }
    }

    @Test
    void trialsThatSucceedCloseItAndOneFailureOfThemIsForgiven() {
        halfOpen();

        breaker.tried(false);
        tryAll(true);

        assertThat(breaker.closed()).isTrue();
    }

    @Test
    void twoFailedTrialsOpenItAgain() {
        halfOpen();

        breaker.tried(false);
        assertThat(breaker.trialDue()).isTrue();
        breaker.tried(false);
        tryAll(true);

        assertThat(breaker.state()).isEqualTo("open");
    }

    @Test
    void whatAWriteCameToIsNotHeardWhenTheStateHasChangedSince() {
        long begun = breaker.turn();
        fail(20);
        clock.pass(Duration.ofSeconds(2));
        assertThat(breaker.trialDue()).isTrue();

        for (int i = 0; i < 100; i++) {
            breaker.heard(begun, true);
        }

        assertThat(breaker.state()).isEqualTo("half_open");
        tryTaken(true);
        assertThat(breaker.closed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stepsOfTheWallClockChangeNothingInAnyState(boolean back) {
        Duration step = back ? HOUR.negated() : HOUR;
        fail(10);
        clock.step(step);
        fail(10);
        assertThat(breaker.state()).as("closed").isEqualTo("open");

        clock.step(step);
        assertThat(breaker.trialDue()).as("open").isFalse();
        clock.pass(Duration.ofMillis(1001));
        assertThat(breaker.trialDue()).as("open, its time over").isTrue();

        clock.step(step);
        tryTaken(true);
        assertThat(breaker.closed()).as("half open").isTrue();

        succeed(1000);
        clock.step(step);
        fail(100);
        assertThat(breaker.state()).as("closed again").isEqualTo("open");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noInterleavingOfWritesAndTrialsLosesItsPermits(long seed) {
        Random random = new Random(seed);
        List<Long> begun = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(4)) {
                case 0 -> begun.add(breaker.turn());
                case 1 -> end(begun, random);
                case 2 -> trial(random.nextInt(100) < 90);
                default -> clock.pass(Duration.ofMillis(random.nextInt(500)));
            }
        }

        clock.pass(Duration.ofMinutes(1));
        for (int i = 0; i <= 2 * Breaker.TRIALS && !breaker.closed(); i++) {
            clock.pass(Duration.ofSeconds(11));
            trial(true);
        }
        assertThat(breaker.closed()).isTrue();
    }

    private void end(List<Long> begun, Random random) {
        if (!begun.isEmpty()) {
            breaker.heard(begun.remove(random.nextInt(begun.size())), random.nextInt(100) < 80);
        }
    }

    private void trial(boolean succeeds) {
        if (breaker.trialDue()) {
            breaker.tried(succeeds);
        }
    }

    private void halfOpen() {
        fail(20);
        clock.pass(Duration.ofSeconds(2));
        assertThat(breaker.trialDue()).isTrue();
    }

    private void tryTaken(boolean succeeds) {
        breaker.tried(succeeds);
        tryAll(succeeds);
    }

    private void tryAll(boolean succeed) {
        while (breaker.trialDue()) {
            breaker.tried(succeed);
        }
    }

    private void succeed(int writes) {
        for (int i = 0; i < writes; i++) {
            breaker.heard(breaker.turn(), true);
        }
    }

    private void fail(int writes) {
        for (int i = 0; i < writes; i++) {
            breaker.heard(breaker.turn(), false);
        }
    }

    private Breaker breaker(double errorRate, int callsMin) {
        return new Breaker(
                new DeliverSettings(
                        errorRate,
                        WINDOW,
                        callsMin,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(500)),
                clock);
    }
}

package io.headgate.alert;

import static io.headgate.alert.Watched.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever sets the clock neither pages nor hides a silence; time asleep counts. */
class LeadFlowClockTest {
    private static final Duration A_MILLISECOND = Duration.ofMillis(1);
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final List<Duration> STEPS =
            List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ofDays(1), Duration.ofDays(-1));

    @TempDir(factory = InMemory.class)
    private Path dir;

    private Watched watched;

    @BeforeEach
    void aLeadCame() {
        watched = new Watched(dir, Watched.settings("shop"));
        watched.lead("shop");
        watched.live(Duration.ofHours(1));
    }

    @Test
    void aClockThatIsSetMakesNoDifference() {
        for (Duration step : STEPS) {
            watched.lead("shop");
            watched.live(Duration.ofHours(2));
            watched.clock.step(step);

            watched.live(Duration.ofHours(2).minus(A_MILLISECOND));
            assertThat(watched.stopped("shop")).isFalse();
            watched.live(A_MILLISECOND);

            assertThat(watched.stopped("shop")).isTrue();
            assertThat(watched.stoppedRing("shop").sinceMillis())
                    .isEqualTo(watched.clock.wallMillis() - LIMIT.toMillis());
        }
        assertThat(watched.meters.scrape()).contains("headgate_clock_steps_total 4.0");
    }

    @Test
    void aClockThatIsSetMakesNoDifferenceToAKillRightAfterIt() {
        for (Duration step : STEPS) {
            watched.lead("shop");
            watched.live(Duration.ofHours(2));
            watched.clock.step(step);
            watched.live(Duration.ofSeconds(1));
            watched.start();

            watched.live(Duration.ofHours(2).minusSeconds(1).minus(A_MILLISECOND));
            assertThat(watched.stopped("shop")).isFalse();
            watched.live(A_MILLISECOND);

            assertThat(watched.stopped("shop")).isTrue();
        }
    }

    @Test
    void aClockThatIsSetWhileItIsToldMakesNoDifference() {
        watched.live(LIMIT);

        for (Duration step : STEPS) {
            watched.clock.step(step);
            watched.live(Duration.ofMinutes(1));
        }

        assertThat(watched.changes()).containsExactly("firing LeadFlowStopped/*", "firing LeadFlowStopped/shop");
    }

    @Test
    void timeAsleepCounts() {
        watched.clock.sleep(Duration.ofHours(2));

        watched.live(Duration.ofHours(1).minus(A_MILLISECOND));
        boolean before = watched.stopped("shop");
        watched.live(A_MILLISECOND);

        assertThat(before).isFalse();
        assertThat(watched.stopped("shop")).isTrue();
    }

    @Test
    void aLimitThatPassesAsleepIsToldOnceLeadsHadAMomentToCome() {
        watched.clock.sleep(Duration.ofHours(9));
        watched.flow.look(watched.bell);

        watched.live(GRACE.minus(A_MILLISECOND));
        boolean before = watched.stopped("shop");
        watched.live(A_MILLISECOND);

        assertThat(before).isFalse();
        assertThat(watched.stoppedRing("shop").summary()).isEqualTo("No lead from shop for 10 h 1 m");
    }

    @Test
    void aProcessThatWasStoppedGivesLeadsAMomentToCome() {
        watched.clock.pass(Duration.ofHours(9));
        watched.flow.look(watched.bell);
        boolean atOnce = watched.stopped("shop");

        watched.live(GRACE);

        assertThat(atOnce).isFalse();
        assertThat(watched.stopped("shop")).isTrue();
    }

    @Test
    void whatIsToldGoesOnBeingToldAfterASleep() {
        watched.live(LIMIT);
        watched.clock.sleep(Duration.ofHours(9));

        watched.bell.rings.clear();
        watched.live(A_MILLISECOND);

        assertThat(watched.stopped("shop")).isTrue();
    }

    @Test
    void aLeadRightBeforeASleepIsAsOldAsTheSleep() {
        watched.lead("shop");
        watched.clock.pass(Duration.ofMillis(50));
        watched.clock.sleep(Duration.ofHours(3));
        watched.clock.pass(Duration.ofMillis(50));

        watched.flow.look(watched.bell);

        assertThat(watched.status("shop").silentSeconds()).hasValue(3 * 3600);
    }

    @Test
    void aLeadRightAfterASleepIsNew() {
        watched.clock.pass(Duration.ofMillis(50));
        watched.clock.sleep(Duration.ofHours(3));
        watched.clock.pass(Duration.ofMillis(50));
        watched.lead("shop");

        watched.flow.look(watched.bell);

        assertThat(watched.status("shop").silentSeconds()).hasValue(0);
    }

    @Test
    void theCoarsenessOfTheBootClockDoesNotAddUp() {
        Elapsed elapsed = new Elapsed(watched.clock);
        long until = Duration.ofHours(4).toMillis();

        for (long millis = 0; millis < until; millis += 200) {
            watched.clock.pass(Duration.ofMillis(200));
            boolean ahead = millis % 400 == 0;
            watched.clock.drift(Duration.ofMillis(ahead ? 10 : -10));
            elapsed.look();
        }

        assertThat(elapsed.last().millis()).isEqualTo(until);
    }

    @Test
    void aPauseBetweenTwoReadingsIsNoSleepForLong() {
        Elapsed elapsed = new Elapsed(watched.clock);
        watched.clock.drift(Duration.ofMillis(1500));
        elapsed.look();
        watched.clock.drift(Duration.ofMillis(-1500));
        watched.clock.pass(Duration.ofHours(1));

        elapsed.look();

        assertThat(elapsed.last().millis()).isEqualTo(Duration.ofHours(1).toMillis());
    }
}

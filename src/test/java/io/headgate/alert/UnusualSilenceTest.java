package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Silences that a site's own history makes impossible are told, and no others, over simulated weeks. */
class UnusualSilenceTest {
    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;
    private static final Duration WEEKS = Site.WEEK.multipliedBy(6);

    @TempDir(factory = InMemory.class)
    private Path dir;

    @Test
    void aSiteWithALeadEachSecondIsTold() {
        Site site = new Site(dir, 1, second -> 1);
        site.live(WEEKS);
        assertThat(site.bell.changes).isEmpty();

        site.perSecond = second -> 0;
        Duration took = site.untilTold();
        site.perSecond = second -> 1;
        site.live(Duration.ofSeconds(10));

        assertThat(took).isBetween(Duration.ofSeconds(60), Duration.ofMinutes(3));
        assertThat(site.told()).isFalse();
        assertThat(site.bell.of("LeadFlowUnusual/shop").summary()).isEqualTo("leads are accepted again");
    }

    @Test
    void steadySitesOfAnyRateAreNotTold() {
        for (double anHour : new double[] {0.2, 3, 30, 360}) {
            quiet(2, second -> anHour / HOUR);
        }
    }

    @Test
    void aSiteThatIsQuietAtNightIsNotTold() {
        quiet(3, second -> second % DAY < 7 * HOUR ? 0 : 0.1);
        quiet(4, second -> 0.05 * (1 + Math.sin(2 * Math.PI * second / DAY)));
    }

    @Test
    void aSiteThatRestsOnSundaysIsNotTold() {
        quiet(5, second -> second / DAY % 7 == 6 || second % DAY < 8 * HOUR || second % DAY > 18 * HOUR ? 0 : 0.05);
    }

    @Test
    void leadsThatComeInBunchesAreNotTold() {
        // a queue that is emptied in the first minute of each hour
        quiet(6, second -> second % HOUR < 60 ? 1 : 0);
        // twenty leads in a row, at any time, once an hour or six times
        for (double bunches : new double[] {1, 6}) {
            Random random = new Random(7);
            long[] until = {0};
            quiet(8, second -> {
                if (random.nextDouble() < bunches / HOUR) {
                    until[0] = second + 20;
                }
                return second < until[0] ? 3 : 0;
            });
        }
    }

    @Test
    void summerTimeIsNotTold() {
        for (long shift : new long[] {-HOUR, HOUR}) {
            quiet(9, second -> {
                long local = second + (second > 3 * 7 * DAY + 2 * HOUR ? shift : 0);
                return local % DAY < 8 * HOUR || local % DAY > 18 * HOUR ? 0 : 0.2;
            });
        }
    }

    @Test
    void aHolidayOfATenthIsNotTold() {
        for (long seed = 20; seed < 23; seed++) {
            quiet(seed, second -> {
                boolean holiday = second / DAY == 30 || second / DAY == 31;
                double usual = 0.05 * (1 - Math.cos(2 * Math.PI * second / DAY));
                return holiday ? usual / 10 : usual;
            });
        }
    }

    @Test
    void whatWasLearnedOutlivesARestart() {
        Site site = learned();
        double usual = site.status().usualAnHour().orElseThrow();
        site.restart();
        double after = site.status().usualAnHour().orElseThrow();
        site.perSecond = second -> 0;

        assertThat(after).isCloseTo(usual, within(0.01));
        assertThat(site.untilTold()).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void timeInWhichNobodyCouldTakeLeadsIsNoSilence() {
        Site site = learned();
        site.sleep(Duration.ofHours(2));
        site.live(Duration.ofSeconds(3));
        site.restart();
        site.clock.pass(Duration.ofHours(2));

        site.live(Duration.ofMinutes(10));

        assertThat(site.bell.changes).isEmpty();
    }

    @Test
    void whatWasToldBeforeARestartIsOverOnlyWithALead() {
        Site site = learned();
        site.perSecond = second -> 0;
        site.untilTold();
        site.restart();
        site.bell.rings.clear();

        site.live(Duration.ofSeconds(30));
        boolean nothing = site.bell.of("LeadFlowUnusual/shop") == null;
        site.perSecond = second -> 1;
        site.live(Duration.ofSeconds(30));

        assertThat(nothing).isTrue();
        assertThat(site.bell.of("LeadFlowUnusual/shop")).isEqualTo(Rung.well("leads are accepted again"));
    }

    @Test
    void theLimitTakesItsPlace() {
        Site site = learned();
        site.restart(Duration.ofMinutes(10), true);
        site.perSecond = second -> 0;
        site.untilTold();

        site.live(Duration.ofMinutes(10));

        assertThat(site.told()).isFalse();
        assertThat(site.bell.changes)
                .containsExactly(
                        "firing LeadFlowUnusual/*",
                        "firing LeadFlowUnusual/shop",
                        "firing LeadFlowStopped/*",
                        "firing LeadFlowStopped/shop",
                        "well LeadFlowUnusual/*",
                        "well LeadFlowUnusual/shop");
    }

    @Test
    void oneSettingSwitchesItOff() {
        Site site = learned();
        site.perSecond = second -> 0;
        site.untilTold();
        site.restart(Duration.ofDays(1), false);

        site.live(Duration.ofHours(1));

        assertThat(site.told()).isFalse();
        assertThat(site.bell.of("LeadFlowUnusual/shop")).isEqualTo(Rung.well("unusual silences are no longer told"));
    }

    @Test
    void lessThanAWeekOfHistorySaysNothing() {
        Site site = new Site(dir, 1, second -> 1);
        site.live(Site.WEEK.minusHours(2));
        site.perSecond = second -> 0;

        site.live(Duration.ofHours(1));

        assertThat(site.bell.changes).isEmpty();
    }

    @Test
    void aClockThatIsSetByAnHourIsNotTold() {
        for (int hours : new int[] {-1, 1}) {
            Site site = new Site(dir.resolve("step" + hours), 5, second -> second % DAY < 8 * HOUR ? 0 : 0.2);
            site.live(Site.WEEK.multipliedBy(2).plusHours(7));
            site.clock.step(Duration.ofHours(hours));

            site.live(Site.WEEK);

            assertThat(site.bell.changes).isEmpty();
        }
    }

    @Test
    void theFiguresAreTold() {
        Site site = learned();
        site.perSecond = second -> 0;
        site.untilTold();

        Rung.Ring ring = site.bell.of("LeadFlowUnusual/shop");

        assertThat(ring.summary()).isEqualTo("No lead from shop for 1 m, which is unusual at this hour");
        assertThat(ring.details().get(0))
                .matches("Usual at this hour of the week are \\d{4}\\.\\d leads an hour, counting a bunch as one;"
                        + " in this silence \\d\\d\\.\\d should have come\\.");
        assertThat(ring.details().get(1)).matches("The chance of such a silence on any one day is \\de-\\d\\d\\.");
        assertThat(site.status().unusual()).isTrue();
    }

    @Test
    void theChanceIsThatOfADayAndNotOfOneSilence() {
        Site site = new Site(dir, 12, second -> 360.0 / HOUR);
        site.live(Site.WEEK.multipliedBy(2));
        site.perSecond = second -> 0;

        // by one silence alone it would be three minutes, which busy sites reach by chance some day
        assertThat(site.untilTold()).isBetween(Duration.ofSeconds(210), Duration.ofSeconds(360));
    }

    /** No assertion: how long it takes, to look at. */
    @Test
    void whatItTakesAtOtherRates() {
        for (double anHour : new double[] {10, 30, 100, 360, 1200}) {
            Site site = new Site(dir, 11, second -> anHour / HOUR);
            site.live(Site.WEEK.multipliedBy(2));
            site.perSecond = second -> 0;

            System.out.printf("%.0f leads an hour: told after %s%n", anHour, site.untilTold());
        }
    }

    /** A site with a lead each second, after two weeks. */
    private Site learned() {
        Site site = new Site(dir, 1, second -> 1);
        site.live(Site.WEEK.multipliedBy(2));
        return site;
    }

    private void quiet(long seed, LongToDoubleFunction perSecond) {
        Site site = new Site(dir, seed, perSecond);
        site.live(WEEKS);
        assertThat(site.bell.changes).isEmpty();
    }
}

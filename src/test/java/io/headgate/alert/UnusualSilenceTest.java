package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;

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

    @TempDir
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
    void whatIsToldTakesAsLongAsItsRateAllows() {
        for (double anHour : new double[] {30, 360, 1200}) {
            Site site = new Site(dir, 11, second -> anHour / HOUR);
            site.live(Site.WEEK.multipliedBy(2));
            site.perSecond = second -> 0;

            System.out.printf(
                    "%.0f leads an hour: told after %s; usual %s%n",
                    anHour, site.untilTold(), site.status().usualAnHour());
            System.out.println(site.bell.of("LeadFlowUnusual/shop"));
        }
    }

    private void quiet(long seed, LongToDoubleFunction perSecond) {
        Site site = new Site(dir, seed, perSecond);
        site.live(WEEKS);
        System.out.println(seed + " usual " + site.status().usualAnHour() + " " + site.bell.changes.size());

        assertThat(site.bell.changes).isEmpty();
    }
}

package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Told;
import io.headgate.time.HeldClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a consumer group is told to be behind or idle, and what ends that. */
class GroupWatchTest {
    private static final String LAG = "ProcessingLag/crm";
    private static final String IDLE = "GroupIdle/crm";
    private static final long LIMIT = Duration.ofMinutes(15).toMillis();
    private static final long WEEK = Duration.ofDays(7).toMillis();
    private static final String REMOVE = "redis-cli XGROUP DESTROY '{headgate:0}:events' crm";

    private final HeldClock clock = new HeldClock();
    private final Rung bell = new Rung();
    private final GroupWatch watch = new GroupWatch(Duration.ofMillis(LIMIT), clock);

    @ParameterizedTest
    @CsvSource({"900000, false", "900001, true"})
    void aGroupIsBehindWhenItsOldestEventIsOlderThanTheLimit(long oldest, boolean fires) {
        look(lagging(oldest, false));

        assertThat(bell.fires(LAG)).isEqualTo(fires);
    }

    @ParameterizedTest
    @CsvSource({"450000, true", "449999, false"})
    void itHasCaughtUpWhenThatEventIsLessThanHalfAsOld(long oldest, boolean fires) {
        look(lagging(LIMIT + 1, false));

        look(lagging(oldest, false));

        assertThat(bell.fires(LAG)).isEqualTo(fires);
    }

    @Test
    void betweenTheLimitsNothingBeginsAndNothingEnds() {
        look(lagging(LIMIT / 2, false));

        assertThat(bell.rings).doesNotContainKey(LAG);
    }

    @Test
    void aGroupThatKeepsAFullRedisFromBeingTrimmedIsToldHoweverYoungItsEventsAreAndUntilItDoesNot() {
        look(lagging(1, true));
        boolean pressing = bell.fires(LAG);
        List<String> details = bell.of(LAG).details();
        look(lagging(1, false));

        assertThat(pressing).isTrue();
        assertThat(details).anyMatch(line -> line.contains("more than 70 % of its memory"));
        assertThat(bell.fires(LAG)).isFalse();
    }

    @Test
    void aGroupThatIsBehindSaysSinceWhenAndHowMuchWaits() {
        look(new Facts.Group("crm", 1_234, Duration.ofHours(2).toMillis(), 0, false, REMOVE));

        Rung.Ring ring = bell.of(LAG);
        assertThat(ring.sinceMillis())
                .isEqualTo(clock.wallMillis() - Duration.ofHours(2).toMillis());
        assertThat(ring.summary()).isEqualTo("Consumer group crm is behind by 2 h 0 m");
        assertThat(ring.details())
                .containsExactly(
                        "So old is the oldest event that it has not acknowledged; the limit is 15 m.",
                        "1234 events wait for it.");
        assertThat(bell.priority(LAG)).isEqualTo(Priority.P1);
    }

    @Test
    void whatIsNotKnownIsNotSaid() {
        look(lagging(LIMIT + 1, false));

        assertThat(bell.of(LAG).details()).noneMatch(line -> line.contains("-1"));
    }

    @Test
    void aGroupThatNobodyReadsForIsToldAtSevenDaysWithTheCommandThatRemovesIt() {
        look(idle(WEEK - 1));
        boolean before = bell.fires(IDLE);
        look(idle(WEEK));

        assertThat(before).isFalse();
        assertThat(bell.fires(IDLE)).isTrue();
        assertThat(bell.of(IDLE).details()).contains("If nobody needs it any more: " + REMOVE);
        assertThat(bell.priority(IDLE)).isEqualTo(Priority.P1);
        look(idle(5));
        assertThat(bell.fires(IDLE)).isFalse();
    }

    @Test
    void aWallClockThatIsSetChangesNothing() {
        look(idle(WEEK - 1), lagging(LIMIT, false));
        clock.step(Duration.ofDays(30));
        look(idle(WEEK - 1), lagging(LIMIT, false));
        clock.step(Duration.ofDays(-60));
        look(idle(WEEK - 1), lagging(LIMIT, false));

        assertThat(bell.changes).isEmpty();
    }

    @Test
    void aGroupThatIsGoneIsToldOfNoMoreAndTheOthersStay() {
        look(lagging(LIMIT + 1, false), group("other", LIMIT + 1, WEEK));

        look(group("other", LIMIT + 1, WEEK));

        assertThat(bell.of(LAG)).isEqualTo(Rung.well("there is no such group any more"));
        assertThat(bell.fires("ProcessingLag/other")).isTrue();
        assertThat(bell.fires("GroupIdle/other")).isTrue();
    }

    @Test
    void beforeTheGroupsAreKnownNoneIsGone() {
        look(group("crm", LIMIT + 1, WEEK));

        watch.look(List.of(), false, bell);

        assertThat(bell.fires(LAG)).isTrue();
        assertThat(bell.fires(IDLE)).isTrue();
    }

    @Test
    void theFirstHundredByNameAreWatchedInWhateverOrderTheyComeAndTheRestIsLoggedOnce() {
        List<Facts.Group> groups = new ArrayList<>(IntStream.rangeClosed(1, 101)
                .mapToObj(i -> group(String.format("g%03d", 102 - i), LIMIT + 1, 0))
                .toList());

        try (Told told = new Told("alert")) {
            watch.look(groups, true, bell);
            watch.look(groups, true, bell);

            assertThat(told.lines("consumer_groups_ignored")).hasSize(1);
        }
        assertThat(bell.rings.keySet().stream().filter(key -> key.startsWith("ProcessingLag/")))
                .hasSize(100)
                .doesNotContain("ProcessingLag/g101");
    }

    @Test
    void aNameOfAnyLengthMakesALabelOfAHundredCharactersOrSoAndTwoOfThemDiffer() {
        String longName = "x".repeat(10_000);

        look(group(longName + "a", LIMIT + 1, 0), group(longName + "b", LIMIT + 1, 0));

        assertThat(bell.changes).hasSize(2).allMatch(change -> change.length() < 140);
    }

    @Test
    void whatAlertsBearAsTheirLabelMayBeSilenced() {
        Facts.Target target = new Facts.Target("mail", 0, 0, 0, "closed", null);

        Facts.Processing processing = new Facts.Processing(List.of(group("route:crm", 0, 0)), List.of(target));

        assertThat(processing.labels()).containsExactly("mail", "route:crm");
    }

    private static Facts.Group lagging(long oldestMillis, boolean pressing) {
        return new Facts.Group("crm", -1, oldestMillis, 0, pressing, REMOVE);
    }

    private static Facts.Group idle(long idleMillis) {
        return group("crm", 0, idleMillis);
    }

    private static Facts.Group group(String name, long oldestMillis, long idleMillis) {
        return new Facts.Group(name, -1, oldestMillis, idleMillis, false, REMOVE);
    }

    private void look(Facts.Group... groups) {
        watch.look(Stream.of(groups).toList(), true, bell);
    }
}

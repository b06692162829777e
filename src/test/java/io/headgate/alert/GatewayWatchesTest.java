package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.time.HeldClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the gateway's own alerts begin and end, at each limit and just before it. */
class GatewayWatchesTest {
    private static final Facts.Server SAFE = new Facts.Server(false, "noeviction", true);
    private static final Facts WELL =
            new Facts("stream", false, null, true, partitions(0, 10), SAFE, Facts.Processing.NONE);
    private static final Facts JOURNAL =
            new Facts("journal", false, "AWAY: gone", true, partitions(5, 10), SAFE, Facts.Processing.NONE);
    private static final Facts REFUSING =
            new Facts("refusing", false, "AWAY: gone", false, partitions(5, 10), SAFE, Facts.Processing.NONE);

    private static final Duration LAG = Duration.ofMinutes(15);

    private final HeldClock clock = new HeldClock();
    private final Rung bell = new Rung();
    private final GatewayWatches watches = new GatewayWatches(AlertState.none(), LAG, clock);

    @Test
    void aSiteWithALeadAnHourIsToldThatRedisIsDeadAfterAMinuteThoughTheBreakerNeverOpens() {
        look(JOURNAL);
        pass(Duration.ofSeconds(60).minusMillis(1), JOURNAL);
        boolean before = bell.fires("FailoverActive/");
        pass(Duration.ofMillis(1), JOURNAL);

        assertThat(before).isFalse();
        assertThat(bell.fires("FailoverActive/")).isTrue();
        assertThat(bell.of("FailoverActive/").details()).contains("Redis: AWAY: gone");
    }

    @Test
    void anOpenBreakerIsToldAtOnce() {
        look(new Facts("journal", true, null, true, partitions(1, 1), SAFE, Facts.Processing.NONE));

        assertThat(bell.fires("FailoverActive/")).isTrue();
    }

    @Test
    void detoursOfMomentsAreNotAFailover() {
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofSeconds(30), JOURNAL);
            pass(Duration.ofSeconds(1), WELL);
        }

        assertThat(bell.changes).isEmpty();
    }

    @Test
    void aFailoverIsOverTenSecondsAfterRedisIsBackAndTheJournalDrained() {
        look(JOURNAL);
        pass(Duration.ofMinutes(2), JOURNAL);
        pass(
                Duration.ofMinutes(1),
                new Facts("draining", false, null, true, partitions(5, 11), SAFE, Facts.Processing.NONE));
        look(WELL);
        pass(Duration.ofSeconds(10).minusMillis(1), WELL);
        boolean before = bell.fires("FailoverActive/");
        pass(Duration.ofMillis(1), WELL);

        assertThat(before).isTrue();
        assertThat(bell.fires("FailoverActive/")).isFalse();
    }

    @Test
    void theWallClockHasNoSayInAnyOfIt() {
        look(JOURNAL);
        clock.step(Duration.ofDays(1));
        look(JOURNAL);
        clock.step(Duration.ofDays(-2));
        look(JOURNAL);

        assertThat(bell.changes).isEmpty();
    }

    @Test
    void aBacklogThatDoesNotMoveForFiveMinutesIsToldAndOverWhenItMoves() {
        look(JOURNAL);
        pass(Duration.ofMinutes(5).minusMillis(1), JOURNAL);
        boolean before = bell.fires("DrainStalled/");
        pass(Duration.ofMillis(1), JOURNAL);
        boolean at = bell.fires("DrainStalled/");
        look(new Facts("draining", false, null, true, partitions(4, 11), SAFE, Facts.Processing.NONE));

        assertThat(before).isFalse();
        assertThat(at).isTrue();
        assertThat(bell.fires("DrainStalled/")).isFalse();
    }

    @Test
    void onePartitionThatWaitsForAPersonIsToldThoughTheOthersMove() {
        for (int i = 0; i <= 300; i++) {
            look(new Facts(
                    "draining",
                    false,
                    null,
                    true,
                    List.of(new Facts.Partition(5, i, null), new Facts.Partition(5, 7, "WRONGTYPE")),
                    SAFE,
                    Facts.Processing.NONE));
            clock.pass(Duration.ofSeconds(1));
        }

        assertThat(bell.fires("DrainStalled/")).isTrue();
        assertThat(bell.of("DrainStalled/").details())
                .contains(
                        "Nothing of partitions [1] has come to the stream for 5 minutes.",
                        "Partition 1 waits for a person: WRONGTYPE");
    }

    @Test
    void whatAnEarlierProcessToldOfTheDrainIsNotOverBeforeItMoves() {
        look(JOURNAL);

        assertThat(bell.rings).doesNotContainKey("DrainStalled/");
    }

    @Test
    void theJournalIsToldAboveSeventyPercentAndIsUrgentAboveNinetyFive() {
        disk(700);
        boolean at = bell.fires("JournalFilling/");
        disk(701);
        boolean above = bell.fires("JournalFilling/");
        Priority priority = bell.priority("JournalFilling/");
        disk(951);

        assertThat(at).isFalse();
        assertThat(above).isTrue();
        assertThat(priority).isEqualTo(Priority.P1);
        assertThat(bell.priority("JournalFilling/")).isEqualTo(Priority.P0);
        disk(600);
        assertThat(bell.fires("JournalFilling/")).isTrue();
        disk(599);
        assertThat(bell.fires("JournalFilling/")).isFalse();
    }

    @Test
    void aJournalWithoutAnyRoomIsUrgent() {
        watches.look(new Facts.Disk(0, 0, 0, 0), bell);

        assertThat(bell.priority("JournalFilling/")).isEqualTo(Priority.P0);
    }

    @Test
    void refusingForASecondIsToldAndOverAfterTenSecondsWithoutIt() {
        look(REFUSING);
        pass(Duration.ofMillis(999), REFUSING);
        boolean before = bell.fires("IntakeRefusing/");
        pass(Duration.ofMillis(1), REFUSING);
        boolean at = bell.fires("IntakeRefusing/");
        look(WELL);
        pass(Duration.ofMillis(9_999), WELL);
        boolean still = bell.fires("IntakeRefusing/");
        pass(Duration.ofMillis(1), WELL);

        assertThat(before).isFalse();
        assertThat(at).isTrue();
        assertThat(still).isTrue();
        assertThat(bell.fires("IntakeRefusing/")).isFalse();
    }

    @Test
    void threeRefusedBatchesWithinTenSecondsAreToldTwoAreNot() {
        watches.refusal.refused();
        watches.refusal.refused();
        look(WELL);
        boolean two = bell.fires("IntakeRefusing/");
        pass(Duration.ofMillis(10_001), WELL);
        watches.refusal.refused();
        look(WELL);
        boolean late = bell.fires("IntakeRefusing/");
        watches.refusal.refused();
        watches.refusal.refused();
        look(WELL);

        assertThat(two).isFalse();
        assertThat(late).isFalse();
        assertThat(bell.fires("IntakeRefusing/")).isTrue();
    }

    @Test
    void aServerThatMayEvictOrLostItsAppendOnlyFileIsTold() {
        look(with(new Facts.Server(true, "allkeys-lru", true)));
        boolean evicts = bell.fires("RedisUnsafe/");
        look(with(SAFE));
        boolean safe = bell.fires("RedisUnsafe/");
        look(with(new Facts.Server(false, "noeviction", false)));

        assertThat(evicts).isTrue();
        assertThat(safe).isFalse();
        assertThat(bell.fires("RedisUnsafe/")).isTrue();
        assertThat(bell.of("RedisUnsafe/").details().get(0)).contains("no append-only file any more");
    }

    @Test
    void aServerThatNeverHadAnAppendOnlyFileIsNotTold() {
        look(with(new Facts.Server(false, "noeviction", false)));

        assertThat(bell.changes).isEmpty();
    }

    @Test
    void nothingIsSaidOfAServerThatWasNeverReached() {
        look(with(null));

        assertThat(bell.rings).doesNotContainKey("RedisUnsafe/");
    }

    @Test
    void theRoadOutIsWatchedWithTheConfiguredLag() {
        Facts.Group group = new Facts.Group("crm", 1, LAG.toMillis() + 1, 0, false, "redis-cli");
        Facts.Target target = new Facts.Target("mail", 0, 100, 100, "closed", null);

        look(with(new Facts.Processing(List.of(group), List.of(target)), SAFE));

        assertThat(bell.fires("ProcessingLag/crm")).isTrue();
        assertThat(bell.fires("DestinationFailing/mail")).isTrue();
    }

    @Test
    void groupsThatAreNotKnownYetAreNotTakenForGoneBeforeAMinuteAfterRedisWasReached() {
        Facts.Group group = new Facts.Group("crm", 1, LAG.toMillis() + 1, 0, false, "redis-cli");
        look(with(new Facts.Processing(List.of(group), List.of()), null));
        pass(Duration.ofHours(1), with(Facts.Processing.NONE, null));
        look(WELL);
        pass(Duration.ofSeconds(60).minusMillis(1), WELL);
        boolean before = bell.fires("ProcessingLag/crm");
        pass(Duration.ofMillis(1), WELL);

        assertThat(before).isTrue();
        assertThat(bell.fires("ProcessingLag/crm")).isFalse();
    }

    private static Facts with(Facts.Processing processing, Facts.Server server) {
        return new Facts("stream", false, null, true, partitions(0, 10), server, processing);
    }

    private void disk(long used) {
        watches.look(new Facts.Disk(used, 1000, 0, 0), bell);
    }

    private void look(Facts facts) {
        watches.look(facts, bell);
    }

    private void pass(Duration time, Facts facts) {
        look(facts);
        clock.pass(time);
        look(facts);
    }

    private static Facts with(Facts.Server server) {
        return new Facts("stream", false, null, true, partitions(0, 10), server, Facts.Processing.NONE);
    }

    private static List<Facts.Partition> partitions(long backlog, long confirmed) {
        return List.of(new Facts.Partition(backlog, confirmed, null), new Facts.Partition(0, 3, null));
    }
}

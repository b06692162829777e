package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.time.HeldClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator may acknowledge, and what is remembered of it. */
class AcknowledgeTest {
    private final HeldClock clock = new HeldClock();
    private final Rung bell = new Rung();
    private final GatewayWatches watches = new GatewayWatches(AlertState.none(), Duration.ofMinutes(15), clock);

    @Test
    void aServerThatLostItsAppendOnlyFileMayBeMeantTo() {
        redis(false, true);
        redis(false, false);
        boolean fired = bell.fires("RedisUnsafe/");

        boolean acknowledged = watches.redis.acknowledge(bell);
        redis(false, false);

        assertThat(fired).isTrue();
        assertThat(acknowledged).isTrue();
        assertThat(bell.fires("RedisUnsafe/")).isFalse();
    }

    @Test
    void thatItEvictsIsNotToBeAcknowledged() {
        redis(true, false);

        assertThat(watches.redis.acknowledge(bell)).isFalse();
        assertThat(bell.fires("RedisUnsafe/")).isTrue();
    }

    @Test
    void whatDoesNotFireIsNotToBeAcknowledged() {
        boolean before = watches.corruption.acknowledge(bell);
        disk(0, 0);

        assertThat(before).isFalse();
        assertThat(watches.corruption.acknowledge(bell)).isFalse();
        assertThat(watches.redis.acknowledge(bell)).isFalse();
    }

    @Test
    void filesThatWereTidiedUpAreForgottenSoThatNewOnesRing() {
        disk(0, 3);
        watches.corruption.acknowledge(bell);
        watches.takeChanged();
        disk(0, 0);
        boolean kept = watches.takeChanged();
        disk(0, 2);

        assertThat(kept).isTrue();
        assertThat(bell.fires("JournalCorrupt/")).isTrue();
    }

    private void disk(long lost, int files) {
        watches.look(new Facts.Disk(0, 100, lost, files), bell);
    }

    private void redis(boolean evicts, boolean appendOnly) {
        Facts.Server server = new Facts.Server(evicts, evicts ? "allkeys-lru" : "noeviction", appendOnly);
        watches.look(new Facts("stream", false, null, true, List.of(), server, Facts.Processing.NONE), bell);
    }
}

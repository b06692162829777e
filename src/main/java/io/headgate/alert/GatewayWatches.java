package io.headgate.alert;

import io.headgate.time.Clock;

/** All watches over the gateway itself; what they know beyond a restart is kept with the alerts. */
final class GatewayWatches {
    final FailoverWatch failover;
    final DrainWatch drain;
    final RefusalWatch refusal;
    final RedisWatch redis;
    final CorruptionWatch corruption;
    final JournalWatch journal = new JournalWatch();
    final ReceiverWatch receivers;
    private final Clock clock;

    GatewayWatches(AlertState before, Clock clock) {
        this.failover = new FailoverWatch(clock);
        this.drain = new DrainWatch(clock);
        this.refusal = new RefusalWatch(clock);
        this.redis = new RedisWatch(before.appendOnly());
        this.corruption = new CorruptionWatch(before.corruptFiles());
        this.receivers = new ReceiverWatch(clock);
        this.clock = clock;
    }

    /** At what may be asked at any time. */
    void look(Facts facts, Bell bell) {
        refusal.look(facts, bell);
        failover.look(facts, bell);
        drain.look(facts, bell);
        redis.look(facts, clock.wallMillis(), bell);
    }

    /** Whether something has changed that is to be kept, since the last time this was asked. */
    boolean takeChanged() {
        boolean redisChanged = redis.takeChanged();
        return corruption.takeChanged() || redisChanged;
    }

    /** At what the disk was asked for. */
    void look(Facts.Disk disk, Bell bell) {
        journal.look(disk, clock.wallMillis(), bell);
        corruption.look(disk, clock.wallMillis(), bell);
    }
}

package io.headgate.alert;

import io.headgate.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** All watches over the gateway itself; what they know beyond a restart is kept with the alerts. */
final class GatewayWatches {
    /** The groups are read some moments after Redis was reached first; one that is missing only then is gone. */
    static final int KNOWN_SECONDS = 60;

    /** Told by processes that take events. */
    private static final Set<AlertName> OF_INTAKE = EnumSet.complementOf(EnumSet.of(
            AlertName.DESTINATION_SLOW, AlertName.DESTINATION_FAILING, AlertName.RECEIVER_FAILING, AlertName.TEST));

    final FailoverWatch failover;
    final DrainWatch drain;
    final RefusalWatch refusal;
    final RedisWatch redis;
    final CorruptionWatch corruption;
    final JournalWatch journal = new JournalWatch();
    final ReceiverWatch receivers;
    private final GroupWatch groups;
    private final DestinationWatch destinations;
    private final Lasting reached;
    private final Clock clock;

    /** {@code processingLag}: how old the oldest unacknowledged event of a consumer group may be. */
    GatewayWatches(AlertState before, Duration processingLag, Clock clock) {
        this.failover = new FailoverWatch(clock);
        this.drain = new DrainWatch(clock);
        this.refusal = new RefusalWatch(clock);
        this.redis = new RedisWatch(before.appendOnly());
        this.corruption = new CorruptionWatch(before.corruptFiles());
        this.receivers = new ReceiverWatch(clock);
        this.groups = new GroupWatch(processingLag, clock);
        this.destinations = new DestinationWatch(clock);
        this.reached = new Lasting(clock);
        this.clock = clock;
    }

    /** At what may be asked at any time. */
    void look(Facts facts, Bell bell) {
        refusal.look(facts, bell);
        failover.look(facts, bell);
        drain.look(facts, bell);
        redis.look(facts, clock.wallMillis(), bell);
        boolean known = reached.is(facts.redis() != null).forAtLeast(Duration.ofSeconds(KNOWN_SECONDS));
        groups.look(facts.processing().groups(), known, bell);
        destinations.look(facts.processing().destinations(), known, bell);
    }

    /** All there is to look at in a process that takes no events. What another kept here of all else is over with it. */
    void lookAtDestinations(Facts facts, Bell bell) {
        destinations.look(facts.processing().destinations(), true, bell);
        OF_INTAKE.forEach(name -> bell.gone(name, Set.of(), "this process takes no events, and does not watch it"));
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

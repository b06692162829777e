package io.headgate;

import io.headgate.alert.Alerting;
import io.headgate.alert.Facts;
import io.headgate.deliver.Delivery;
import io.headgate.deliver.DeliveryStatus;
import io.headgate.deliver.PartitionRoute;
import io.headgate.drain.Drain;
import io.headgate.drain.DrainStatus;
import io.headgate.event.Event;
import io.headgate.ingest.Witness;
import io.headgate.journal.Journal;
import io.headgate.journal.JournalStatus;
import io.headgate.stream.StreamStatus;
import io.headgate.stream.StreamStore;
import io.headgate.stream.WriteFault;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tells the watch, which knows none of the other rooms, what it must know of them. Safe for use by any thread. */
final class GatewayFacts {
    private static final String OPEN = "open";

    private final StreamStore stream;
    private final boolean evictionAllowed;
    private final Journal journal;
    private final Delivery delivery;
    private final Drain drain;
    private final ProcessFacts processing;

    /** {@code evictionAllowed}: it was said that Redis may evict events, so nobody need be told. */
    GatewayFacts(
            StreamStore stream,
            boolean evictionAllowed,
            Journal journal,
            Delivery delivery,
            Drain drain,
            ProcessFacts processing) {
        this.stream = stream;
        this.evictionAllowed = evictionAllowed;
        this.journal = journal;
        this.delivery = delivery;
        this.drain = drain;
        this.processing = processing;
    }

    /** Does not block. */
    Facts now() {
        DeliveryStatus delivered = delivery.status();
        StreamStatus redis = stream.status();
        return new Facts(
                delivered.mode().wire(),
                delivered.breaker().equals(OPEN),
                fault(redis),
                journal.writable() && !delivered.journalHangs(),
                partitions(),
                server(redis),
                processing.now());
    }

    /** Asks the file system. */
    Facts.Disk disk() {
        JournalStatus status = journal.status();
        return new Facts.Disk(
                status.usedBytes(),
                status.roomBytes(),
                status.lostRecords(),
                status.corruptSegments() + status.deadFiles());
    }

    /** Tells the watch of each batch. */
    static Witness witness(Alerting alerting) {
        return new Witness() {
            @Override
            public void answered(String source, int accepted, int duplicate, int rejected) {
                alerting.answered(source, accepted, duplicate, rejected);
            }

            @Override
            public void refused(String source, int events) {
                alerting.refused(source, events);
            }

            @Override
            public void stored(String source, int count, Event last) {
                alerting.stored(source, count, last);
            }
        };
    }

    private List<Facts.Partition> partitions() {
        List<DrainStatus.Partition> drained = drain.status().partitions();
        List<PartitionRoute> routes = delivery.routes();
        return IntStream.range(0, routes.size())
                .mapToObj(p -> new Facts.Partition(
                        routes.get(p).backlog(),
                        routes.get(p).confirmed(),
                        drained.get(p).halted()))
                .toList();
    }

    private static @Nullable String fault(StreamStatus redis) {
        WriteFault fault = redis.lastFault();
        return fault == null || redis.lastFaultOver() ? null : fault.kind() + ": " + fault.detail();
    }

    private Facts.@Nullable Server server(StreamStatus redis) {
        var facts = redis.server();
        return facts == null
                ? null
                : new Facts.Server(facts.mayEvict() && !evictionAllowed, facts.maxmemoryPolicy(), facts.appendOnly());
    }
}

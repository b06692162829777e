package io.headgate;

import io.headgate.alert.Facts;
import io.headgate.process.DestinationStatus;
import io.headgate.process.ProcessStatus;
import io.headgate.process.Processing;
import io.headgate.stream.GroupState;
import io.headgate.time.Clock;
import org.jspecify.annotations.Nullable;

/** Tells the watch how the road out stands; asks it anew once a second at most. Belongs to the loop of the alerting. */
final class ProcessFacts {
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final Processing processing;
    private final String keyPrefix;
    private final int partitions;
    private final Clock clock;
    private Facts.@Nullable Processing last;
    private long lastNanos;

    ProcessFacts(Processing processing, String keyPrefix, int partitions, Clock clock) {
        this.processing = processing;
        this.keyPrefix = keyPrefix;
        this.partitions = partitions;
        this.clock = clock;
    }

    synchronized Facts.Processing now() {
        Facts.Processing known = last;
        if (known == null || clock.nanos() - lastNanos > FRESH_NANOS) {
            known = facts(processing.status());
            last = known;
            lastNanos = clock.nanos();
        }
        return known;
    }

    private Facts.Processing facts(ProcessStatus status) {
        return new Facts.Processing(
                status.groups().stream().map(group -> group(group, status)).toList(),
                status.destinations().stream().map(ProcessFacts::target).toList());
    }

    private Facts.Group group(GroupState group, ProcessStatus status) {
        return new Facts.Group(
                group.group(),
                group.waiting(),
                group.oldestMillis(),
                idle(group),
                status.pressed() && status.holders().contains(group.group()),
                remove(group.group()));
    }

    /** Redis 6.2 takes a reader for idle that got nothing, so a group is as idle as its oldest entry is old at most. */
    private static long idle(GroupState group) {
        return group.idleMillis() < 0 ? group.oldestMillis() : Math.min(group.idleMillis(), group.oldestMillis());
    }

    private String remove(String group) {
        return "for p in $(seq 0 " + (partitions - 1) + "); do redis-cli XGROUP DESTROY \"{" + keyPrefix
                + ":$p}:events\" '" + group + "'; done";
    }

    private static Facts.Target target(DestinationStatus status) {
        return new Facts.Target(
                status.name(),
                Math.round(status.p95Millis()),
                status.tried(),
                status.failed(),
                status.breaker(),
                status.lastStatus().isEmpty() ? null : status.lastStatus());
    }
}

package io.headgate.alert;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the watches must know of the gateway. Asking for it must not block.
 *
 * @param mode where new events go: {@code stream}, {@code journal}, {@code draining}, {@code refusing}
 * @param breakerOpen whether Redis is let alone for its share of failed writes
 * @param redisFault what Redis did last, while that is not over; null otherwise
 * @param journalWritable whether the journal takes events
 * @param partitions one for each
 * @param redis what is known of the server's settings; null before it was first reached
 * @param processing the road out
 */
public record Facts(
        String mode,
        boolean breakerOpen,
        @Nullable String redisFault,
        boolean journalWritable,
        List<Partition> partitions,
        @Nullable Server redis,
        Processing processing) {
    /** The mode in which nothing is amiss. */
    static final String STREAM = "stream";

    static final String REFUSING = "refusing";

    public Facts {
        partitions = List.copyOf(partitions);
    }

    /**
     * One partition's way from the journal to the stream.
     *
     * @param backlogEvents in the journal that are not on the stream
     * @param confirmed number of the last record that the stream has
     * @param halted why its drain waits for a person; null when it does not
     */
    public record Partition(long backlogEvents, long confirmed, @Nullable String halted) {}

    /**
     * What Redis may do to events.
     *
     * @param evicts whether it may evict them; {@code policy} is its maxmemory-policy
     * @param appendOnly whether it keeps an append-only file
     */
    public record Server(boolean evicts, String policy, boolean appendOnly) {}

    /**
     * How the road out stands.
     *
     * @param groups the consumer groups on the streams, of whatever program, as Redis told them last
     * @param destinations where this process delivers
     */
    public record Processing(List<Group> groups, List<Target> destinations) {
        /** Nothing is delivered here, and no group is known. */
        public static final Processing NONE = new Processing(List.of(), List.of());

        public Processing {
            groups = List.copyOf(groups);
            destinations = List.copyOf(destinations);
        }

        /** What alerts about it bear as their label. */
        List<String> labels() {
            return Stream.concat(
                            destinations.stream().map(Target::name),
                            groups.stream().map(GroupWatch::label))
                    .toList();
        }
    }

    /**
     * One consumer group, over all partitions.
     *
     * @param waitingEvents that it has not acknowledged; -1 where that is not known
     * @param oldestMillis age of the oldest of them; 0 where there is none
     * @param idleMillis since anybody has read for it
     * @param pressing whether Redis is over 70 % of its memory and this group keeps it from being trimmed
     * @param remove the command that removes the group
     */
    public record Group(
            String name, long waitingEvents, long oldestMillis, long idleMillis, boolean pressing, String remove) {}

    /**
     * One destination.
     *
     * @param p95Millis of the deliveries of the last minute; 0 where there was none
     * @param attempts events that were tried in the last 5 minutes
     * @param failed those of them that were not delivered
     * @param breaker {@code closed} when nothing is amiss
     * @param lastFault what it answered when it failed last, without secrets; null where it never did
     */
    public record Target(
            String name, long p95Millis, long attempts, long failed, String breaker, @Nullable String lastFault) {}

    /**
     * How the journal's disk stands. Asking for it may block.
     *
     * @param usedBytes what is written
     * @param roomBytes what can be written in all
     * @param lostRecords records that could not be read back, since the start of the process
     * @param corruptFiles segments with bytes that nobody wrote, in use or kept aside
     */
    public record Disk(long usedBytes, long roomBytes, long lostRecords, int corruptFiles) {}

    boolean streams() {
        return mode.equals(STREAM);
    }

    boolean refuses() {
        return mode.equals(REFUSING);
    }

    long backlogEvents() {
        return partitions.stream().mapToLong(Partition::backlogEvents).sum();
    }
}

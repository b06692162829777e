package io.headgate.alert;

import java.util.List;
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
 */
public record Facts(
        String mode,
        boolean breakerOpen,
        @Nullable String redisFault,
        boolean journalWritable,
        List<Partition> partitions,
        @Nullable Server redis) {
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

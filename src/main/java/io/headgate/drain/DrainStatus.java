package io.headgate.drain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the drain stands, for the status page.
 *
 * @param pausedUntilMillis until when an operator keeps the backlog in the journal, in milliseconds since 1970; 0: not
 * @param unverified events drained later than the dedupe window allows although they may have been on the stream before
 * @param partitions one for each, in order
 */
public record DrainStatus(long pausedUntilMillis, long unverified, List<Partition> partitions) {
    /**
     * What one partition has to drain.
     *
     * @param backlogEvents in the journal that are not on the stream
     * @param oldestMillis when the first of them was received, in milliseconds since 1970; 0 while that is not known
     * @param halted why it cannot go on until a person has looked; null while it can
     */
    public record Partition(long backlogEvents, long oldestMillis, @Nullable String halted) {}

    public DrainStatus {
        partitions = List.copyOf(partitions);
    }

    /** When the oldest event of all was received, in milliseconds since 1970; 0 while that is not known. */
    public long oldestMillis() {
        return partitions.stream()
                .mapToLong(Partition::oldestMillis)
                .filter(millis -> millis > 0)
                .min()
                .orElse(0);
    }
}

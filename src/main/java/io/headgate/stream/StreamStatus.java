package io.headgate.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the stream stands, for the status page.
 *
 * @param up whether events can be written now: connected, and not every partition's writes are refused
 * @param sinceMillis since when that is so, in milliseconds since 1970
 * @param lastFault what went wrong last, with the connection or a write; null when nothing has yet
 * @param lastFaultMillis when that was, in milliseconds since 1970; 0 when there is none
 * @param lastFaultOver whether all is well since: connected, and no partition's writes are refused
 * @param server what the server told of itself last; null before the first connection
 * @param unsafe sentences on what is unsafe about its settings; empty when nothing is
 * @param roundTripNanos of the last ping; 0 before the first
 * @param partitions one for each, in order
 */
public record StreamStatus(
        boolean up,
        long sinceMillis,
        @Nullable WriteFault lastFault,
        long lastFaultMillis,
        boolean lastFaultOver,
        @Nullable ServerFacts server,
        List<String> unsafe,
        long roundTripNanos,
        List<Partition> partitions) {
    /**
     * What one partition has in the gateway.
     *
     * @param queuedEvents that wait for the call in flight to end
     * @param queuedBytes what those weigh
     * @param inFlightEvents of the call in flight; 0 without one
     * @param refused why Redis refuses its writes: it is full, forbids them, or a key is of the wrong type; null when it
     *     does not, as far as the last write told
     * @param refusedSinceMillis since when, in milliseconds since 1970; 0 when it does not
     */
    public record Partition(
            int queuedEvents,
            long queuedBytes,
            int inFlightEvents,
            @Nullable WriteFault refused,
            long refusedSinceMillis) {}

    public StreamStatus {
        unsafe = List.copyOf(unsafe);
        partitions = List.copyOf(partitions);
    }
}

package io.headgate.journal;

import java.util.List;

/**
 * Some records of one channel, read back.
 *
 * @param lost how many records of the channel, right before the first of these (or at the position asked for, when there
 *     are none), are on disk in a form that cannot be read: the reader has found the next good record, and the gap in the
 *     numbers tells how many are missing
 * @param firstSequence number of the first of these records; they follow each other without a gap
 * @param payloads of the records, in order; empty at the end of what is durable
 */
public record Chunk(long lost, long firstSequence, List<byte[]> payloads) {
    public Chunk {
        payloads = List.copyOf(payloads);
    }
}

package io.headgate.deliver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The newest records of a partition's backlog, so that a short detour costs no reading. Bounded: the oldest are dropped
 * first, and are read from the journal. Belongs to the partition's event loop.
 */
final class Tail {
    private static final int OVERHEAD_BYTES = 64;

    private final long bytesMax;
    private final Deque<byte[]> payloads = new ArrayDeque<>();
    private long first = 1;
    private long bytes;

    Tail(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Records that have just become durable, in the order of their numbers. */
    void add(long firstSequence, List<byte[]> more) {
        if (firstSequence != first + payloads.size()) {
            payloads.clear();
            bytes = 0;
            first = firstSequence;
        }
        for (byte[] payload : more) {
            payloads.add(payload);
            bytes += weight(payload);
        }
        while (bytes > bytesMax && !payloads.isEmpty()) {
            dropFirst();
        }
    }

    /** The records from this number on, so many at most; empty when that one is not here. */
    List<byte[]> from(long sequence, int max) {
        List<byte[]> found = new ArrayList<>();
        dropBelow(sequence);
        if (first == sequence) {
            for (byte[] payload : payloads) {
                if (found.size() == max) {
                    break;
                }
                found.add(payload);
            }
        }
        return found;
    }

    private void dropBelow(long sequence) {
        while (first < sequence && !payloads.isEmpty()) {
            dropFirst();
        }
    }

    private void dropFirst() {
        bytes -= weight(payloads.removeFirst());
        first++;
    }

    private static long weight(byte[] payload) {
        return payload.length + (long) OVERHEAD_BYTES;
    }
}

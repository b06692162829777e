package io.headgate.process;

import io.headgate.destination.Outgoing;
import io.headgate.stream.Input;
import io.headgate.stream.StreamEntry;

/**
 * An event in a lane's hands.
 *
 * @param failed how often its delivery has failed while its destination took others
 * @param retried whether it has waited, so that in an ordered lane it is the first of its session
 */
record Item(Input input, StreamEntry entry, Outgoing outgoing, int failed, boolean retried) {
    /** What a byte of an event weighs in memory, about, with all that is kept around it. */
    static final int BYTES_A_BYTE = 4;

    /** What it weighs in memory. */
    long bytes() {
        return (long) BYTES_A_BYTE * entry.json().length();
    }

    Ref ref() {
        return new Ref(input, entry.id(), failed, outgoing.sessionId());
    }
}

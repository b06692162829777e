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
    /** What it weighs in memory, about: the event as it was posted and as a tree. */
    int bytes() {
        return 4 * entry.json().length();
    }

    Ref ref() {
        return new Ref(input, entry.id(), failed, outgoing.sessionId());
    }
}

package io.headgate.stream;

import io.headgate.event.Event;
import io.headgate.event.Outcome;
import java.util.ArrayList;
import java.util.List;

/** The events of one call of the script, in order, gathered from one or more {@link Pending}s. */
final class AppendCall {
    /** A run of events of one pending. */
    private record Part(Pending pending, int from, int count) {}

    private final List<Part> parts = new ArrayList<>();
    private final long sentNanos;
    private int events;
    private boolean repeated;
    private boolean settled;

    AppendCall(long sentNanos) {
        this.sentNanos = sentNanos;
    }

    long sentNanos() {
        return sentNanos;
    }

    int size() {
        return events;
    }

    /** Takes as many of its unsent events as fit below both limits; the first event of a call always fits. */
    long take(Pending pending, int eventsMax, long bytesMax) {
        int from = pending.firstUnsent();
        int count = 0;
        long bytes = 0;
        while (count < pending.unsent() && events < eventsMax) {
            long next = Pending.bytes(pending.event(from + count));
            if (events > 0 && bytes + next > bytesMax) {
                break;
            }
            bytes += next;
            count++;
            events++;
        }
        if (count > 0) {
            pending.send(count);
            parts.add(new Part(pending, from, count));
        }
        return bytes;
    }

    /** All its events, in order. */
    List<Event> events() {
        List<Event> all = new ArrayList<>(events);
        for (Part part : parts) {
            for (int i = 0; i < part.count; i++) {
                all.add(part.pending.event(part.from + i));
            }
        }
        return all;
    }

    /** Whether it may be sent once more; true only the first time. */
    boolean repeatOnce() {
        boolean first = !repeated;
        repeated = true;
        return first;
    }

    /** Whether {@link #settle} was called: what comes later for this call is of no interest. */
    boolean settled() {
        return settled;
    }

    /** Tells every event its outcome, in order, once. */
    void settle(CallResult result) {
        settled = true;
        int index = 0;
        for (Part part : parts) {
            for (int i = 0; i < part.count; i++) {
                Outcome outcome = result.outcome(index++);
                if (result.fault() != null && !outcome.onStream()) {
                    part.pending.fault(result.fault());
                }
                part.pending.settle(part.from + i, outcome);
            }
        }
    }
}

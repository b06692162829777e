package io.headgate.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The events that wait for a partition's next call, in order, bounded. Belongs to the event loop of the writer; only how
 * much waits may be asked by anybody.
 */
final class Waiting {
    private final WriterLimits limits;
    private final Deque<Pending> queue = new ArrayDeque<>();
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Waiting(WriterLimits limits) {
        this.limits = limits;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int events() {
        return events.get();
    }

    long bytes() {
        return bytes.get();
    }

    /** Whether these may wait too; always, when nothing does. */
    boolean fits(Pending pending) {
        return queue.isEmpty()
                || (events() + pending.size() <= limits.queueEventsMax()
                        && bytes() + pending.bytes() <= limits.queueBytesMax());
    }

    void add(Pending pending, long nowNanos) {
        pending.waitSince(nowNanos);
        queue.add(pending);
        count(pending.size(), pending.bytes());
    }

    /** Since when the first of them waits; there must be one. */
    long since() {
        return queue.getFirst().waitingSince();
    }

    /** Moves as many as one call may have, from the head, into a call. */
    AppendCall gather(long nowNanos) {
        AppendCall call = new AppendCall(nowNanos);
        long taken = 0;
        while (!queue.isEmpty()) {
            Pending next = queue.getFirst();
            int before = call.size();
            long more = call.take(next, limits.callEventsMax(), limits.callBytesMax() - taken);
            taken += more;
            count(before - call.size(), -more);
            if (next.unsent() > 0) {
                break;
            }
            queue.removeFirst();
        }
        return call;
    }

    /** Takes all of them away, in order. */
    List<Pending> takeAll() {
        List<Pending> all = new ArrayList<>(queue);
        queue.clear();
        count(-events(), -bytes());
        return all;
    }

    private void count(int moreEvents, long moreBytes) {
        events.addAndGet(moreEvents);
        bytes.addAndGet(moreBytes);
    }
}

package io.headgate.journal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the writer, bounded in records and bytes; an append that finds nothing waiting is always taken, whatever
 * its size, for how large a batch may be is decided at the door. Numbers are given here, under its lock, so that the order of
 * the queue is the order of the numbers. Filled by any thread, emptied by the writer.
 */
final class Queue {
    static final int RECORDS_MAX = 100_000;
    static final long BYTES_MAX = 16L << 20;

    /** Of one group: what waits behind it is not held up for longer than this takes. */
    private static final long GROUP_BYTES_MAX = 4L << 20;

    private static final String CLOSED = "the journal is closed";

    private final Positions positions;
    private final JournalMeters meters;
    private final long entryBytesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private int records;
    private long bytes;
    private boolean woken;
    private boolean closed;
    private volatile @Nullable String trouble;

    /** Where one entry takes {@code entryBytesMax} at most. */
    Queue(Positions positions, JournalMeters meters, long entryBytesMax) {
        this.positions = positions;
        this.meters = meters;
        this.entryBytesMax = entryBytesMax;
    }

    /** Takes records behind all others; {@code appended} has risen when this returns, unless they are refused. */
    Future<Long> offer(int channel, List<byte[]> payloads, Context context) {
        long size = Entry.bytes(payloads);
        lock.lock();
        try {
            String refusal = refusal(payloads, size);
            if (refusal != null) {
                meters.refused(payloads.size());
                return Future.failedFuture(new JournalException(refusal));
            }
            long first = positions.append(channel, payloads.size());
            Promise<Long> promise = Promise.promise();
            waiting.add(new Entry(channel, first, payloads, size, context, promise));
            records += payloads.size();
            bytes += size;
            work.signal();
            return promise.future();
        } finally {
            lock.unlock();
        }
    }

    /** The next group; empty when nothing came in this time, or somebody woke the writer, or it is closed. */
    List<Entry> take(long nanosMax) {
        lock.lock();
        try {
            long left = nanosMax;
            while (waiting.isEmpty() && !woken && !closed && left > 0) {
                left = work.awaitNanos(left);
            }
            woken = false;
            return group();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the journal's thread must not be interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes back this group and all that waits, and refuses whatever comes until {@link #accept}.
     *
     * @return everything that must be told so
     */
    List<Entry> refuse(List<Entry> group, String why) {
        lock.lock();
        try {
            trouble = why;
            List<Entry> refused = new ArrayList<>(group);
            refused.addAll(waiting);
            waiting.clear();
            records = 0;
            bytes = 0;
            positions.takeBack();
            return refused;
        } finally {
            lock.unlock();
        }
    }

    /** Takes again. */
    void accept() {
        trouble = null;
    }

    /** Why nothing is taken; null while something is. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** Makes the writer look around. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what waits is written still. */
    void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is closed and empty. */
    boolean ended() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether an append is likely to be taken now. */
    boolean open() {
        lock.lock();
        try {
            return !closed && trouble == null && records < RECORDS_MAX && bytes < BYTES_MAX;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable String refusal(List<byte[]> payloads, long size) {
        if (closed) {
            return CLOSED;
        }
        if (trouble != null) {
            return trouble;
        }
        if (payloads.stream().anyMatch(payload -> payload.length > RecordFormat.PAYLOAD_BYTES_MAX)) {
            return "a record of more than " + RecordFormat.PAYLOAD_BYTES_MAX + " bytes cannot be kept";
        }
        if (size > entryBytesMax) {
            return "an append of " + size + " bytes does not fit a segment of the journal, which holds " + entryBytesMax
                    + "; raise journal.segment-bytes";
        }
        boolean fits = records + payloads.size() <= RECORDS_MAX && bytes + size <= BYTES_MAX;
        if (!fits && !waiting.isEmpty()) {
            return "too much waits for the journal's disk: " + records + " records of " + bytes + " bytes; allowed: "
                    + RECORDS_MAX + " records, " + BYTES_MAX + " bytes";
        }
        return null;
    }

    private List<Entry> group() {
        List<Entry> group = new ArrayList<>();
        long size = 0;
        while (!waiting.isEmpty() && (group.isEmpty() || size + waiting.peek().bytes() <= GROUP_BYTES_MAX)) {
            Entry entry = waiting.remove();
            size += entry.bytes();
            records -= entry.payloads().size();
            group.add(entry);
        }
        bytes -= size;
        return group;
    }
}

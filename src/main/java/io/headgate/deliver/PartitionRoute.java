package io.headgate.deliver;

import io.headgate.event.Event;
import io.headgate.event.Outcome;
import io.headgate.stream.Appended;
import io.headgate.stream.StreamStore;
import io.headgate.stream.WriteFault;
import io.vertx.core.AsyncResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of one partition's events: straight to the stream, or by the journal and its drain.
 *
 * <pre>
 *   nothing in the journal, breaker closed:   stream, what fails there: journal
 *   a backlog, or Redis is not tried:         journal behind it, what fails there: stream, and the order is given up
 *   the backlog is all but drained:           held for some milliseconds, then as above
 * </pre>
 *
 * <p>Order: nothing goes straight while something of the partition is in the journal and not confirmed. A failed write
 * gives back everything behind it, in order and in one go ({@link StreamStore#append}), and each goes to the journal as it is
 * told, which raises the backlog at once. So of two events that came one after the other, the later never overtakes.
 *
 * <p>Why events are held at the end of a drain: under steady load there is always one that has just been journaled, and
 * the way would lead through the journal for ever. Held are some milliseconds' worth of events, bounded in number and time.
 *
 * <p>Everything here belongs to the partition's event loop ({@link #run}), but for the numbers of the backlog.
 */
public final class PartitionRoute {
    private static final int HELD_EVENTS_MAX = 5_000;

    private final int partition;
    private final Parts parts;
    private final Tail tail;
    private final JournalCalls calls;
    private final HoldTimer hold;
    private final Deque<Share> held = new ArrayDeque<>();
    private int heldEvents;
    private boolean holding;
    private Runnable whenJournaled = () -> {};

    PartitionRoute(int partition, Parts parts, long tailBytesMax) {
        this.partition = partition;
        this.parts = parts;
        this.tail = new Tail(tailBytesMax);
        this.calls = new JournalCalls(partition, parts);
        this.hold = new HoldTimer(parts.timers(), this::release);
    }

    public int partition() {
        return partition;
    }

    /** Runs the action where this route belongs: at once when called there. */
    public void run(Runnable action) {
        parts.stream().run(partition, action);
    }

    /** Events in the journal, durable or about to be, that are not confirmed. May be asked by anybody. */
    public long backlog() {
        long confirmed = parts.journal().confirmed(partition); // first, lest it seem to be ahead
        return parts.journal().appended(partition) - confirmed;
    }

    /** Number of the last record that the stream has. */
    public long confirmed() {
        return parts.journal().confirmed(partition);
    }

    /** Number of the last record that is safe in the journal. */
    public long durable() {
        return parts.journal().durable(partition);
    }

    /** Whether Redis may be written to now. */
    public boolean open() {
        return parts.breaker().closed() && parts.stream().up();
    }

    /** Payloads of the journal's records from this number on if they are still in memory, {@code max} at most. */
    public List<byte[]> recent(long sequence, int max) {
        return tail.from(sequence, max);
    }

    /** What to run whenever records have become durable. */
    public void whenJournaled(Runnable action) {
        whenJournaled = action;
    }

    /** Writes events to the stream, and lets the breaker know what it came to; what came out of the journal too. */
    public void store(List<Event> events, Consumer<Appended> told) {
        long turn = parts.breaker().turn();
        parts.stream().append(partition, events, appended -> {
            hear(turn, appended.fault());
            told.accept(appended);
        });
    }

    /** The stream has the records up to this number. */
    public void confirm(long sequence) {
        parts.journal().confirm(partition, sequence);
        if (backlog() == 0) {
            release();
        }
    }

    /** What remains of the backlog will be on the stream in a moment, if new events wait that long. */
    public void nearlyDrained() {
        if (backlog() > 0 && hold.begin()) {
            holding = true;
        }
    }

    /** The drain does not go on for now: nothing waits for it. */
    public void stalled() {
        release();
    }

    /** Takes new events. */
    void take(Share share) {
        if (holding) {
            held.add(share);
            heldEvents += share.size();
            if (heldEvents > HELD_EVENTS_MAX) {
                release();
            }
        } else if (backlog() == 0 && calls.none() && parts.breaker().closed()) {
            streamFirst(share);
        } else {
            journal(share);
        }
    }

    private void release() {
        if (!holding) {
            return;
        }
        holding = false;
        hold.end();
        while (!held.isEmpty()) {
            Share share = held.remove();
            heldEvents -= share.size();
            take(share);
        }
    }

    private void streamFirst(Share share) {
        store(share.left(), appended -> {
            share.streamed(appended);
            if (share.safe()) {
                share.tell();
            } else {
                journal(share);
            }
        });
    }

    private void journal(Share share) {
        if (parts.hanging().any() || !parts.journal().writable()) {
            journalRefused(share);
            return;
        }
        List<byte[]> payloads = share.payloads();
        calls.append(share, payloads, result -> journaled(share, payloads, result));
    }

    /** The share may have been told already, as unknown, because this took too long. */
    private void journaled(Share share, List<byte[]> payloads, AsyncResult<Long> result) {
        if (result.succeeded()) {
            tail.add(result.result(), payloads);
        }
        boolean told = share.told.future().isComplete();
        if (told && result.succeeded()) {
            parts.books().journaledLate(payloads.size());
        } else if (result.succeeded()) {
            share.rest(Outcome.JOURNALED);
            share.tell();
        } else if (!told) {
            journalRefused(share);
        }
        if (result.succeeded()) {
            whenJournaled.run();
        }
    }

    /** The journal does not take them: Redis may, also past its backlog. */
    private void journalRefused(Share share) {
        if (share.streamTried() || !parts.stream().up()) {
            share.tell();
            return;
        }
        boolean overtakes = backlog() > 0;
        store(share.left(), appended -> {
            int stored = share.streamed(appended);
            if (overtakes) {
                parts.orderBroken().add(stored);
            }
            share.tell();
        });
    }

    private void hear(long turn, @Nullable WriteFault fault) {
        if (fault == null || WriteFaults.blameRedis(fault)) {
            parts.breaker().heard(turn, fault == null);
        }
    }
}

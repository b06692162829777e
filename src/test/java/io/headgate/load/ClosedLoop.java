package io.headgate.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posts batches as fast as they are answered, or slower: lanes that each own some sessions and have one batch under way, the
 * same one again until it is answered as stored. Serves once.
 */
final class ClosedLoop {
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Client client;
    private final Numbered events;
    private final Ledger ledger;
    private final int batch;
    private final long nanosPerBatch;
    private final AtomicLong left;
    private final AtomicLong again = new AtomicLong();
    private final CountDownLatch done;
    private final int lanes;
    private final int sessionsEach;
    private final int[] next;

    /** Sessions from 0 on, {@code lanes * sessionsEach} of them; whole batches, {@code total} events at least. */
    ClosedLoop(Client client, Numbered events, Ledger ledger, int lanes, int sessionsEach, int batch, long total) {
        this(client, events, ledger, lanes, sessionsEach, batch, total, Integer.MAX_VALUE);
    }

    /** The same, not faster than so many events a second; time that is lost by a gateway that is away is not made up. */
    ClosedLoop(
            Client client,
            Numbered events,
            Ledger ledger,
            int lanes,
            int sessionsEach,
            int batch,
            long total,
            int eventsPerSecond) {
        this.client = client;
        this.events = events;
        this.ledger = ledger;
        this.batch = batch;
        this.nanosPerBatch = TimeUnit.SECONDS.toNanos(1) * lanes * batch / eventsPerSecond;
        this.lanes = lanes;
        this.sessionsEach = sessionsEach;
        this.left = new AtomicLong(total);
        this.done = new CountDownLatch(lanes);
        this.next = new int[lanes * sessionsEach];
    }

    void start() {
        for (int lane = 0; lane < lanes; lane++) {
            postNext(lane, System.nanoTime());
        }
    }

    /** Waits until all are stored, or the time is over; says whether they are. */
    boolean await(long seconds) throws InterruptedException {
        return done.await(seconds, TimeUnit.SECONDS);
    }

    /** Batches that were posted again, since their answer was another than stored. */
    long again() {
        return again.get();
    }

    private void postNext(int lane, long due) {
        if (left.getAndAdd(-batch) <= 0) {
            done.countDown();
            return;
        }
        long[] identities = new long[batch];
        for (int i = 0; i < batch; i++) {
            int session = lane * sessionsEach + i % sessionsEach;
            identities[i] = (long) session << 32 | next[session]++;
        }
        ledger.sent(identities);
        post(lane, identities, due);
    }

    private void post(int lane, long[] identities, long due) {
        client.post(events.batch(identities)).onComplete(answer -> {
            if (answer.succeeded() && answer.result().stored(batch)) {
                ledger.answered(answer.result(), identities);
                postWhenDue(lane, Math.max(due + nanosPerBatch, System.nanoTime() - AGAIN_NANOS));
            } else {
                again.incrementAndGet();
                client.later(AGAIN_NANOS, () -> post(lane, identities, due));
            }
        });
    }

    private void postWhenDue(int lane, long due) {
        long wait = due - System.nanoTime();
        if (wait > 0) {
            client.later(wait, () -> postNext(lane, due));
        } else {
            postNext(lane, due);
        }
    }
}

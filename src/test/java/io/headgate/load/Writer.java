package io.headgate.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that owns some sessions and posts their events in order: small batches at a steady rate, each again with the
 * same ids until it is answered as stored, and only then the next. One batch in twenty is one that was stored before.
 */
final class Writer extends Thread {
    private static final int BATCH_MAX = 20;
    private static final int REPEAT_ONE_IN = 20;
    private static final int REMEMBERED_MAX = 50;
    private static final long LOOK_MILLIS = 100;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Numbered events;
    private final Ledger ledger;
    private final Client client;
    private final Random random;
    private final int firstSession;
    private final int[] next;
    private final double nanosPerEvent;
    private final Semaphore turn = new Semaphore(1, true);
    private final Deque<long[]> stored = new ArrayDeque<>();
    private volatile boolean ended;
    private volatile String refusal;

    Writer(Numbered events, Ledger ledger, Client client, int firstSession, int sessions, double rate, long seed) {
        super("writer-" + firstSession);
        setDaemon(true);
        this.events = events;
        this.ledger = ledger;
        this.client = client;
        this.random = new Random(seed);
        this.firstSession = firstSession;
        this.next = new int[sessions];
        this.nanosPerEvent = TimeUnit.SECONDS.toNanos(1) / rate;
    }

    /** Waits until the batch under way is stored, and posts nothing from then on. */
    boolean pause(long seconds) throws InterruptedException {
        return turn.tryAcquire(seconds, TimeUnit.SECONDS);
    }

    /** Goes on after a pause. */
    void goOn() {
        turn.release();
    }

    /** Posts nothing new; a batch under way is not posted again. */
    void end() {
        ended = true;
    }

    /** An answer that no fault of Redis or gateway explains, such as 400; null when there was none. */
    String refusal() {
        return refusal;
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        try {
            while (refusal == null && myTurn()) {
                int events = 0;
                try {
                    events = postOne();
                } finally {
                    turn.release();
                }
                // late is late: a steady rate does not catch up on an outage
                due = Math.max(due, System.nanoTime() - RETRY_NANOS) + (long) (events * nanosPerEvent);
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end of a pause; false when the writer is ended meanwhile, by a run that is not sound. */
    private boolean myTurn() throws InterruptedException {
        boolean mine = false;
        while (!ended && !mine) {
            mine = turn.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return mine;
    }

    private int postOne() throws InterruptedException {
        boolean again = !stored.isEmpty() && random.nextInt(REPEAT_ONE_IN) == 0;
        long[] batch = again ? stored.peekFirst() : fresh(1 + random.nextInt(BATCH_MAX));
        ledger.sent(batch);
        while (!ended && refusal == null) {
            Client.Answer answer = client.postNow(events.batch(batch));
            if (answer != null && answer.stored(batch.length)) {
                ledger.answered(answer, batch);
                remember(batch);
                return batch.length;
            }
            if (answer != null && answer.status() != 503) {
                refusal = "a valid batch was answered " + answer;
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
        return batch.length;
    }

    private long[] fresh(int size) {
        long[] batch = new long[size];
        for (int i = 0; i < size; i++) {
            int session = random.nextInt(next.length);
            batch[i] = (long) (firstSession + session) << 32 | next[session]++;
        }
        return batch;
    }

    private void remember(long[] batch) {
        stored.addLast(batch);
        if (stored.size() > REMEMBERED_MAX) {
            stored.removeFirst();
        }
    }
}

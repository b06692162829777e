package io.headgate.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Posts batches at a fixed rate, whatever the answers do, and counts the time of each from the moment at which it was
 * due: a gateway that stands still is charged for what it kept waiting. Answers are kept by the phase in which their batch
 * was due. Nothing is posted twice.
 */
final class OpenLoop extends Thread {
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    /** What was answered in one phase. */
    static final class Phase {
        final ConcurrentHistogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
        final AtomicLong events = new AtomicLong();
        final AtomicLong failed = new AtomicLong();

        @Override
        public String toString() {
            return "events=%d p50_ms=%.1f p99_ms=%.1f worst_ms=%.1f failed=%d"
                    .formatted(
                            events.get(),
                            micros.getValueAtPercentile(50) / 1e3,
                            micros.getValueAtPercentile(99) / 1e3,
                            micros.getMaxValue() / 1e3,
                            failed.get());
        }
    }

    private final Client client;
    private final Numbered events;
    private final Ledger ledger;
    private final int batch;
    private final long nanosPerBatch;
    private final int[] next;
    private final AtomicLong inFlight = new AtomicLong();
    private final Map<String, Phase> phases = new TreeMap<>();
    private volatile Phase phase = new Phase();
    private volatile boolean ended;

    OpenLoop(Client client, Numbered events, Ledger ledger, int eventsPerSecond, int batch) {
        super("open-loop");
        setDaemon(true);
        this.client = client;
        this.events = events;
        this.ledger = ledger;
        this.batch = batch;
        this.nanosPerBatch = TimeUnit.SECONDS.toNanos(1) * batch / eventsPerSecond;
        this.next = new int[ledger.sessions()];
    }

    /** From now on answers count for this phase, which may have been before. */
    Phase phase(String name) {
        synchronized (phases) {
            phase = phases.computeIfAbsent(name, any -> new Phase());
            return phase;
        }
    }

    /** Posts nothing more, and waits for the last answer. */
    void end() throws InterruptedException {
        ended = true;
        join();
        while (inFlight.get() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        while (!ended) {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            } else {
                post(due);
                due += nanosPerBatch;
            }
        }
    }

    private void post(long due) {
        Phase counted = phase;
        long[] identities = new long[batch];
        for (int i = 0; i < batch; i++) {
            int session = ThreadLocalRandom.current().nextInt(next.length);
            identities[i] = (long) session << 32 | next[session]++;
        }
        ledger.sent(identities);
        inFlight.incrementAndGet();
        client.post(events.batch(identities)).onComplete(answer -> {
            counted.micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - due) / 1000));
            counted.events.addAndGet(batch);
            if (answer.succeeded() && answer.result().stored(batch)) {
                ledger.answered(answer.result(), identities);
            } else {
                counted.failed.incrementAndGet();
            }
            inFlight.decrementAndGet();
        });
    }
}

package io.headgate.quarantine;

import io.headgate.event.Quarantined;
import io.headgate.meter.Meters;
import io.headgate.meter.Tally;
import io.headgate.stream.StreamStore;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rejected events with their reason: on a stream of their own when Redis takes them, else in a bounded file that
 * follows when Redis is back.
 *
 * <pre>
 *   put -> queue (bounded) -> PREFIX:quarantine
 *               |                  ^
 *               '-> spool file ----'   while Redis does not take them; at least once
 * </pre>
 *
 * <p>No answer waits for it. What a bound cuts off is counted as {@code headgate_quarantine_dropped}. Safe for use by any
 * thread; the queue is guarded by this object's monitor, and one write is under way at a time.
 */
public final class Quarantine {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    /** Entries that wait in memory at most. */
    static final int QUEUE_ENTRIES_MAX = 10_000;
    /** Bytes of events and reasons that wait in memory at most. */
    static final int QUEUE_BYTES_MAX = 16 * 1024 * 1024;

    private static final int ENTRY_OVERHEAD_BYTES = 200;
    private static final int WRITE_ENTRIES_MAX = 100;
    private static final Duration REPLAY_EVERY = Duration.ofSeconds(1);

    private final StreamStore stream;
    private final Vertx vertx;
    private final Spool spool;
    private final Tally written;
    private final Tally spooled;
    private final Tally dropped;
    private final Timers.Timer replayTimer;

    private final Deque<Quarantined> queue = new ArrayDeque<>();
    private int queuedBytes;
    private @Nullable String lastTrouble;
    private Future<Void> work = Future.succeededFuture();

    /** @param dir holds the spool file; made when it is not there */
    public Quarantine(StreamStore stream, Vertx vertx, Path dir, long spoolBytesMax, Timers timers, Meters meters) {
        this.stream = stream;
        this.vertx = vertx;
        this.spool = new Spool(dir, spoolBytesMax);
        this.written = meters.tally("headgate_quarantine_written", "Rejected events written to the quarantine stream");
        this.spooled = meters.tally("headgate_quarantine_spooled", "Rejected events written to the spool file");
        this.dropped = meters.tally("headgate_quarantine_dropped", "Rejected events cut off by a bound");
        meters.gauge("headgate_quarantine_spool_bytes", "Bytes of the spool file not yet followed", spool::bytes);
        this.replayTimer = timers.every(REPLAY_EVERY, this::wake);
    }

    /** Takes one rejected event; never waits and never fails. */
    public void put(Quarantined entry) {
        synchronized (this) {
            int bytes = weight(entry);
            if (queue.size() >= QUEUE_ENTRIES_MAX || queuedBytes + bytes > QUEUE_BYTES_MAX) {
                dropped.increment();
                return;
            }
            queuedBytes += bytes;
            queue.add(entry);
        }
        wake();
    }

    /** The newest entries of the quarantine stream, newest first. */
    public Future<List<Quarantined>> newest(int limit) {
        return stream.quarantine().read(limit);
    }

    /** Writes what still waits, to Redis or to the file, and stops. */
    public Future<Void> stop() {
        replayTimer.cancel();
        Future<Void> last;
        synchronized (this) {
            last = work;
        }
        return last.eventually(this::round).eventually(this::queueToSpool);
    }

    /** Starts a round of work, unless one is under way: that one sees whatever was queued before it ends. */
    private void wake() {
        synchronized (this) {
            if (work.isComplete() && (!queue.isEmpty() || spool.bytes() > 0)) {
                work = round();
            }
        }
    }

    private Future<Void> round() {
        return spoolToStream().compose(followed -> followed ? queueToStream() : queueToSpool());
    }

    /** Lets the spool follow; true when nothing of it is left. */
    private Future<Boolean> spoolToStream() {
        if (spool.bytes() == 0) {
            return Future.succeededFuture(true);
        }
        if (!stream.up()) {
            return Future.succeededFuture(false);
        }
        return vertx.executeBlocking(() -> spool.first(WRITE_ENTRIES_MAX))
                .compose(chunk -> write(chunk.entries())
                        .compose(taken -> taken
                                ? vertx.executeBlocking(() -> spool.passed(chunk))
                                        .compose(done -> spoolToStream())
                                : Future.succeededFuture(false)))
                .otherwise(fault -> {
                    trouble(fault);
                    return false;
                });
    }

    private Future<Void> queueToStream() {
        List<Quarantined> entries = takeFromQueue();
        if (entries.isEmpty()) {
            return Future.succeededFuture();
        }
        return write(entries).compose(stored -> {
            if (stored) {
                return queueToStream();
            }
            return toSpool(entries).compose(done -> queueToSpool());
        });
    }

    /** Whether Redis took them. */
    private Future<Boolean> write(List<Quarantined> entries) {
        return stream.quarantine()
                .add(entries)
                .map(done -> {
                    written.add(entries.size());
                    well();
                    return true;
                })
                .otherwise(fault -> {
                    trouble(fault);
                    return false;
                });
    }

    /** What went wrong last and is not over; empty when all is well. For the status page. */
    public synchronized Optional<String> trouble() {
        return Optional.ofNullable(lastTrouble);
    }

    /** Rejected events that wait in memory. */
    public synchronized int queued() {
        return queue.size();
    }

    /** Bytes of rejected events that wait in the spool file. */
    public long spoolBytes() {
        return spool.bytes();
    }

    private synchronized void trouble(Throwable fault) {
        String now = String.valueOf(fault.getMessage());
        if (lastTrouble == null) {
            LOG.warn("quarantine_waits, rejected events cannot be written now: {}", now);
        }
        lastTrouble = now;
    }

    private synchronized void well() {
        if (lastTrouble != null) {
            LOG.info("quarantine_follows, rejected events are written again");
        }
        lastTrouble = null;
    }

    private Future<Void> queueToSpool() {
        List<Quarantined> entries = takeFromQueue();
        return entries.isEmpty() ? Future.succeededFuture() : toSpool(entries).compose(done -> queueToSpool());
    }

    private Future<Void> toSpool(List<Quarantined> entries) {
        return vertx.executeBlocking(() -> spool.append(entries))
                .map(kept -> {
                    spooled.add(kept);
                    dropped.add(entries.size() - kept);
                    return (Void) null;
                })
                .otherwise(fault -> {
                    dropped.add(entries.size());
                    trouble(fault);
                    return null;
                });
    }

    private synchronized List<Quarantined> takeFromQueue() {
        List<Quarantined> entries = new ArrayList<>();
        while (!queue.isEmpty() && entries.size() < WRITE_ENTRIES_MAX) {
            Quarantined entry = queue.remove();
            queuedBytes -= weight(entry);
            entries.add(entry);
        }
        return entries;
    }

    private static int weight(Quarantined entry) {
        return entry.event().length() + entry.reason().length() + ENTRY_OVERHEAD_BYTES;
    }
}

package io.headgate.drain;

import io.headgate.deliver.Delivery;
import io.headgate.journal.Journal;
import io.headgate.meter.Meters;
import io.headgate.meter.Tally;
import io.headgate.stream.StreamStore;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drains all partitions, each by itself. Safe for use by any thread. */
public final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private static final long READ_BYTES_MAX = 512L << 10;
    private static final long READ_BYTES_MIN = 8L << 10;
    /** Of the largest heap, for what all partitions have read. */
    private static final int READ_HEAP_SHARE = 32;

    private final Delivery delivery;
    private final Clock clock;
    private final Timers timers;
    private final Tally unverified;
    private final List<PartitionDrain> partitions;
    private volatile long pausedUntilMillis;
    private Timers.@Nullable Timer pauseEnd;

    /** {@code dedupeWindow}: how long Redis remembers an id at least. */
    public Drain(
            Delivery delivery,
            Journal journal,
            StreamStore stream,
            Duration dedupeWindow,
            Clock clock,
            Timers timers,
            Meters meters) {
        this.delivery = delivery;
        this.clock = clock;
        this.timers = timers;
        this.unverified = meters.tally(
                "headgate_drain_unverified", "Events drained too late for Redis to know whether it had them before");
        long share = Runtime.getRuntime().maxMemory() / READ_HEAP_SHARE / stream.partitions();
        long readBytes = Math.max(READ_BYTES_MIN, Math.min(READ_BYTES_MAX, share));
        Work work = new Work(
                journal, stream, meters.books(), unverified, dedupeWindow, readBytes, this::paused, clock, timers);
        this.partitions = delivery.routes().stream()
                .map(route -> new PartitionDrain(route, work))
                .toList();
        meters.books().backlogAtStart(delivery.backlog());
        meters.gauge("headgate_journal_backlog", "Events in the journal that are not on the stream", delivery::backlog);
        meters.gauge(
                "headgate_journal_oldest_age_seconds", "Age of the first event in the journal", this::oldestSeconds);
        meters.gauge("headgate_drain_paused", "Whether an operator has paused the drain", () -> paused() ? 1 : 0);
        meters.gauge("headgate_drain_halted", "Partitions whose drain waits for a person", this::halted);
    }

    /** Drains what is there, and from now on whatever comes. */
    public void start() {
        partitions.forEach(PartitionDrain::start);
    }

    /** Makes no further call; what is under way is confirmed as it is answered. */
    public void stop() {
        partitions.forEach(PartitionDrain::stop);
    }

    /** Keeps the backlog in the journal for so long, or until {@link #resume}, or until the process ends. */
    public synchronized void pause(Duration length) {
        endPause();
        pausedUntilMillis = clock.wallMillis() + length.toMillis();
        delivery.paused(true);
        pauseEnd = timers.once(length, this::resume);
        LOG.warn("drain_paused for_s={}", length.toSeconds());
    }

    /** Goes on. */
    public synchronized void resume() {
        if (paused()) {
            LOG.info("drain_resumed");
        }
        endPause();
    }

    /** How the drain stands. */
    public DrainStatus status() {
        return new DrainStatus(
                pausedUntilMillis,
                unverified.value(),
                partitions.stream().map(PartitionDrain::status).toList());
    }

    private void endPause() {
        if (pauseEnd != null) {
            pauseEnd.cancel();
            pauseEnd = null;
        }
        pausedUntilMillis = 0;
        delivery.paused(false);
    }

    private double oldestSeconds() {
        long oldest = status().oldestMillis();
        return oldest == 0 ? 0 : (clock.wallMillis() - oldest) / 1e3;
    }

    private boolean paused() {
        return pausedUntilMillis > 0;
    }

    private long halted() {
        return partitions.stream()
                .filter(partition -> partition.status().halted() != null)
                .count();
    }
}

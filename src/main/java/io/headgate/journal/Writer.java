package io.headgate.journal;

import io.headgate.time.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's one writing thread, {@code journal-writer}: gathers what waits, makes it durable, answers, and between
 * groups makes confirmed positions durable and removes what is done with.
 *
 * <pre>
 *                     disk failed twice, or full
 *   takes appends  ------------------------------->  refuses all, numbers taken back
 *        ^                                                  |
 *        '------------- a new segment was made -------------'  tried every second, and when segments were removed
 * </pre>
 *
 * <p>It is never interrupted, for that would close the file that it writes.
 */
final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private static final long SAVE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Queue queue;
    private final Log log;
    private final Cleaner cleaner;
    private final Preparer preparer;
    private final Clock clock;
    private final JournalMeters meters;
    private final Rate rate;
    private final Promise<Void> ended = Promise.promise();
    /** At the start too: an earlier process may have died between saving the cursor and removing segments. */
    private volatile boolean unsaved = true;

    private long savedAt;
    private long cleanedAt;
    private long retryAt;
    private boolean cleaningFails;

    Writer(Queue queue, Log log, Cleaner cleaner, Preparer preparer, Clock clock, JournalMeters meters, Rate rate) {
        this.queue = queue;
        this.log = log;
        this.cleaner = cleaner;
        this.preparer = preparer;
        this.clock = clock;
        this.meters = meters;
        this.rate = rate;
        this.savedAt = clock.nanos() - SAVE_NANOS;
    }

    void start() {
        Threads.start("journal-writer", this::run);
    }

    /** Some channel's confirmed position has changed. */
    void confirmed() {
        if (!unsaved) {
            unsaved = true;
            queue.wake();
        }
    }

    /** Writes what waits, makes the confirmed positions durable, and ends. */
    Future<Void> close() {
        queue.close();
        return ended.future();
    }

    private void run() {
        try {
            while (!queue.ended()) {
                List<Entry> group = queue.take(untilDue());
                write(group);
                if (!queue.ended()) {
                    tidy();
                }
            }
            finish();
            ended.complete();
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("journal_stopped, it takes nothing until the next start", e);
            refuse(List.of(), "the journal has stopped: " + e);
            ended.fail(e);
        }
    }

    private void write(List<Entry> group) {
        List<Entry> left = group;
        while (!left.isEmpty()) {
            try {
                int count = log.write(left);
                answer(left.subList(0, count));
                left = left.subList(count, left.size());
            } catch (IOException e) {
                refuse(left, why(e));
                return;
            } catch (RuntimeException | Error e) {
                refuse(left, "the journal has stopped: " + e);
                throw e;
            }
        }
    }

    private void answer(List<Entry> entries) {
        int records = 0;
        long bytes = 0;
        for (Entry entry : entries) {
            records += entry.payloads().size();
            bytes += entry.bytes();
        }
        meters.appended(records, bytes);
        rate.add(bytes);
        Answers.tell(entries, entry -> entry.promise().complete(entry.first()));
    }

    private void refuse(List<Entry> group, String why) {
        if (queue.trouble() == null) {
            LOG.error("journal_not_writable, appends are refused: {}", why);
        }
        retryAt = clock.nanos() + RETRY_NANOS;
        List<Entry> refused = queue.refuse(group, why);
        refused.forEach(entry -> meters.refused(entry.payloads().size()));
        Answers.tell(refused, entry -> entry.promise().fail(new JournalException(why)));
    }

    private static String why(IOException e) {
        return e instanceof JournalException ? String.valueOf(e.getMessage()) : "the journal's disk fails: " + e;
    }

    private void tidy() {
        boolean removed = false;
        if (unsaved && clock.nanos() - savedAt >= SAVE_NANOS) {
            removed = clean();
        }
        if (queue.trouble() != null && (removed || clock.nanos() - retryAt >= 0)) {
            retry();
        }
        if (log.wantsSpare()) {
            preparer.want();
        }
        if (log.lastNumber() != cleanedAt) {
            unsaved = true; // the segment before the newest may be done with
        }
    }

    private boolean clean() {
        unsaved = false;
        savedAt = clock.nanos();
        cleanedAt = log.lastNumber();
        try {
            boolean removed = cleaner.clean();
            cleaningFails = false;
            return removed;
        } catch (IOException e) {
            unsaved = true;
            savedAt = clock.nanos() + RETRY_NANOS;
            if (!cleaningFails) {
                cleaningFails = true;
                LOG.warn("journal_cursor_not_saved, tried again every second: {}", e.toString());
            }
            return false;
        }
    }

    private void retry() {
        try {
            log.reopen();
            queue.accept();
            LOG.info("journal_writable, appends are taken again");
        } catch (IOException e) {
            refuse(List.of(), why(e));
        }
    }

    private long untilDue() {
        long now = clock.nanos();
        long wait = Long.MAX_VALUE;
        if (unsaved) {
            wait = savedAt + SAVE_NANOS - now;
        }
        if (queue.trouble() != null) {
            wait = Math.min(wait, retryAt - now);
        }
        return wait;
    }

    private void finish() throws IOException {
        preparer.stop();
        log.close();
        cleaner.clean();
        cleaner.close();
    }
}

package io.headgate.journal;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the next segment full of zeros before it is needed, on a thread of its own, {@code journal-preparer}. What fails
 * is let be until it is wanted again: the writer makes a segment itself where none is prepared.
 */
final class Preparer {
    private static final Logger LOG = LoggerFactory.getLogger(Preparer.class);

    private final Spare spare;
    private boolean wanted;
    private boolean stopped;

    Preparer(Spare spare) {
        this.spare = spare;
    }

    void start() {
        Threads.start("journal-preparer", this::run);
    }

    /** Prepares one, soon. */
    synchronized void want() {
        wanted = true;
        notifyAll();
    }

    /** Writes nothing more when this returns. */
    void stop() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        spare.close();
    }

    private void run() {
        while (awaitWanted()) {
            prepare();
            done();
        }
    }

    private void prepare() {
        try {
            spare.begin();
            while (spare.step()) {
                // the next zeros
            }
        } catch (IOException | RuntimeException | Error e) {
            LOG.debug("journal_spare_not_prepared: {}", e.toString());
        }
    }

    private synchronized boolean awaitWanted() {
        try {
            while (!wanted && !stopped) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("the journal's thread must not be interrupted", e);
        }
        return !stopped;
    }

    /** What was wanted meanwhile is there, or is wanted again. */
    private synchronized void done() {
        wanted = false;
    }
}

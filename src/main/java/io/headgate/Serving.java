package io.headgate;

import io.headgate.config.InstanceName;
import io.headgate.config.Settings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a process, from its start to its end:
 *
 * <pre>
 *   starting --ready--> running --TERM, INT--> stopping --> exit code 0
 *      |                   '-----fatal-------> stopping --> exit code 1
 *      '--cannot start--> exit code 1
 * </pre>
 *
 * <p>A stop that was asked for during the start takes place after it, or the start is cut off. Whatever hangs, the process is gone 20 seconds
 * after the signal: what was answered is stored, so nothing is lost by it, and an embedded Redis is found again.
 */
final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final long STOPPED_WITHIN_SECONDS = 20;

    /** How long what is to stop still takes requests while it says that it is not ready. */
    private static final long NOT_READY_MILLIS = 1000;

    /** Builds what is to run. */
    interface Starter {
        /**
         * Returns when it listens, on whatever ports it has.
         *
         * @param onFatal run, on any thread, when a part failed for good later and the process must end
         * @throws StartException when a part does not start; what had started is stopped again
         */
        Running start(Settings settings, Vertx vertx, Runnable onFatal) throws StartException;
    }

    private final Starter starter;
    private final Settings settings;
    private final Vertx vertx;
    private final IntConsumer halt;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

    /** {@code halt} ends the process at once. */
    Serving(Starter starter, Settings settings, Vertx vertx, IntConsumer halt) {
        this.starter = starter;
        this.settings = settings;
        this.vertx = vertx;
        this.halt = halt;
    }

    /** Returns the exit code when the gateway has stopped. */
    int run() {
        Signals.handle("TERM", () -> end(ExitCode.OK));
        Signals.handle("INT", () -> end(ExitCode.OK));
        Signals.handle("HUP", this::reload);
        try {
            Running started = starter.start(InstanceName.keptFor(settings), vertx, () -> end(ExitCode.FAILED));
            running.set(started);
            int code = exit.join();
            LOG.info("headgate stops");
            started.drain();
            vertx.timer(NOT_READY_MILLIS)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            started.stop();
            return code;
        } catch (StartException e) {
            LOG.error("headgate cannot start: {}", e.getMessage());
            LOG.debug("why", e);
            return ExitCode.FAILED;
        } catch (IOException e) {
            LOG.error("headgate cannot start: {} cannot be written: {}", settings.dataDir(), e.toString());
            return ExitCode.FAILED;
        } catch (RuntimeException | Error e) {
            // event loops keep a process alive that takes no events: whoever supervises it must see an end
            LOG.error("headgate ends by a fault", e);
            halt.accept(ExitCode.FAILED);
            return ExitCode.FAILED;
        } finally {
            finished.countDown();
        }
    }

    private void end(int code) {
        if (exit.complete(code)) {
            Thread watch = new Thread(this::haltWhenLate, "stop-deadline");
            watch.setDaemon(true);
            watch.start();
        }
    }

    private void haltWhenLate() {
        try {
            if (finished.await(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (running.get() == null) {
            LOG.warn("headgate is ended while it still starts");
            halt.accept(ExitCode.OK);
        } else {
            LOG.error("headgate did not stop within {} s and is ended", STOPPED_WITHIN_SECONDS);
            halt.accept(ExitCode.FAILED);
        }
    }

    private void reload() {
        Running started = running.get();
        if (started != null) {
            started.reload();
        }
    }
}

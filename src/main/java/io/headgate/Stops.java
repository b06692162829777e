package io.headgate;

import io.headgate.config.DataDirLock;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How to stop each part that has started, the last one first. Belongs to the thread that starts and stops the gateway. */
final class Stops {
    private static final Logger LOG = LoggerFactory.getLogger(Stops.class);

    /** How long one part may take to stop before the next one is stopped too. */
    private static final int PART_SECONDS_MAX = 10;

    /** Builds something, telling how each part of it is stopped. */
    interface Building<T> {
        T build(Stops stops) throws StartException;
    }

    private record Stop(String part, Supplier<Future<Void>> action) {}

    private final Deque<Stop> stops = new ArrayDeque<>();

    /**
     * What was built; or what had started of it is stopped again.
     *
     * @throws StartException when a part does not start
     */
    static <T> T orUndo(Building<T> building) throws StartException {
        Stops stops = new Stops();
        try {
            return building.build(stops);
        } catch (StartException e) {
            stops.run();
            throw e;
        } catch (RuntimeException e) {
            stops.run();
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The part has started, or is about to. */
    void add(String part, Supplier<Future<Void>> stop) {
        stops.push(new Stop(part, stop));
    }

    /** The same for a part that has stopped when the call returns. */
    void addClosing(String part, AutoCloseable stop) {
        add(part, () -> {
            try {
                stop.close();
                return Future.succeededFuture();
            } catch (Exception e) {
                return Future.failedFuture(e);
            }
        });
    }

    /**
     * Takes the directory for this process alone.
     *
     * @throws StartException when another process has it
     */
    DataDirLock lock(Path dataDir) throws StartException {
        try {
            DataDirLock lock = DataDirLock.take(dataDir);
            addClosing("data-dir", lock);
            return lock;
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Stops every part; one that fails is logged and does not keep the others. */
    void run() {
        while (!stops.isEmpty()) {
            Stop stop = stops.pop();
            try {
                stop.action().get().toCompletionStage().toCompletableFuture().get(PART_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.warn("stop_interrupted part={}", stop.part());
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                LOG.error("stop_failed part={}", stop.part(), e);
            }
        }
    }

    /**
     * Waits for a part to start, however long that takes (a Redis that loads its data); not for an event loop.
     *
     * @throws StartException with the part's own message when it does not start
     */
    static <T> T await(Future<T> future) throws StartException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartException(String.valueOf(cause.getMessage()), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted", e);
        }
    }
}

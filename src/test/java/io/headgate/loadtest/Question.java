package io.headgate.loadtest;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A question that may fail or hang: asked on a thread of its own, waited for until a deadline, and not asked again while
 * it hangs. A late answer counts for the time at which it is waited for again. Owned by one thread.
 */
final class Question<T> implements AutoCloseable {
    private final Callable<T> question;
    private final ExecutorService thread;
    private Future<T> asked;

    Question(String name, Callable<T> question) {
        this.question = question;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread daemon = new Thread(work, "loadtest-asks-" + name);
            daemon.setDaemon(true);
            return daemon;
        });
    }

    void ask() {
        if (asked == null || asked.isDone()) {
            asked = thread.submit(question);
        }
    }

    /** The answer; empty when it did not come by then, or was none. */
    Optional<T> answer(long untilNanos) {
        try {
            return Optional.of(asked.get(Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException none) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

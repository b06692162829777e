package io.headgate.alert;

import io.headgate.time.HeldClock;
import io.headgate.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The loop of the alerting, with a clock that stands still until a test lets time pass. */
final class Loop implements AutoCloseable, Timers {
    final Vertx vertx = Vertx.vertx();
    final HeldClock clock = new HeldClock();

    private final Context context = vertx.getOrCreateContext();
    /** Belongs to the loop. */
    private final List<Held> held = new ArrayList<>();

    private record Held(long dueNanos, Runnable action) {}

    Context context() {
        return context;
    }

    /** What comes of this on the loop. */
    <T> T on(Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(go -> {
            try {
                done.complete(work.get());
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    void run(Runnable work) {
        on(() -> {
            work.run();
            return true;
        });
    }

    /** Waits for it in real time. */
    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** Lets this much time pass; what was due in it is done, in its order. */
    void pass(Duration time) {
        run(() -> {
            long until = clock.nanos() + time.toNanos();
            for (Optional<Held> next = next(until); next.isPresent(); next = next(until)) {
                held.remove(next.get());
                clock.pass(Duration.ofNanos(Math.max(0, next.get().dueNanos() - clock.nanos())));
                next.get().action().run();
            }
            clock.pass(Duration.ofNanos(until - clock.nanos()));
        });
    }

    private Optional<Held> next(long until) {
        return held.stream().filter(timer -> timer.dueNanos() <= until).min(Comparator.comparingLong(Held::dueNanos));
    }

    /** Timers that were set and are not due yet. */
    int timers() {
        return on(held::size);
    }

    @Override
    public Timer once(Duration delay, Runnable action) {
        Held timer = new Held(clock.nanos() + delay.toNanos(), action);
        held.add(timer);
        return () -> held.remove(timer);
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        throw new UnsupportedOperationException("nothing here needs it");
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}

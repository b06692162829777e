package io.headgate.destination;

import io.headgate.time.HeldClock;
import io.headgate.time.VertxTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The event loop that destinations are called on, with a clock that stands still. */
final class Loop implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    final HeldClock clock = new HeldClock();

    private final Context context = vertx.getOrCreateContext();
    private final Destinations destinations = new Destinations(vertx, clock, new VertxTimers(vertx));

    Destination make(DestinationSettings settings) {
        return destinations.make(settings);
    }

    /** What it is once it was opened. */
    Destination open(DestinationSettings settings) {
        Destination made = make(settings);
        on(made::open);
        return made;
    }

    Answer deliver(Destination destination, List<Outgoing> batch) {
        return on(() -> destination.deliver(batch));
    }

    <T> T on(Supplier<Future<T>> work) {
        return await(begin(work));
    }

    <T> Future<T> begin(Supplier<Future<T>> work) {
        return Future.future(done -> context.runOnContext(go -> work.get().onComplete(done)));
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}

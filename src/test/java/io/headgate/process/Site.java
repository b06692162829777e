package io.headgate.process;

import io.headgate.destination.Answer;
import io.headgate.destination.Destination;
import io.headgate.destination.DestinationSettings;
import io.headgate.destination.Limits;
import io.headgate.destination.Outgoing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A destination that does what a test says: what real ones do only when they are ill. */
final class Site implements Destination {
    private final DestinationSettings settings;
    private volatile Function<List<Outgoing>, Future<Answer>> conduct = batch -> delivered();
    /** Each event of each delivery that was answered as delivered, in order. */
    final List<Outgoing> taken = new CopyOnWriteArrayList<>();

    final List<List<Outgoing>> asked = new CopyOnWriteArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private final List<Runnable> refusing = new ArrayList<>();

    Site(String name, int batch, int concurrency) {
        this.settings = new DestinationSettings.Webhook(
                name,
                URI.create("http://localhost/"),
                List.of(),
                Duration.ofSeconds(10),
                new Limits(batch, 1 << 20, concurrency, 0, Duration.ZERO));
    }

    static Future<Answer> delivered() {
        return Future.succeededFuture(new Answer.Delivered());
    }

    static Future<Answer> refused() {
        return Future.succeededFuture(new Answer.Refused("POST site", "400 no such field"));
    }

    static Future<Answer> failed() {
        return Future.succeededFuture(new Answer.Failed("POST site", "503 busy", null));
    }

    void does(Function<List<Outgoing>, Future<Answer>> what) {
        conduct = what;
    }

    /** Answers nothing until {@link #release}. */
    void holds() {
        conduct = batch -> {
            Promise<Answer> later = Promise.promise();
            synchronized (held) {
                held.add(() -> later.tryComplete(new Answer.Delivered()));
                refusing.add(() -> later.tryComplete(new Answer.Refused("POST site", "400 no such field")));
            }
            return later.future();
        };
    }

    /** Answers the first of what is held, so many; and all of it from now on when it is to. */
    void release(int count, boolean fromNowOn) {
        if (fromNowOn) {
            conduct = batch -> delivered();
        }
        List<Runnable> first;
        synchronized (held) {
            first = new ArrayList<>(held.subList(0, Math.min(count, held.size())));
            held.subList(0, first.size()).clear();
        }
        first.forEach(Runnable::run);
    }

    /** Refuses all of what is held. */
    void releaseRefused() {
        synchronized (held) {
            refusing.forEach(Runnable::run);
        }
    }

    List<String> ids() {
        return taken.stream().map(Outgoing::eventId).toList();
    }

    @Override
    public DestinationSettings settings() {
        return settings;
    }

    @Override
    public Future<Void> open() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Answer> deliver(List<Outgoing> batch) {
        asked.add(batch);
        return conduct.apply(batch).onSuccess(answer -> {
            if (answer instanceof Answer.Delivered) {
                taken.addAll(batch);
            }
        });
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}

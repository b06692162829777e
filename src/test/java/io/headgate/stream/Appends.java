package io.headgate.stream;

import io.headgate.event.Event;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;

/** Appends from any thread. */
public final class Appends {
    private Appends() {}

    /** Appends on the partition's event loop, as it must be. */
    public static Future<Appended> append(StreamStore store, int partition, List<Event> events) {
        Promise<Appended> promise = Promise.promise();
        store.run(partition, () -> store.append(partition, events, promise::complete));
        return promise.future();
    }
}

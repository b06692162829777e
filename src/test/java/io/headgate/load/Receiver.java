package io.headgate.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The other side of a webhook, in this process, on an event loop of its own: answers at once or late, with whatever status,
 * and can be away. A test of what was taken sees each delivery that was answered with 2xx, before the answer. Safe for use by
 * any thread.
 */
public final class Receiver implements AutoCloseable {
    private static final long CLOSED_WITHIN_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Taker taker;
    private volatile Conduct conduct = events -> 200;
    private volatile long lateMillis;
    private HttpServer server;
    private int port;

    /** What a receiver does with a delivery. On its event loop. */
    public interface Taker {
        /** The request's {@code idempotency-key}, and the documents in it. */
        void took(String key, List<JsonObject> documents);
    }

    /** What a receiver answers. On its event loop. */
    public interface Conduct {
        int status(List<JsonObject> documents);
    }

    /** One that is there at once. */
    public Receiver(Taker taker) {
        this.taker = taker;
        opens();
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/events";
    }

    /** Answers with this from now on. */
    public void answers(Conduct what) {
        conduct = what;
    }

    /** Answers so much later from now on. */
    void late(long millis) {
        lateMillis = millis;
    }

    /** Refuses connections, and breaks those that are open. */
    void closes() {
        await(server.close());
    }

    /** Is there again, at the same address. */
    void opens() {
        server = vertx.createHttpServer(
                new HttpServerOptions().setHost("127.0.0.1").setPort(port));
        server.exceptionHandler(broken -> {});
        await(server.requestHandler(request -> request.bodyHandler(body -> handle(request, body)))
                .listen());
        port = server.actualPort();
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private void handle(HttpServerRequest request, Buffer body) {
        if (lateMillis > 0) {
            vertx.setTimer(lateMillis, due -> answer(request, body));
        } else {
            answer(request, body);
        }
    }

    private void answer(HttpServerRequest request, Buffer body) {
        List<JsonObject> documents = documents(new JsonObject(body));
        int status = conduct.status(documents);
        if (status / 100 == 2) {
            taker.took(request.getHeader("idempotency-key"), documents);
        }
        request.response().setStatusCode(status).end(status == 400 ? "no such field" : "");
    }

    private static List<JsonObject> documents(JsonObject body) {
        JsonArray batch = body.getJsonArray("events");
        return batch == null
                ? List.of(body)
                : batch.stream().map(JsonObject.class::cast).toList();
    }

    private static void await(Future<?> future) {
        CountDownLatch done = new CountDownLatch(1);
        future.onComplete(any -> done.countDown());
        try {
            if (!done.await(CLOSED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the receiver hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (future.failed()) {
            throw new IllegalStateException(future.cause());
        }
    }
}

package io.headgate;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A webhook's other side, for tests: answers each document as it is told, and keeps those that it took. */
final class Sink implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final List<JsonObject> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Function<JsonObject, Integer> answers = document -> 200;
    private volatile Promise<Void> held = Promise.promise();

    Sink() {
        release();
        try {
            server = vertx.createHttpServer()
                    .requestHandler(request -> request.body().onSuccess(body -> {
                        JsonObject document = new JsonObject(body);
                        asked.incrementAndGet();
                        held.future().onSuccess(released -> answer(request, document));
                    }))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpServerRequest request, JsonObject document) {
        int status = answers.apply(document);
        if (status / 100 == 2) {
            taken.add(document);
        }
        request.response().setStatusCode(status).end("said " + status);
    }

    /** Answers nothing until {@link #release}. */
    void holds() {
        held = Promise.promise();
    }

    void release() {
        held.complete();
    }

    /** How many requests have come. */
    int asked() {
        return asked.get();
    }

    /** From now on the status of each answer is this, by the document that came. */
    void answers(Function<JsonObject, Integer> status) {
        answers = status;
    }

    /** Documents that were answered 2xx, in order. */
    List<JsonObject> taken() {
        return taken;
    }

    /** Settings of a destination {@code crm} that leads here, and of a route to it of the same name. */
    String[] settings() {
        return new String[] {
            "destinations=[{name: crm, type: webhook, url: 'http://127.0.0.1:" + server.actualPort() + "/hook'}]",
            "routes=[{name: crm, destination: crm}]"
        };
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

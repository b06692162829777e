package io.headgate.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of one gateway's two ports, on one event loop. Never sends anything twice by itself. Safe for any thread. */
final class Client implements AutoCloseable {
    private static final long ANSWERED_WITHIN_MILLIS = 30_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http;
    private final int port;
    private final int managePort;

    /** What a gateway answered to a batch; all counts are 0 unless the status is 202. */
    record Answer(int status, int accepted, int duplicate, int journaled) {
        /** Whether a batch of so many valid events is stored. */
        boolean stored(int events) {
            return status == 202 && accepted + duplicate == events;
        }
    }

    Client(int port, int managePort, int connectionsMax) {
        this.port = port;
        this.managePort = managePort;
        this.http = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setDefaultHost("127.0.0.1").setConnectTimeout(2_000))
                .with(new PoolOptions().setHttp1MaxSize(connectionsMax).setMaxWaitQueueSize(-1))
                // a broken connection is told by the answers that do not come
                .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                .build();
    }

    /** Posts a batch; fails when no whole answer came. */
    Future<Answer> post(Buffer body) {
        RequestOptions request = request(HttpMethod.POST, port, "/v1/events")
                .putHeader("Authorization", "Bearer demo")
                .putHeader("Content-Type", "application/json");
        // the body is asked for where its response arrives: asked for by another thread, it may be over before that
        return http.request(request).compose(sent -> sent.send(body)
                .compose(response -> response.body().map(answer -> answer(response.statusCode(), answer))));
    }

    /** The same, waited for; null when no whole answer came. */
    Answer postNow(Buffer body) throws InterruptedException {
        return await(post(body));
    }

    /** The page of the management port; null when it does not answer. */
    Status status() throws InterruptedException {
        return await(statusLater());
    }

    Future<Status> statusLater() {
        return get(managePort, "/status").map(body -> new Status(new JsonObject(body)));
    }

    /** A page of the management port as text. */
    String page(String path) throws InterruptedException {
        Buffer page = await(get(managePort, path));
        return page == null ? "" : page.toString();
    }

    /** Whether the door is open. */
    boolean live() throws InterruptedException {
        return await(get(port, "/livez")) != null;
    }

    /** Does something after a while, on the client's event loop. */
    void later(long nanos, Runnable what) {
        vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), due -> what.run());
    }

    @Override
    public void close() {
        vertx.close();
    }

    private Future<Buffer> get(int to, String path) {
        return http.request(request(HttpMethod.GET, to, path)).compose(sent -> sent.send()
                .compose(response -> response.statusCode() == 200
                        ? response.body()
                        : Future.failedFuture("status " + response.statusCode())));
    }

    private static RequestOptions request(HttpMethod method, int port, String path) {
        return new RequestOptions().setMethod(method).setPort(port).setURI(path).setTimeout(ANSWERED_WITHIN_MILLIS);
    }

    private static Answer answer(int status, Buffer body) {
        if (status != 202) {
            return new Answer(status, 0, 0, 0);
        }
        JsonObject json = new JsonObject(body);
        int journaled = json.getJsonObject("stored").getInteger("journal");
        return new Answer(status, json.getInteger("accepted"), json.getInteger("duplicate"), journaled);
    }

    private static <T> T await(Future<T> answer) throws InterruptedException {
        try {
            return answer.toCompletionStage()
                    .toCompletableFuture()
                    .get(ANSWERED_WITHIN_MILLIS + 5_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | DecodeException e) {
            return null;
        }
    }
}

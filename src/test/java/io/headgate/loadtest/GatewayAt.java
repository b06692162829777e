package io.headgate.loadtest;

import io.headgate.load.Status;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A gateway that runs, and the Redis that it writes to, both by their addresses. Safe for use by any thread. */
final class GatewayAt implements Target, AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final Addresses addresses;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(WITHIN).build();
    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;

    /**
     * Where it all is.
     *
     * @param door such as {@code http://127.0.0.1:8080}
     * @param management such as {@code http://127.0.0.1:8081}
     * @param token of the management port; empty for none
     * @param redis such as {@code redis://127.0.0.1:6390}
     * @param prefix of the keys
     */
    record Addresses(URI door, URI management, String token, String redis, String prefix) {}

    GatewayAt(Addresses addresses) {
        this.addresses = addresses;
        this.redis = Redis.createClient(vertx, addresses.redis());
    }

    Addresses addresses() {
        return addresses;
    }

    @Override
    public Status status() throws IOException {
        try {
            return new Status(new JsonObject(page("/status")));
        } catch (DecodeException e) {
            throw new IOException("the status page is no JSON", e);
        }
    }

    @Override
    public String metrics() throws IOException {
        return page("/metrics");
    }

    @Override
    public String redisInfo(String section) throws IOException {
        return redis("INFO", section).toString();
    }

    /** What Redis answers to a command; an error, or no answer within seconds, is an exception. */
    Response redis(String command, String... arguments) throws IOException {
        io.vertx.redis.client.Request request =
                io.vertx.redis.client.Request.cmd(Command.create(command.toLowerCase(java.util.Locale.ROOT)));
        for (String argument : arguments) {
            request.arg(argument);
        }
        return await(redis.send(request).toCompletionStage().toCompletableFuture(), "Redis to " + command);
    }

    /** Posts a planned request. */
    CompletableFuture<HttpResponse<byte[]>> post(Request request) {
        HttpRequest.Builder post = HttpRequest.newBuilder(addresses.door().resolve("/v1/events"))
                .timeout(WITHIN)
                .header("Authorization", "Bearer " + request.source().writeKey())
                .header("Content-Type", request.contentType());
        if (request.gzip()) {
            post.header("Content-Encoding", "gzip");
        }
        return http.sendAsync(
                post.POST(HttpRequest.BodyPublishers.ofByteArray(request.body()))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    String stream(int partition) {
        return "{" + addresses.prefix() + ":" + partition + "}:events";
    }

    String quarantine() {
        return addresses.prefix() + ":quarantine";
    }

    @Override
    public void close() {
        redis.close();
        vertx.close();
    }

    static <T> T await(CompletableFuture<T> answer, String of) throws IOException {
        try {
            return answer.get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("no answer of " + of + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer of " + of + " within " + WITHIN, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String page(String path) throws IOException {
        HttpRequest.Builder get = HttpRequest.newBuilder(addresses.management().resolve(path))
                .timeout(WITHIN)
                .GET();
        if (!addresses.token().isEmpty()) {
            get.header("Authorization", "Bearer " + addresses.token());
        }
        HttpResponse<String> page =
                await(http.sendAsync(get.build(), HttpResponse.BodyHandlers.ofString()), "the gateway to " + path);
        if (page.statusCode() != OK) {
            throw new IOException("status " + page.statusCode() + " of " + path);
        }
        return page.body();
    }
}

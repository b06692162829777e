package io.headgate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A client of a gateway, for tests: posts batches as a website's server would. */
public final class Posts {
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final String key;

    public Posts(int port) {
        this(port, "demo");
    }

    private Posts(int port, String key) {
        this.port = port;
        this.key = key;
    }

    /** The same client with another source's write key. */
    public Posts withKey(String other) {
        return new Posts(port, other);
    }

    /** An answer with its body read as JSON. */
    public record Reply(int status, JsonObject json, HttpResponse<String> http) {
        /** {@code received/accepted/duplicate/rejected}, as one reads it in an assertion. */
        public String counts() {
            return json.getInteger("received") + "/" + json.getInteger("accepted") + "/" + json.getInteger("duplicate")
                    + "/" + json.getInteger("rejected");
        }

        public JsonArray errors() {
            return json.getJsonArray("errors");
        }
    }

    public Reply post(String body, String... headers) {
        return reply(send(request(body, headers)));
    }

    public CompletableFuture<Reply> postAsync(String body) {
        return client.sendAsync(request(body), HttpResponse.BodyHandlers.ofString())
                .thenApply(Posts::reply);
    }

    /** Any request without a body. */
    public HttpResponse<String> ask(String method, String path, String... headers) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return send(builder.build());
    }

    /** A whole valid event, with nothing that varies but its id and session. */
    public static String event(UUID id, String session) {
        return event(id, session, "page_view", "{\"path\":\"/pricing\"}");
    }

    public static String event(UUID id, String session, String name, String properties) {
        return "{\"event_id\":\"" + id + "\",\"timestamp\":\"2026-11-20T08:00:00Z\",\"event_name\":\"" + name
                + "\",\"session_id\":\"" + session + "\",\"user_id\":null,\"properties\":" + properties
                + ",\"context\":{\"source\":\"google\",\"medium\":\"cpc\",\"device_type\":\"web\"}}";
    }

    private HttpRequest request(String body, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri("/v1/events"))
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        if (Arrays.stream(headers).noneMatch("Content-Type"::equalsIgnoreCase)) {
            builder.header("Content-Type", "application/json");
        }
        return builder.build();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static Reply reply(HttpResponse<String> http) {
        return new Reply(http.statusCode(), new JsonObject(http.body()), http);
    }
}

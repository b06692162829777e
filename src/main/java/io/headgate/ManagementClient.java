package io.headgate;

import io.headgate.manage.ManageSettings;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the management port of a gateway that runs, where the configuration says that it is. */
final class ManagementClient {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    /** A replay of a million events is answered at its end. */
    private static final Duration ANSWER_MAX = Duration.ofMinutes(10);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();
    private final ManageSettings settings;
    private final String address;

    ManagementClient(ManageSettings settings) {
        this.settings = settings;
        this.address = "http://" + reachable(settings.host()) + ":" + settings.port();
    }

    /** The gateway does not answer, or refuses; the message is for a person. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int exitCode;

        RefusedException(String message, int exitCode) {
            super(message);
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    /** What a page shows. */
    JsonObject get(String path, Map<String, String> query) throws RefusedException {
        return send(HttpRequest.newBuilder(uri(path, query)).GET());
    }

    /** What came of something that changes something. */
    JsonObject post(String path, Map<String, String> query) throws RefusedException {
        return send(HttpRequest.newBuilder(uri(path, query))
                .header("X-Headgate", "1")
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** A name as one step of a path. */
    static String step(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonObject send(HttpRequest.Builder request) throws RefusedException {
        if (settings.port() == 0) {
            throw new RefusedException(
                    "management.port is 0, so it is not known where the gateway listens: say --set management.port=PORT,"
                            + " the port that it logged at its start",
                    ExitCode.USAGE);
        }
        if (!settings.token().isEmpty()) {
            request.header("Authorization", "Bearer " + settings.token());
        }
        try {
            HttpResponse<String> answer =
                    client.send(request.timeout(ANSWER_MAX).build(), HttpResponse.BodyHandlers.ofString());
            return understood(answer);
        } catch (IOException e) {
            String why = e instanceof ConnectException ? "nobody listens there" : e.toString();
            throw new RefusedException(
                    "no gateway answers at " + address + ": " + why
                            + ". Is it running, and is management.* here as in its" + " configuration?",
                    ExitCode.FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("interrupted", ExitCode.FAILED);
        }
    }

    private JsonObject understood(HttpResponse<String> answer) throws RefusedException {
        JsonObject body;
        try {
            body = new JsonObject(answer.body());
        } catch (DecodeException e) {
            throw new RefusedException(
                    "what answers at " + address + " is no gateway: status " + answer.statusCode(), ExitCode.FAILED);
        }
        if (answer.statusCode() / 100 != 2) {
            throw new RefusedException(
                    body.getString("title") + ": " + body.getString("detail"),
                    answer.statusCode() == 400 ? ExitCode.USAGE : ExitCode.FAILED);
        }
        return body;
    }

    private URI uri(String path, Map<String, String> query) {
        String asked = query.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(address + path + (asked.isEmpty() ? "" : "?" + asked));
    }

    /** Where one that listens on every interface is reached from here. */
    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }
}

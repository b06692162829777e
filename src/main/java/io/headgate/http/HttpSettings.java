package io.headgate.http;

import java.time.Duration;
import java.util.List;

/**
 * Settings of the door ({@code http.*} and {@code sources}).
 *
 * @param bodyBytesMax bytes of a body as sent
 * @param inflatedBytesMax bytes of a body after gzip
 * @param requestDeadline from a request's first byte to its whole body
 * @param connectionsMax open connections
 * @param inFlightBytesMax bytes of bodies held at once, until their answers
 */
public record HttpSettings(
        String host,
        int port,
        int bodyBytesMax,
        int inflatedBytesMax,
        Duration requestDeadline,
        int connectionsMax,
        long inFlightBytesMax,
        List<SourceSettings> sources) {
    public HttpSettings {
        require(port >= 0 && port <= 65_535, "http.port", port);
        require(bodyBytesMax > 0, "http.body-bytes-max", bodyBytesMax);
        require(inflatedBytesMax > 0, "http.inflated-bytes-max", inflatedBytesMax);
        require(requestDeadline.toMillis() > 0, "http.request-deadline", requestDeadline);
        require(connectionsMax > 0, "http.connections-max", connectionsMax);
        require(inFlightBytesMax > 0, "http.in-flight-bytes-max", inFlightBytesMax);
        sources = List.copyOf(sources);
    }

    private static void require(boolean holds, String setting, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(setting + " cannot be " + value);
        }
    }
}

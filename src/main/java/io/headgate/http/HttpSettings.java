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
        sources = List.copyOf(sources);
    }
}

package io.headgate.embedded;

import java.nio.file.Path;

/**
 * Settings of the embedded Redis ({@code redis.embedded.*}).
 *
 * @param dir where it keeps its append-only file, its log and its lock
 * @param port on loopback, 0 to 65535; 0: any free one
 * @param maxmemory bytes; 0: no limit
 */
public record EmbeddedSettings(Path dir, int port, long maxmemory) {
    public EmbeddedSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("redis.embedded.port must be 0 to 65535, not " + port);
        }
        if (maxmemory < 0) {
            throw new IllegalArgumentException("redis.embedded.maxmemory must be 0 or more bytes, not " + maxmemory);
        }
    }
}

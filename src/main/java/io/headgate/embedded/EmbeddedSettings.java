package io.headgate.embedded;

import java.nio.file.Path;

/**
 * Settings of the embedded Redis ({@code redis.embedded.*}).
 *
 * @param dir where it keeps its append-only file, its log and its lock
 * @param port on loopback; 0: any free one
 * @param maxmemory bytes; 0: no limit
 */
public record EmbeddedSettings(Path dir, int port, long maxmemory) {}

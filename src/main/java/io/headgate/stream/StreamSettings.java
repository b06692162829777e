package io.headgate.stream;

import java.time.Duration;
import java.util.List;

/**
 * Settings of the stream ({@code redis.*} and {@code dedupe.*}).
 *
 * @param uris one for a single server; several for Sentinel or Cluster; none when a server tells its own at its start
 * @param keyPrefix what every key begins with
 * @param partitions number of streams
 * @param deadline of one write; past it the write counts as failed and may have happened
 * @param allowEviction whether a server that may evict keys is accepted
 * @param dedupeWindow how long an id is remembered at least
 * @param idsPerWindow ids expected in one window over all partitions; sizes the buckets
 */
public record StreamSettings(
        List<String> uris,
        String keyPrefix,
        int partitions,
        Duration deadline,
        boolean allowEviction,
        Duration dedupeWindow,
        long idsPerWindow) {
    public StreamSettings {
        uris = List.copyOf(uris);
        require(!keyPrefix.isEmpty(), "redis.key-prefix", keyPrefix);
        require(partitions > 0, "redis.partitions", partitions);
        require(deadline.toMillis() > 0, "redis.deadline", deadline);
        require(dedupeWindow.toMillis() > 0, "dedupe.window", dedupeWindow);
        require(idsPerWindow > 0, "dedupe.ids-per-window", idsPerWindow);
    }

    private static void require(boolean holds, String setting, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(setting + " cannot be " + value);
        }
    }

    /** Without the addresses, for they may hold a password. */
    @Override
    public String toString() {
        return "StreamSettings[" + keyPrefix + ", " + partitions + " partitions]";
    }
}

package io.headgate.stream;

import java.time.Duration;
import java.util.List;

/**
 * Settings of the stream ({@code redis.*} and {@code dedupe.*}).
 *
 * @param uris one for a single server; several for Sentinel or Cluster
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
    }

    /** The same with other addresses: those of a server that told its own at its start. */
    public StreamSettings withUris(List<String> others) {
        return new StreamSettings(others, keyPrefix, partitions, deadline, allowEviction, dedupeWindow, idsPerWindow);
    }

    /** Without the addresses, for they may hold a password. */
    @Override
    public String toString() {
        return "StreamSettings[" + keyPrefix + ", " + partitions + " partitions]";
    }
}

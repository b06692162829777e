package io.headgate.stream;

import io.headgate.RealRedis;
import io.headgate.event.Event;
import java.util.List;

/** Looks at the dedupe buckets and the streams on a real Redis, from outside. */
final class Buckets {
    private final RealRedis redis;

    Buckets(RealRedis redis) {
        this.redis = redis;
    }

    List<String> keys() {
        return redis.list("KEYS", "{test:*}:seen:*").stream()
                .map(String.class::cast)
                .toList();
    }

    /** Ids marked in all buckets together. */
    long marks() {
        return keys().stream().mapToLong(key -> redis.number("HLEN", key)).sum();
    }

    /** Entries of all streams together. */
    long entries() {
        return redis.list("KEYS", "{test:*}:events").stream()
                .mapToLong(key -> redis.number("XLEN", (String) key))
                .sum();
    }

    /** The number of the current slice, by Redis's clock. */
    long slice(StreamSettings settings) {
        List<?> time = redis.list("TIME");
        long millis = Long.parseLong((String) time.get(0)) * 1000 + Long.parseLong((String) time.get(1)) / 1000;
        return millis / settings.dedupeWindow().toMillis();
    }

    /** The name of the bucket that an event is marked in now. */
    String name(StreamSettings settings, int partition, Event event) {
        DedupeId id = new DedupeId(DedupeLayout.of(settings));
        id.compute(event);
        return "{" + settings.keyPrefix() + ":" + partition + "}:seen:" + slice(settings) + ":" + id.bucket();
    }
}

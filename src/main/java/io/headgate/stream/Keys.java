package io.headgate.stream;

/** The names of keys on Redis, as {@code redis-cli} users and other readers see them. */
final class Keys {
    private final String prefix;

    Keys(String prefix) {
        this.prefix = prefix;
    }

    /** The stream of a partition. The braces keep all keys of a partition in one cluster slot. */
    String events(int partition) {
        return "{" + prefix + ":" + partition + "}:events";
    }

    /** What the names of a partition's dedupe buckets begin with; {@code SLICE:BUCKET} follows. */
    String seen(int partition) {
        return "{" + prefix + ":" + partition + "}:seen:";
    }

    String meta() {
        return prefix + ":meta";
    }

    String quarantine() {
        return prefix + ":quarantine";
    }
}

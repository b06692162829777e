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

    /** A bucket of the year 1970, which no event belongs to. */
    String trialBucket(int partition) {
        return seen(partition) + "0:0";
    }

    /** A stream that is there for a moment only; named like a bucket, so that it asks for no right of its own. */
    String trialStream(int partition) {
        return seen(partition) + "0:trial";
    }

    String meta() {
        return prefix + ":meta";
    }

    String quarantine() {
        return prefix + ":quarantine";
    }

    /** The last lead of each source. */
    String leads() {
        return prefix + ":leads";
    }

    /** When each of them was written. The braces hold what the other key is, so that both are in one cluster slot. */
    String leadsWritten() {
        return "{" + leads() + "}:written";
    }
}

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

    /** Events that a destination refused for good. */
    String dead(int partition) {
        return partition(partition) + "dead";
    }

    /** Counts about a partition's stream: {@code trimmed}, the entries that were trimmed. */
    String facts(int partition) {
        return partition(partition) + "facts";
    }

    /** A route's books for one partition, a hash; the name is the group's. */
    String books(int partition, String group) {
        return partition(partition) + group;
    }

    /** What {@link #books} begins with. */
    String partition(int partition) {
        return "{" + prefix + ":" + partition + "}:";
    }

    /** A route's input: the partition's events, or what is delivered to the route again. */
    String input(int partition, String group, Input input) {
        return input == Input.EVENTS ? events(partition) : books(partition, group) + ":again";
    }

    /** How often entries of an input have failed, a hash by id. */
    String tries(int partition, String group, Input input) {
        return books(partition, group) + (input == Input.EVENTS ? ":tries" : ":again:tries");
    }

    /** Name of the process that reads a partition for a route. */
    String owner(int partition, String group) {
        return books(partition, group) + ":owner";
    }

    /** The processes that share the work, by when they were last there. */
    String processors() {
        return prefix + ":processors";
    }

    /** Routes that are paused, a hash: until when, in milliseconds since 1970. */
    String paused() {
        return prefix + ":paused";
    }
}

package io.headgate.alert;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code RedisUnsafe}: the server may evict events, or lost the append-only file that it had. A server that never had one is
 * warned of in the log and on the status page: that may be meant. So is one that an operator acknowledges.
 */
final class RedisWatch {
    private boolean hadAppendOnly;
    private boolean changed;
    private Facts.@Nullable Server last;
    private long sinceMillis;

    /** {@code hadAppendOnly}: whether the server was seen with an append-only file before this process. */
    RedisWatch(boolean hadAppendOnly) {
        this.hadAppendOnly = hadAppendOnly;
    }

    void look(Facts facts, long nowMillis, Bell bell) {
        Facts.Server server = facts.redis();
        last = server;
        if (server == null) {
            return;
        }
        List<String> reasons = new ArrayList<>();
        if (server.evicts()) {
            reasons.add("Its maxmemory-policy is " + server.policy() + ": events that nobody has read may be evicted.");
        }
        if (!server.appendOnly() && hadAppendOnly) {
            reasons.add("It keeps no append-only file any more: what was confirmed is lost when it stops.");
        }
        if (server.appendOnly() && !hadAppendOnly) {
            hadAppendOnly = true;
            changed = true;
        }
        if (!reasons.isEmpty()) {
            sinceMillis = sinceMillis == 0 ? nowMillis : sinceMillis;
            bell.firing(
                    AlertName.REDIS_UNSAFE,
                    "",
                    Priority.P1,
                    sinceMillis,
                    "Redis may lose events that were accepted",
                    reasons,
                    null);
        } else {
            sinceMillis = 0;
            bell.well(AlertName.REDIS_UNSAFE, "", "its settings are safe");
        }
    }

    /** Whether {@link #hadAppendOnly} has changed by a look since the last time this was asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** Whether it was seen with an append-only file, and nobody said that it may do without. */
    boolean hadAppendOnly() {
        return hadAppendOnly;
    }

    /** It is meant to keep no append-only file. False while it keeps one; that it evicts is not to be acknowledged. */
    boolean acknowledge(Bell bell) {
        Facts.Server now = last;
        if (now == null || now.evicts() || now.appendOnly() || !hadAppendOnly) {
            return false;
        }
        hadAppendOnly = false;
        bell.well(AlertName.REDIS_UNSAFE, "", "an operator has acknowledged it");
        return true;
    }
}

package io.headgate.stream;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What keeps the streams from growing for ever, and what is to be seen of those who read them. Everything fails when there
 * is no answer before the deadline. Safe for use by any thread.
 */
public final class Upkeep {
    private static final Script TRIM = Script.named("trim");
    private static final Script FORGET = Script.named("forget");
    private static final Script GROUPS = Script.named("groups");
    private static final int GROUPS_FROM = 3;

    private final SideLink link;
    private final ScriptCalls scripts;
    private final Keys keys;

    Upkeep(SideLink link, Keys keys) {
        this.link = link;
        this.scripts = new ScriptCalls(link);
        this.keys = keys;
    }

    /** What one trim came to: entries trimmed, and the group that kept more from being trimmed, empty if none did. */
    public record Trimmed(long entries, String heldBy) {}

    /** A stream and its groups. */
    public record StreamState(long length, List<GroupState> groups) {
        public StreamState {
            groups = List.copyOf(groups);
        }
    }

    /**
     * Trims a partition's stream: only what all its groups have acknowledged, only what is older than {@code keep}; nothing
     * without a group. Redis trims by the hundred, so some that could go stay.
     *
     * @param max entries at most; there may be more to trim when so many were
     */
    public Future<Trimmed> trim(int partition, Duration keep, int max) {
        return scripts.call(TRIM, List.of(keys.events(partition), keys.facts(partition)), keep.toMillis(), max)
                .map(answer -> new Trimmed(answer.get(0).toLong(), answer.get(1).toString()));
    }

    /** How a partition's stream and its groups stand. */
    public Future<StreamState> groups(int partition) {
        return scripts.call(
                        GROUPS,
                        List.of(keys.events(partition), keys.facts(partition)),
                        keys.partition(partition),
                        GroupState.ROUTE)
                .map(Upkeep::state);
    }

    /**
     * Removes consumers of a group on a partition that have nothing pending and have not read for so long, as long as
     * another has; answers how many.
     */
    public Future<Integer> forget(String group, int partition, Duration silent) {
        return scripts.call(FORGET, List.of(keys.events(partition)), group, silent.toMillis())
                .map(Response::toInteger);
    }

    /** Share of its memory that the server uses; 0 where it has no limit. */
    public Future<Double> memoryUsed() {
        return link.ask(Request.cmd(Command.INFO).arg("memory"))
                .map(info -> ServerFacts.parse(String.valueOf(info)).memoryShare());
    }

    /** The name of a partition's stream, for a command that a person is told to type. */
    public String streamName(int partition) {
        return keys.events(partition);
    }

    private static StreamState state(Response answer) {
        long now = answer.get(0).toLong();
        long added = answer.get(1).toLong();
        List<GroupState> groups = new ArrayList<>();
        for (int i = GROUPS_FROM; i < answer.size(); i++) {
            groups.add(group(answer.get(i), now, added));
        }
        return new StreamState(answer.get(2).toLong(), groups);
    }

    private static GroupState group(Response group, long now, long added) {
        Map<String, Long> books = new HashMap<>();
        Response fields = group.get(5);
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            books.put(fields.get(i).toString(), Long.parseLong(fields.get(i + 1).toString()));
        }
        String oldest = group.get(3).toString();
        long since = oldest.isEmpty() ? now : Long.parseLong(oldest.substring(0, oldest.indexOf('-')));
        long pending = group.get(1).toLong();
        long lag = group.get(4).toLong();
        return new GroupState(
                group.get(0).toString(),
                pending,
                group.get(2).toLong(),
                oldest.isEmpty() ? 0 : Math.max(1, now - since),
                waiting(books, added, pending, lag),
                books);
    }

    /** By a route's own books, else by what Redis 7 knows of the group. */
    private static long waiting(Map<String, Long> books, long added, long pending, long lag) {
        if (!books.isEmpty()) {
            return Math.max(pending, added - books.getOrDefault("base", 0L) - books.getOrDefault("acknowledged", 0L));
        }
        return lag < 0 ? -1 : lag + pending;
    }
}

package io.headgate.stream;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The dead letters of each partition, the way back from there, and the way of what is on the streams to a route once more.
 * Everything fails when there is no answer before the deadline. Safe for use by any thread.
 */
public final class DeadLetters {
    private static final Script REDRIVE = Script.named("redrive");
    private static final Script REPLAY = Script.named("replay");
    private static final String AGAIN = ":again";

    private final SideLink link;
    private final ScriptCalls scripts;
    private final Keys keys;

    DeadLetters(SideLink link, Keys keys) {
        this.link = link;
        this.scripts = new ScriptCalls(link);
        this.keys = keys;
    }

    /** A dead letter, and its own id among those of its partition. */
    public record Kept(String id, DeadLetter letter) {}

    /** What one step of a replay came to: entries, and the id of the last, empty without one. */
    public record Replayed(int entries, String last) {}

    /** How many a partition has. */
    public Future<Long> count(int partition) {
        return link.ask(Request.cmd(Command.XLEN).arg(keys.dead(partition))).map(Response::toLong);
    }

    /** The id of a partition's youngest; empty when it has none. */
    public Future<String> last(int partition) {
        Request request = Request.cmd(Command.XREVRANGE)
                .arg(keys.dead(partition))
                .arg("+")
                .arg("-")
                .arg("COUNT")
                .arg(1);
        return link.ask(request)
                .map(answer -> answer.size() == 0 ? "" : answer.get(0).get(0).toString());
    }

    /**
     * Dead letters of a partition, oldest first.
     *
     * @param from id to begin with; {@code -}: the oldest; {@code (ID}: after that one
     * @param to id to end with
     */
    public Future<List<Kept>> read(int partition, String from, String to, int count) {
        Request request = Request.cmd(Command.XRANGE)
                .arg(keys.dead(partition))
                .arg(from)
                .arg(to)
                .arg("COUNT")
                .arg(count);
        return link.ask(request).map(answer -> {
            List<Kept> letters = new ArrayList<>();
            answer.forEach(entry -> letters.add(letter(entry)));
            return letters;
        });
    }

    /** Brings these on their way to their routes again; answers how many there were. In one step, so not more than some hundred. */
    public Future<Integer> redrive(int partition, List<String> ids) {
        List<Object> arguments = new ArrayList<>(List.of(keys.partition(partition) + GroupState.ROUTE, AGAIN));
        arguments.addAll(ids);
        return scripts.call(REDRIVE, List.of(keys.dead(partition)), arguments.toArray())
                .map(Response::toInteger);
    }

    /** Removes these for good; answers how many there were. */
    public Future<Integer> remove(int partition, List<String> ids) {
        Request request = Request.cmd(Command.XDEL).arg(keys.dead(partition));
        ids.forEach(request::arg);
        return link.ask(request).map(Response::toInteger);
    }

    /**
     * Sends entries of a partition's stream to a group once more, or counts them only.
     *
     * @param from id to begin with, {@code (ID} for after that one, or milliseconds since 1970
     * @param to id to end with, or milliseconds since 1970
     */
    public Future<Replayed> replay(String group, int partition, String from, String to, int count, boolean countOnly) {
        return scripts.call(
                        REPLAY,
                        List.of(keys.events(partition), keys.input(partition, group, Input.AGAIN)),
                        from,
                        to,
                        count,
                        countOnly ? "0" : "1")
                .map(answer ->
                        new Replayed(answer.get(0).toInteger(), answer.get(1).toString()));
    }

    private static Kept letter(Response entry) {
        String id = entry.get(0).toString();
        Map<String, String> fields = new HashMap<>();
        Response pairs = entry.get(1);
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            String name = pairs.get(i).toString();
            if (!name.equals("event")) {
                fields.put(name, pairs.get(i + 1).toString(StandardCharsets.UTF_8));
            }
        }
        return new Kept(
                id,
                new DeadLetter(
                        ConsumerGroups.entry(fields.getOrDefault("origin", id), pairs),
                        fields.getOrDefault("event_id", ""),
                        fields.getOrDefault("route", ""),
                        fields.getOrDefault("destination", ""),
                        Integer.parseInt(fields.getOrDefault("attempts", "0")),
                        Long.parseLong(id.substring(0, id.indexOf('-'))),
                        fields.getOrDefault("request", ""),
                        fields.getOrDefault("answer", "")));
    }
}

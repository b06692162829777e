package io.headgate.stream;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which process reads which partition for a route. Everything fails when there is no answer before the deadline. Safe for use
 * by any thread.
 */
public final class Owners {
    private static final Script OWN = Script.named("own");
    private static final Script PROCESSORS = Script.named("processors");

    private final SideLink link;
    private final ScriptCalls scripts;
    private final Keys keys;

    Owners(SideLink link, Keys keys) {
        this.link = link;
        this.scripts = new ScriptCalls(link);
        this.keys = keys;
    }

    /** Says that a process works for these groups; answers for each group the processes that did of late, in order. */
    public Future<Map<String, List<String>>> here(String process, Collection<String> groups, Duration silentMax) {
        return processors(process, groups, silentMax, "1");
    }

    /** Says that a process leaves. */
    public Future<Void> leaves(String process, Collection<String> groups, Duration silentMax) {
        return processors(process, groups, silentMax, "0").mapEmpty();
    }

    /** Whether the partition of a route is this process's now, for so long; asked again while it is, it is prolonged. */
    public Future<Boolean> own(String group, int partition, String process, Duration time) {
        return own(group, partition, process, time.toMillis());
    }

    /** Gives a partition up, where it is this process's. */
    public Future<Void> giveUp(String group, int partition, String process) {
        return own(group, partition, process, 0).mapEmpty();
    }

    /** Routes that are paused, and until when, in milliseconds since 1970. */
    public Future<Map<String, Long>> paused() {
        return link.ask(Request.cmd(Command.HGETALL).arg(keys.paused())).map(answer -> {
            Map<String, Long> paused = new HashMap<>();
            answer.getKeys()
                    .forEach(route ->
                            paused.put(route, Long.parseLong(answer.get(route).toString())));
            return paused;
        });
    }

    /** Pauses a route for all processes, until a moment in milliseconds since 1970. */
    public Future<Void> pause(String route, long untilMillis) {
        return link.ask(Request.cmd(Command.HSET).arg(keys.paused()).arg(route).arg(untilMillis))
                .mapEmpty();
    }

    /** Ends a pause, where there is one. */
    public Future<Void> resume(String route) {
        return link.ask(Request.cmd(Command.HDEL).arg(keys.paused()).arg(route)).mapEmpty();
    }

    private Future<Boolean> own(String group, int partition, String process, long millis) {
        return scripts.call(OWN, List.of(keys.owner(partition, group)), process, millis)
                .map(answer -> answer.toInteger() == 1);
    }

    private Future<Map<String, List<String>>> processors(
            String process, Collection<String> groups, Duration silentMax, String stays) {
        List<Object> arguments = new ArrayList<>(List.of(process, silentMax.toMillis(), stays));
        arguments.addAll(groups);
        return scripts.call(PROCESSORS, List.of(keys.processors()), arguments.toArray())
                .map(members -> {
                    Map<String, List<String>> processes = new TreeMap<>();
                    for (Response member : members) {
                        String[] parts = member.toString().split(" ", 2);
                        processes
                                .computeIfAbsent(parts[0], group -> new ArrayList<>())
                                .add(parts[1]);
                    }
                    return processes;
                });
    }
}

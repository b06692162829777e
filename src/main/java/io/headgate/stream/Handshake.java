package io.headgate.stream;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What is asked of a server on each new connection before an event is written to it: its settings, the layout of the
 * data, that the user may do what the script does; and the script is brought.
 *
 * <p>Fails with {@link StreamRefusedException} when the server must not be written to; with anything else when it may
 * be tried again.
 */
final class Handshake {
    private static final Script META = Script.named("meta");
    /** The version of all that is kept on Redis: keys, fields, how ids are computed. */
    private static final String FORMAT = "1";

    private final Keys keys;
    private final boolean allowEviction;
    private final BooleanSupplier firstTime;
    private final boolean appends;
    private final Map<String, String> layout = new LinkedHashMap<>();

    /**
     * @param firstTime whether a server that may evict is refused now; once events were taken, the way back to a
     *     server whose settings were changed stays open, and its settings are an alarm instead
     * @param appends whether events are to be written: who takes them off is let in where no more can be written, for nobody
     *     else makes room
     */
    Handshake(StreamSettings settings, DedupeLayout dedupe, BooleanSupplier firstTime, boolean appends) {
        this.keys = new Keys(settings.keyPrefix());
        this.allowEviction = settings.allowEviction();
        this.firstTime = firstTime;
        this.appends = appends;
        layout.put("format", FORMAT);
        layout.put("partitions", Integer.toString(settings.partitions()));
        layout.put("algorithm", "crc16");
        layout.put("window", Long.toString(dedupe.windowMillis()));
        layout.put("buckets", Long.toString(dedupe.buckets()));
        layout.put("id", "sha256/" + DedupeLayout.ID_BYTES);
    }

    Future<ServerFacts> run(RedisConnection connection) {
        return facts(connection)
                .map(this::acceptable)
                .compose(facts -> layout(connection).map(facts))
                .compose(facts -> appends ? scripts(connection).map(facts) : Future.succeededFuture(facts));
    }

    /** What the server tells of itself. */
    static Future<ServerFacts> facts(RedisConnection connection) {
        return connection.send(Request.cmd(Command.INFO)).map(info -> ServerFacts.parse(String.valueOf(info)));
    }

    private ServerFacts acceptable(ServerFacts facts) {
        if (facts.loading()) {
            throw new IllegalStateException("Redis is loading its data");
        }
        if (!facts.newEnough()) {
            throw new StreamRefusedException("redis.uri: the server is Redis " + facts.version()
                    + "; Headgate needs 6.2 or later: upgrade it or name another");
        }
        if (facts.mayEvict() && !allowEviction && firstTime.getAsBoolean()) {
            throw new StreamRefusedException("redis.uri: the server's maxmemory-policy is " + facts.maxmemoryPolicy()
                    + ", which may destroy events that nobody has read: set it to noeviction, or redis.allow-eviction:"
                    + " true to live with that");
        }
        if (facts.role().equals("slave")) {
            throw new IllegalStateException("Redis is a replica, which takes no writes");
        }
        return facts;
    }

    /** The first gateway writes the layout, in one step; all others are held to it. */
    private Future<Void> layout(RedisConnection connection) {
        Request request = Request.cmd(Command.EVAL).arg(META.text()).arg(1).arg(keys.meta());
        layout.forEach((field, value) -> request.arg(field).arg(value));
        return connection.send(request).map(inForce -> {
            compare(inForce);
            return null;
        });
    }

    private void compare(Response inForce) {
        int i = 0;
        for (Map.Entry<String, String> ours : layout.entrySet()) {
            String theirs = inForce.get(i++).toString();
            if (!theirs.equals(ours.getValue())) {
                throw new StreamRefusedException("The data on Redis was laid out with " + ours.getKey() + " "
                        + (theirs.isEmpty() ? "unknown" : theirs) + " and this configuration gives " + ours.getValue()
                        + " (" + keys.meta() + "): set " + setting(ours.getKey())
                        + " back, or give redis.key-prefix another value to begin anew");
            }
        }
    }

    private static String setting(String field) {
        return switch (field) {
            case "partitions" -> "redis.partitions";
            case "window" -> "dedupe.window";
            case "buckets" -> "redis.partitions or dedupe.ids-per-window";
            default -> "the version of Headgate";
        };
    }

    private Future<Void> scripts(RedisConnection connection) {
        return connection
                .send(Trial.ofServer(keys))
                .compose(done ->
                        connection.send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(AppendScript.SCRIPT.text())))
                .mapEmpty();
    }
}

package io.headgate.loadtest;

import io.headgate.load.Rig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What is tested: a gateway that runs already, or one that is started for the run together with its Redis and is gone
 * after it. Owned by one thread.
 */
final class Subject implements AutoCloseable {
    private static final int LIVE_WITHIN_SECONDS = 60;
    private static final int PARTITIONS = 4;
    private static final long COMMAND_WITHIN_SECONDS = 60;
    /** Of a gateway of our own: three websites. */
    private static final List<Request.Source> OWN_SOURCES = List.of(
            new Request.Source("shop", "shop-key"),
            new Request.Source("blog", "blog-key"),
            new Request.Source("app", "app-key"));

    private final Rig rig;
    private final GatewayAt gateway;
    private final List<Request.Source> sources;
    private final Commands commands;

    /** What breaks and mends the Redis of a gateway that runs already; empty where nothing does. */
    record Commands(String breaking, String mending) {
        static final Commands NONE = new Commands("", "");
    }

    private Subject(Rig rig, GatewayAt gateway, List<Request.Source> sources, Commands commands) {
        this.rig = rig;
        this.gateway = gateway;
        this.sources = List.copyOf(sources);
        this.commands = commands;
    }

    /** One that runs already; these sources' keys are used. */
    static Subject running(GatewayAt.Addresses addresses, List<Request.Source> sources, Commands commands) {
        return new Subject(null, new GatewayAt(addresses), sources, commands);
    }

    /**
     * Starts one, and waits until it takes events.
     *
     * @param redis {@code embedded}; {@code always}, {@code everysec} or {@code memory} for a server of its own
     *     with this fsync or without append-only file; or the address of one that runs
     */
    static Subject own(String redis, List<String> javaFlags, List<String> settings)
            throws IOException, InterruptedException {
        List<String> all = new java.util.ArrayList<>(settings);
        all.add("sources="
                + OWN_SOURCES.stream()
                        .map(each -> "{name: %s, write-key: %s}".formatted(each.name(), each.writeKey()))
                        .toList());
        boolean elsewhere = redis.contains("://");
        if (elsewhere) {
            all.add("redis.uri=" + redis);
        }
        String[] given = all.toArray(String[]::new);
        Rig rig = redis.equals("embedded") || elsewhere
                ? Rig.embedded(javaFlags, given)
                : Rig.withRedis(redis, javaFlags, given);
        try {
            rig.startGateway();
            if (!rig.awaitLive(LIVE_WITHIN_SECONDS)) {
                rig.keepDir();
                throw new IOException(
                        "the gateway did not start: see " + rig.dir().resolve("gateway.log"));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            rig.close();
            throw e;
        }
        String uri = elsewhere ? redis : "redis://127.0.0.1:" + rig.redisPort();
        GatewayAt.Addresses addresses =
                new GatewayAt.Addresses(rig.door(), rig.management(), "", uri, "headgate", PARTITIONS);
        return new Subject(rig, new GatewayAt(addresses), OWN_SOURCES, Commands.NONE);
    }

    GatewayAt gateway() {
        return gateway;
    }

    URI door() {
        return gateway.addresses().door();
    }

    List<Request.Source> sources() {
        return sources;
    }

    /** Whether its Redis can be broken. */
    boolean breakable() {
        return rig != null
                || !(commands.breaking().isEmpty() || commands.mending().isEmpty());
    }

    void breakRedis() {
        if (rig != null) {
            rig.killRedis();
        } else {
            shell(commands.breaking());
        }
    }

    void mendRedis() {
        if (rig != null) {
            rig.startRedis();
        } else {
            shell(commands.mending());
        }
    }

    /** Leaves what the gateway wrote, for a look; says where, or nothing for one that runs on anyway. */
    String keep() {
        if (rig == null) {
            return "";
        }
        rig.keepDir();
        return rig.dir().toString();
    }

    @Override
    public void close() {
        gateway.close();
        if (rig != null) {
            rig.close();
        }
    }

    private static void shell(String command) {
        try {
            Process process =
                    new ProcessBuilder("sh", "-c", command).inheritIO().start();
            if (!process.waitFor(COMMAND_WITHIN_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("did not end well: " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

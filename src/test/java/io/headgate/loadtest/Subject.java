package io.headgate.loadtest;

import io.headgate.load.Rig;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What is tested: a gateway that runs already, or one that is started for the run together with its Redis and is gone
 * after it, also after a Ctrl-C. Owned by one thread.
 */
final class Subject implements AutoCloseable {
    /** Settings that a gateway of our own has from us. */
    static final Set<String> OURS =
            Set.of("data-dir", "http.port", "http.host", "management", "sources", "redis.uri", "redis.key-prefix");

    private static final int LIVE_WITHIN_SECONDS = 60;
    private static final long COMMAND_WITHIN_SECONDS = 60;
    private static final String PREFIX = "headgate";
    /** Three websites. */
    private static final List<Request.Source> SOURCES = List.of(
            new Request.Source("shop", "shop-key"),
            new Request.Source("blog", "blog-key"),
            new Request.Source("app", "app-key"));

    /** Null for a gateway that runs already. */
    private final Rig rig;

    private final GatewayAt gateway;
    private final List<Request.Source> sources;
    private final Commands commands;
    private final Thread hook = new Thread(this::end);
    private boolean ended;

    /** Shell commands that break and mend a Redis that is not of our own making; empty where nothing does. */
    record Commands(String breaking, String mending) {
        boolean given() {
            return !breaking.isEmpty() && !mending.isEmpty();
        }
    }

    private Subject(Rig rig, GatewayAt gateway, List<Request.Source> sources, Commands commands) {
        this.rig = rig;
        this.gateway = gateway;
        this.sources = List.copyOf(sources);
        this.commands = commands;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** One that runs already; these sources' keys are used. */
    static Subject running(GatewayAt.Addresses addresses, List<Request.Source> sources, Commands commands) {
        return new Subject(null, new GatewayAt(addresses), sources, commands);
    }

    /**
     * Starts one, and waits until it takes events.
     *
     * @param redis {@code embedded}; {@code always}, {@code everysec} or {@code memory} for a server of its own with this
     *     fsync or without append-only file; or the address of one that runs
     * @param settings none of {@link #OURS}
     */
    static Subject own(String redis, List<String> javaFlags, List<String> settings, Commands commands)
            throws IOException, InterruptedException {
        boolean elsewhere = redis.contains("://");
        List<String> all = new ArrayList<>(settings);
        all.add("sources="
                + SOURCES.stream()
                        .map(each -> "{name: %s, write-key: %s}".formatted(each.name(), each.writeKey()))
                        .toList());
        if (elsewhere) {
            all.add("redis.uri=" + redis);
        }
        String[] given = all.toArray(String[]::new);
        Rig rig = redis.equals("embedded") || elsewhere
                ? Rig.embedded(javaFlags, given)
                : Rig.withRedis(redis, javaFlags, given);
        String uri = elsewhere ? redis : "redis://127.0.0.1:" + rig.redisPort();
        GatewayAt gateway = new GatewayAt(new GatewayAt.Addresses(rig.door(), rig.management(), "", uri, PREFIX));
        Subject subject = new Subject(rig, gateway, SOURCES, commands);
        try {
            subject.start();
        } catch (IOException | InterruptedException | RuntimeException e) {
            subject.close();
            throw e;
        }
        return subject;
    }

    private void start() throws IOException, InterruptedException {
        rig.startGateway();
        if (!rig.awaitLive(LIVE_WITHIN_SECONDS)) {
            rig.keepDir();
            throw new IOException("the gateway did not start: see " + rig.dir().resolve("gateway.log"));
        }
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

    /** As by kill -9, or by the command that was given for it. */
    void breakRedis() {
        if (commands.given()) {
            shell(commands.breaking());
        } else {
            rig.killRedis();
        }
    }

    void mendRedis() {
        if (commands.given()) {
            shell(commands.mending());
        } else {
            rig.startRedis();
        }
    }

    /** Leaves what a gateway of our own wrote, for a look; where that is, or nothing. */
    String keep() {
        if (rig == null) {
            return "";
        }
        rig.keepDir();
        return rig.dir().toString();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // then the hook finds that all is done
        }
    }

    private synchronized void end() {
        if (!ended) {
            ended = true;
            gateway.close();
            if (rig != null) {
                rig.close();
            }
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
            throw new IllegalStateException("could not be run: " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

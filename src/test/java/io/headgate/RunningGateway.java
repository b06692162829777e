package io.headgate;

import io.headgate.config.ConfigException;
import io.headgate.config.Settings;
import io.headgate.config.SettingsReader;
import io.headgate.fault.FaultProxy;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A whole gateway in this process, for tests: every part real, both ports chosen by the system, with a Redis of its own
 * that a test can look into and break, and two sources, {@code demo} and {@code other}, whose keys are their names.
 */
public final class RunningGateway implements AutoCloseable {
    private static final int PARTITIONS = 4;

    private static final String SOURCES = "sources=[{name: demo, write-key: demo, origins: ['*']},"
            + " {name: other, write-key: other, origins: []}]";

    private final Path dir;
    private final List<String> settings;
    private final RealRedis redis;
    private final FaultProxy proxy;
    private Gateway gateway;

    private RunningGateway(Path dir, List<String> settings, RealRedis redis) {
        this.dir = dir;
        this.settings = settings;
        this.redis = redis;
        this.proxy = FaultProxy.to(redis.port());
        this.gateway = open();
    }

    /** Starts one that is ready to take events; {@code settings} are like {@code --set}. */
    public static RunningGateway start(Path dir, String... settings) {
        return startUnready(dir, settings).awaitReady();
    }

    /** Starts one whose Redis is not there. */
    public static RunningGateway startWithoutRedis(Path dir, String... settings) {
        RealRedis redis = startRedis();
        redis.kill();
        return start(dir, redis, settings).awaitReady();
    }

    /** Starts one without waiting until it is ready. */
    public static RunningGateway startUnready(Path dir, String... settings) {
        return start(dir, startRedis(), settings);
    }

    private static RealRedis startRedis() {
        return RealRedis.start("--appendonly", "yes", "--appendfsync", "always");
    }

    private static RunningGateway start(Path dir, RealRedis redis, String... settings) {
        try {
            return new RunningGateway(dir, List.of(settings), redis);
        } catch (IllegalStateException e) {
            redis.close();
            throw e;
        }
    }

    /** Stops the gateway and starts it again on the same data and Redis, on other ports. */
    public void restart() {
        restart(() -> {});
    }

    /** The same, with something done while it is stopped. */
    public void restart(Runnable meanwhile) {
        gateway.stop();
        meanwhile.run();
        gateway = open();
        awaitReady();
    }

    private Gateway open() {
        List<String> flags = new ArrayList<>(List.of(
                "data-dir=" + dir.resolve("data"),
                "http.port=0",
                "management.port=0",
                "redis.uri=" + proxy.uri(),
                SOURCES));
        flags.addAll(settings);
        try {
            Settings read = new SettingsReader(Map.of(), Runtime.getRuntime().maxMemory())
                    .read(Optional.of(Path.of("conf/headgate.yaml")), flags);
            return Gateway.start(read, () -> {});
        } catch (ConfigException | StartException e) {
            throw new IllegalStateException(e);
        }
    }

    private RunningGateway awaitReady() {
        try {
            gateway.ready().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            return this;
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the gateway did not become ready", e);
        }
    }

    public int port() {
        return gateway.port();
    }

    public int managePort() {
        return gateway.managePort();
    }

    /** A client that posts to it with the key {@code demo}. */
    public Posts posts() {
        return new Posts(gateway.port());
    }

    /** A client of the management port. */
    public Posts management() {
        return new Posts(gateway.managePort());
    }

    /** What {@code /status} shows. */
    public JsonObject status() {
        return new JsonObject(management().ask("GET", "/status").body());
    }

    /** The books on {@code /status}. */
    public JsonObject books() {
        return status().getJsonObject("books");
    }

    /** Returns when the mode is {@code stream} and nothing waits in the journal. */
    public void awaitStreamMode() {
        Eventually.isTrue(this::inStreamMode);
    }

    private boolean inStreamMode() {
        JsonObject status = status();
        return status.getString("mode").equals("stream")
                && status.getJsonObject("journal").getLong("backlog_events") == 0;
    }

    /** What stands between it and its Redis; passes everything until it is told otherwise. */
    public FaultProxy proxy() {
        return proxy;
    }

    /** Its Redis. */
    public RealRedis redis() {
        return redis;
    }

    /** The field {@code event} of every entry of every stream, by partition, in order. */
    public List<String> streamedEvents() {
        List<String> events = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (Object entry : redis.list("XRANGE", "{headgate:" + partition + "}:events", "-", "+")) {
                List<?> fields = (List<?>) ((List<?>) entry).get(1);
                String bytes = (String) fields.get(fields.indexOf("event") + 1);
                events.add(new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            }
        }
        return events;
    }

    @Override
    public void close() {
        gateway.stop();
        proxy.close();
        redis.close();
    }
}

package io.headgate;

import io.headgate.config.ConfigException;
import io.headgate.config.Settings;
import io.headgate.config.SettingsReader;
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

    private final Gateway gateway;
    private final RealRedis redis;
    private final Posts posts;

    private RunningGateway(Gateway gateway, RealRedis redis) {
        this.gateway = gateway;
        this.redis = redis;
        this.posts = new Posts(gateway.port());
    }

    /** Starts one that is ready to take events; {@code settings} are like {@code --set}. */
    public static RunningGateway start(Path dir, String... settings) {
        RunningGateway running = startUnready(dir, settings);
        try {
            running.gateway.ready().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            return running;
        } catch (Exception e) {
            running.close();
            throw new IllegalStateException("the gateway did not become ready", e);
        }
    }

    /** Starts one without waiting until it is ready. */
    public static RunningGateway startUnready(Path dir, String... settings) {
        RealRedis redis = RealRedis.start("--appendonly", "yes", "--appendfsync", "always");
        List<String> flags = new ArrayList<>(List.of(
                "data-dir=" + dir.resolve("data"),
                "http.port=0",
                "management.port=0",
                "redis.uri=" + redis.uri(),
                SOURCES));
        flags.addAll(List.of(settings));
        try {
            Settings read = new SettingsReader(Map.of(), Runtime.getRuntime().maxMemory())
                    .read(Optional.of(Path.of("conf/headgate.yaml")), flags);
            return new RunningGateway(Gateway.start(read, () -> {}), redis);
        } catch (ConfigException | StartException e) {
            redis.close();
            throw new IllegalStateException(e);
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
        return posts;
    }

    /** A client of the management port. */
    public Posts management() {
        return new Posts(gateway.managePort());
    }

    /** What {@code /status} shows. */
    public JsonObject status() {
        return new JsonObject(management().ask("GET", "/status").body());
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
        redis.close();
    }
}

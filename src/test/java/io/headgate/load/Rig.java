package io.headgate.load;

import io.headgate.GatewayProcess;
import io.headgate.RealRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The packaged gateway and its Redis as processes on loopback, whose directories and ports outlive them: what a load
 * program breaks and mends. Closing it ends both, and deletes the directory unless it is to be looked at. Owned by one
 * thread; the client may be used by any.
 */
public final class Rig implements AutoCloseable {
    /** Instead of a policy of fsync: a Redis without append-only file. */
    public static final String NO_FILE = "memory";

    private static final int CONNECTIONS_MAX = 1_024;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long STOPS_WITHIN_SECONDS = 20;

    private final Path dir;
    private final RealRedis own;
    private final int embeddedPort;
    private final List<String> javaFlags;
    private final List<String> settings = new ArrayList<>();
    private final URI door;
    private final URI management;
    private final Client client;
    private Process gateway;
    private boolean redisUp;
    private List<Long> frozen = List.of();
    private boolean keep;

    private Rig(RealRedis own, List<String> javaFlags, List<String> more) throws IOException {
        this.dir = Files.createTempDirectory("headgate");
        this.own = own;
        this.redisUp = own != null;
        this.javaFlags = javaFlags;
        int[] ports = freePorts();
        this.embeddedPort = ports[2];
        settings.addAll(
                List.of("data-dir=" + dir.resolve("data"), "http.port=" + ports[0], "management.port=" + ports[1]));
        settings.addAll(List.of(
                "redis.embedded.port=" + embeddedPort, own == null ? "redis.uri=embedded" : "redis.uri=" + own.uri()));
        settings.addAll(more);
        this.door = URI.create("http://127.0.0.1:" + ports[0]);
        this.management = URI.create("http://127.0.0.1:" + ports[1]);
        this.client = new Client(ports[0], ports[1], CONNECTIONS_MAX);
    }

    /**
     * A gateway with a Redis of its own that runs already; the gateway is not started.
     *
     * @param fsync of its append-only file: always, everysec or no; {@value #NO_FILE} for none at all
     */
    public static Rig withRedis(String fsync, List<String> javaFlags, String... settings) throws IOException {
        if (fsync.equals(NO_FILE)) {
            return new Rig(RealRedis.start("--appendonly", "no"), javaFlags, List.of(settings));
        }
        // a rewrite at a moment of its own choosing would be measured as if it were the gateway's doing
        RealRedis redis =
                RealRedis.start("--appendonly", "yes", "--appendfsync", fsync, "--auto-aof-rewrite-percentage", "0");
        return new Rig(redis, javaFlags, List.of(settings));
    }

    /** A gateway that starts its embedded Redis; not started. */
    public static Rig embedded(List<String> javaFlags, String... settings) throws IOException {
        return new Rig(null, javaFlags, List.of(settings));
    }

    public URI door() {
        return door;
    }

    public URI management() {
        return management;
    }

    Client client() {
        return client;
    }

    public Path dir() {
        return dir;
    }

    Streams streams() {
        return new Streams(redisPort());
    }

    public int redisPort() {
        return own == null ? embeddedPort : own.port();
    }

    /** Where an embedded server has its files. */
    Path embeddedDir() {
        return dir.resolve("data").resolve("redis");
    }

    /** Starts the gateway without waiting for it; one that runs stays. */
    public void startGateway() throws IOException {
        if (!gatewayUp()) {
            gateway = GatewayProcess.launch(dir.resolve("gateway.log"), javaFlags, settings);
        }
    }

    public boolean gatewayUp() {
        return gateway != null && gateway.isAlive();
    }

    public long gatewayPid() {
        return gateway.pid();
    }

    /** As by kill -9; it is gone when this returns. */
    void killGateway() throws InterruptedException {
        if (gateway != null) {
            gateway.destroyForcibly().waitFor();
        }
    }

    /** As by Ctrl-C; the exit code, or -1 when it does not end in time. */
    int interruptGateway() throws InterruptedException {
        signal("INT", gateway.pid());
        return gateway.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS) ? gateway.exitValue() : -1;
    }

    boolean redisUp() {
        return redisUp;
    }

    /** Starts Redis without waiting for it; an embedded one is started by its gateway, and one that runs stays. */
    public void startRedis() {
        if (own != null && !redisUp) {
            own.launch();
            redisUp = true;
        }
    }

    /** As by kill -9, frozen or not. */
    public void killRedis() {
        if (own == null) {
            EmbeddedServers.on(embeddedDir()).stream()
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .forEach(ProcessHandle::destroyForcibly);
        } else if (redisUp) {
            own.kill();
            redisUp = false;
        }
        frozen = List.of();
    }

    /** Stops Redis as by SIGSTOP: connections are accepted by the system, and nothing is answered. */
    void freezeRedis() throws InterruptedException {
        frozen = own == null ? EmbeddedServers.on(embeddedDir()) : redisUp ? List.of(own.pid()) : List.of();
        for (long pid : frozen) {
            signal("STOP", pid);
        }
    }

    /** Lets a frozen Redis go on, where it still is. */
    void thawRedis() throws InterruptedException {
        for (long pid : frozen) {
            signal("CONT", pid);
        }
        frozen = List.of();
    }

    /** Waits until the door is open; false when the gateway ended, or the time did. */
    public boolean awaitLive(long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!client.live()) {
            if (!gatewayUp() || System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }

    /** Waits until everything that was taken in is on the streams; the last status, null when there was none. */
    Status awaitRest(long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Status status = client.status();
        while ((status == null || !status.atRest()) && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS * 5);
            status = client.status();
        }
        return status;
    }

    /** Leaves the directory as it is, for somebody to look at. */
    public void keepDir() {
        keep = true;
    }

    @Override
    public void close() {
        try {
            thawRedis();
            if (gatewayUp()) {
                gateway.destroy();
                if (!gateway.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                    killGateway();
                }
            }
        } catch (InterruptedException e) {
            gateway.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        killRedis();
        client.close();
        if (own != null) {
            own.close();
        }
        if (!keep) {
            delete();
        }
    }

    /** Sends a signal by the system's own kill; a process that is gone is none. */
    static void signal(String name, long pid) throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Three at once, so that they differ. */
    private static int[] freePorts() throws IOException {
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket two = new ServerSocket(0);
                ServerSocket three = new ServerSocket(0)) {
            return new int[] {one.getLocalPort(), two.getLocalPort(), three.getLocalPort()};
        }
    }
}

package io.headgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.time.SystemClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a server whose gateway was killed with -9: never two on one directory, and nothing lost. */
class SurvivorIT {
    @TempDir
    Path temp;

    private final Vertx vertx = Vertx.vertx();
    private final List<EmbeddedRedis> running = new ArrayList<>();
    private final List<ProcessHandle> ours = new ArrayList<>();

    @AfterEach
    void stopAll() throws Exception {
        for (EmbeddedRedis redis : running) {
            await(redis.stop().otherwiseEmpty());
        }
        ours.forEach(ProcessHandle::destroyForcibly);
        await(vertx.close());
    }

    @Test
    void aSurvivorIsTakenOver() throws Exception {
        ProcessHandle survivor = survivorWithALead(dir());

        String address = await(redis(dir(), 0, 0).start());

        assertThat(Servers.on(dir())).containsExactly(survivor);
        assertThat(RawRedis.say(address, "GET lead")).isEqualTo("1");
    }

    @Test
    void aSurvivorThatWasTakenOverIsWatchedAndStoppedLikeOneThatWasStarted() throws Exception {
        ProcessHandle survivor = survivorWithALead(dir());
        EmbeddedRedis redis = redis(dir(), 0, 0);
        String address = await(redis.start());

        survivor.destroyForcibly();

        Eventually.holds(() -> !Servers.on(dir()).contains(survivor));
        Eventually.holds(() -> RawRedis.say(address, "GET lead").equals("1"));
        await(redis.stop());
        assertThat(Servers.on(dir())).isEmpty();
    }

    @Test
    void aSurvivorThatDoesNotAnswerIsKilledAndReplaced() throws Exception {
        ProcessHandle survivor = survivorWithALead(dir());
        signal("STOP", survivor);

        String address = await(redis(dir(), 0, 0).start());

        assertThat(Servers.on(dir())).hasSize(1).doesNotContain(survivor);
        assertThat(RawRedis.say(address, "GET lead")).isEqualTo("1");
    }

    @Test
    void aSurvivorWithoutARecordIsReplaced() throws Exception {
        ProcessHandle survivor = survivorWithALead(dir());
        Files.delete(dir().resolve("server.json"));
        Files.delete(dir().resolve("redis.pid"));

        String address = await(redis(dir(), 0, 0).start());

        assertThat(Servers.on(dir())).hasSize(1).doesNotContain(survivor);
        assertThat(RawRedis.say(address, "GET lead")).isEqualTo("1");
    }

    @Test
    void aSurvivorWithATornRecordIsReplaced() throws Exception {
        ProcessHandle survivor = survivorWithALead(dir());
        String whole = Files.readString(dir().resolve("server.json"));
        Files.writeString(dir().resolve("server.json"), whole.substring(0, whole.length() / 2));

        String address = await(redis(dir(), 0, 0).start());

        assertThat(Servers.on(dir())).hasSize(1).doesNotContain(survivor);
        assertThat(RawRedis.say(address, "GET lead")).isEqualTo("1");
    }

    @Test
    void aServerThatIsNotTheRecordedRunIsReplaced() throws Exception {
        ProcessHandle survivor = survivorWithALead(dir());
        ServerRecord record = ServerRecord.parse(Files.readString(dir().resolve("server.json")))
                .orElseThrow();
        Files.writeString(
                dir().resolve("server.json"),
                new ServerRecord(record.pid(), "0".repeat(40), record.port(), record.started()).json());

        String address = await(redis(dir(), 0, 0).start());

        assertThat(Servers.on(dir())).hasSize(1).doesNotContain(survivor);
        assertThat(RawRedis.say(address, "GET lead")).isEqualTo("1");
    }

    @Test
    void aSurvivorWithOtherSettingsIsReplaced() throws Exception {
        ProcessHandle survivor = survivorWithALead(dir());

        String address = await(redis(dir(), 0, 512 << 20).start());

        assertThat(Servers.on(dir())).hasSize(1).doesNotContain(survivor);
        assertThat(RawRedis.say(address, "GET lead")).isEqualTo("1");
        assertThat(RawRedis.sayAll(address, "CONFIG GET maxmemory")).contains("536870912");
    }

    @Test
    void aSurvivorWhoseDirectoryWasRenamedIsReplaced() throws Exception {
        ProcessHandle survivor = survivorWithALead(dir());
        Path renamed = temp.resolve("renamed");
        Files.move(dir(), renamed);

        String address = await(redis(renamed, 0, 0).start());

        assertThat(Servers.on(renamed)).hasSize(1).doesNotContain(survivor);
        assertThat(RawRedis.say(address, "GET lead")).isEqualTo("1");
    }

    @Test
    void aServerWhoseDirectoryWasCopiedIsLeftAlone() throws Exception {
        ProcessHandle other = survivorWithALead(dir());
        Path copy = temp.resolve("copy");
        copy(dir(), copy);

        String address = await(redis(copy, 0, 0).start());

        assertThat(Servers.on(dir())).containsExactly(other);
        assertThat(Servers.on(copy)).hasSize(1);
        assertThat(RawRedis.say(address, "GET lead")).isEqualTo("1");
    }

    @Test
    void aProcessThatOnlyHasTheRecordedNumberIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        ours.add(stranger.toHandle());
        Files.createDirectories(dir());
        Files.writeString(
                dir().resolve("server.json"), new ServerRecord(stranger.pid(), "a".repeat(40), 6399, "").json());

        await(redis(dir(), 0, 0).start());

        assertThat(stranger.isAlive()).isTrue();
    }

    /** The window between the birth of a server and the record of it. */
    @RepeatedTest(10)
    void aGatewayKilledWhileItsServerStartsLeavesNoSecondOne() throws Exception {
        Process holder = Holder.launch(dir());
        ours.add(holder.toHandle());
        Eventually.holds(() -> !Servers.on(dir()).isEmpty());
        Holder.kill(holder);

        String address = await(redis(dir(), 0, 0).start());

        assertThat(Servers.on(dir())).hasSize(1);
        assertThat(RawRedis.say(address, "SET lead 1")).isEqualTo("+OK");
    }

    @Test
    void theStartWaitsUntilTheDataIsLoaded() throws Exception {
        Files.createDirectories(dir());
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            String key = "lead" + i;
            log.append("*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$1\r\n1\r\n".formatted(key.length(), key));
        }
        Files.writeString(dir().resolve("appendonly.aof"), log, StandardCharsets.US_ASCII);

        String address = await(redis(dir(), 0, 0).start());

        assertThat(RawRedis.say(address, "GET lead299999")).isEqualTo("1");
    }

    private ProcessHandle survivorWithALead(Path dir) throws Exception {
        Process holder = Holder.launch(dir);
        ours.add(holder.toHandle());
        String address = Holder.address(holder);
        assertThat(RawRedis.say(address, "SET lead 1")).isEqualTo("+OK");
        ProcessHandle server = Servers.on(dir).get(0);
        ours.add(server);
        Holder.kill(holder);
        return server;
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private Path dir() {
        return temp.resolve("redis");
    }

    private EmbeddedRedis redis(Path dir, int port, long maxmemory) {
        EmbeddedRedis redis = new EmbeddedRedis(vertx, new EmbeddedSettings(dir, port, maxmemory), new SystemClock());
        running.add(redis);
        return redis;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}

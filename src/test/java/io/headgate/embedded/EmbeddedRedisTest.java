package io.headgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.time.SystemClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One gateway's embedded Redis: real processes, real files. */
class EmbeddedRedisTest {
    @TempDir
    Path temp;

    private final Vertx vertx = Vertx.vertx();
    private final List<EmbeddedRedis> running = new ArrayList<>();

    @AfterEach
    void stopAll() throws Exception {
        for (EmbeddedRedis redis : running) {
            await(redis.stop().otherwiseEmpty());
        }
        await(vertx.close());
    }

    @Test
    void whatWasWrittenIsFoundAgainAfterAStopAndAStart() throws Exception {
        EmbeddedRedis first = redis(0);
        String address = await(first.start());
        assertThat(RawRedis.say(address, "SET lead 1")).isEqualTo("+OK");

        await(first.stop());
        assertThat(serversOn(dir())).isEmpty();
        String again = await(redis(0).start());

        assertThat(RawRedis.say(again, "GET lead")).isEqualTo("1");
    }

    @Test
    void whatAnUnfinishedRewriteLeftBehindIsDeletedAtTheNextStart() throws Exception {
        Files.createDirectories(dir());
        Path torn = Files.writeString(dir().resolve("temp-rewriteaof-4711.aof"), "half of it");
        Path other = Files.writeString(dir().resolve("temp-notes.txt"), "somebody's");

        await(redis(0).start());

        assertThat(torn).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void itListensOnLoopbackAndIsOnDiskBeforeItReplies() throws Exception {
        String address = await(redis(0).start());

        assertThat(address).matches("redis://127\\.0\\.0\\.1:\\d+");
        assertThat(config(address, "bind")).isEqualTo("127.0.0.1");
        assertThat(config(address, "appendonly")).isEqualTo("yes");
        assertThat(config(address, "appendfsync")).isEqualTo("always");
        assertThat(config(address, "maxmemory-policy")).isEqualTo("noeviction");
        assertThat(config(address, "save")).isEmpty();
    }

    @Test
    void aSecondGatewayOnTheSameDirectoryIsRefusedWhileTheFirstLives() throws Exception {
        await(redis(0).start());

        assertThatThrownBy(() -> await(redis(0).start()))
                .hasRootCauseInstanceOf(EmbeddedRedisException.class)
                .hasMessageContaining(
                        "another gateway (process " + ProcessHandle.current().pid() + ")")
                .hasMessageContaining("data-dir");
        assertThat(serversOn(dir())).hasSize(1);
    }

    @Test
    void aServerThatDiesComesBackOnTheSamePortWithItsData() throws Exception {
        String address = await(redis(0).start());
        RawRedis.say(address, "SET lead 1");
        ProcessHandle victim = serversOn(dir()).get(0);

        victim.destroyForcibly();

        Eventually.holds(() -> !serversOn(dir()).contains(victim));
        Eventually.holds(() -> RawRedis.say(address, "GET lead").equals("1"));
        assertThat(serversOn(dir())).hasSize(1);
    }

    @Test
    void aPortThatSomebodyElseHasIsSaidToBeTaken() throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = stranger.getLocalPort();

            assertThatThrownBy(() -> await(redis(port).start()))
                    .hasMessageContaining("port " + port)
                    .hasMessageContaining("taken")
                    .hasMessageContaining("redis.embedded.port");
        }
        assertThat(serversOn(dir())).isEmpty();
    }

    @Test
    void aFixedPortIsUsed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        String address = await(redis(port).start());

        assertThat(URI.create(address).getPort()).isEqualTo(port);
    }

    @Test
    void theServerHasASessionOfItsOwn() throws Exception {
        await(redis(0).start());

        long pid = serversOn(dir()).get(0).pid();

        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        assertThat(fields[3]).as("its session").isEqualTo(Long.toString(pid));
    }

    @Test
    void aStopBeforeAnyStartIsHarmless() throws Exception {
        await(new EmbeddedRedis(vertx, settings(0), new SystemClock()).stop());
    }

    private static String config(String address, String name) {
        return RawRedis.sayAll(address, "CONFIG GET " + name).get(4);
    }

    private Path dir() {
        return temp.resolve("redis");
    }

    private EmbeddedSettings settings(int port) {
        return new EmbeddedSettings(dir(), port, 0);
    }

    private EmbeddedRedis redis(int port) {
        EmbeddedRedis redis = new EmbeddedRedis(vertx, settings(port), new SystemClock());
        running.add(redis);
        return redis;
    }

    private static List<ProcessHandle> serversOn(Path dir) throws Exception {
        return Servers.on(dir);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}

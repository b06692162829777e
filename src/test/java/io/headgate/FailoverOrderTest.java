package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One session's events are on the stream in the order in which they were posted, once each, whatever happens to Redis. */
class FailoverOrderTest {
    private static final int SESSIONS = 12;
    private static final int FAULTS = 14;

    @Test
    void sessionsKeepTheirOrderThroughKillsStallsAndLostScriptsUnderLoad(@TempDir Path dir) throws Exception {
        try (RunningGateway gateway = RunningGateway.start(dir, "redis.deadline=200ms")) {
            ExecutorService clients = Executors.newFixedThreadPool(SESSIONS);
            List<Session> sessions = new ArrayList<>();
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                Session session = new Session("session-" + i, gateway.posts(), new Random(i));
                sessions.add(session);
                ends.add(clients.submit(session));
            }

            torment(gateway.redis(), new Random(20261121));
            sessions.forEach(session -> session.enough = true);
            for (Future<?> end : ends) {
                end.get(20, TimeUnit.SECONDS);
            }
            clients.shutdown();
            gateway.awaitStreamMode();

            Map<String, List<String>> streamed = bySession(gateway.streamedEvents());
            for (Session session : sessions) {
                assertThat(session.posted).hasSizeGreaterThan(100);
                assertThat(streamed.get(session.name)).as(session.name).isEqualTo(session.posted);
            }
            JsonObject books = gateway.books();
            assertThat(books.getBoolean("balanced")).isTrue();
            assertThat(books.getLong("journal_backlog")).isZero();
            assertThat(books.getLong("journaled")).isPositive();
            assertThat(books.getLong("stream_direct")).isPositive();
            assertThat(gateway.status().getJsonObject("delivery").getLong("order_broken"))
                    .isZero();
        }
    }

    private static void torment(RealRedis redis, Random random) {
        for (int i = 0; i < FAULTS; i++) {
            switch (i % 4) {
                case 0 -> {
                    redis.freeze();
                    pass(100 + random.nextInt(500));
                    redis.thaw();
                }
                case 1 -> redis.command("SCRIPT", "FLUSH");
                case 2 -> {
                    redis.kill();
                    pass(random.nextInt(400));
                    redis.restart();
                }
                default -> redis.command("CLIENT", "KILL", "TYPE", "normal");
            }
            pass(200 + random.nextInt(400));
        }
    }

    /** Lets the load go on for a while: what is tested is what happens meanwhile. */
    private static void pass(int millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static Map<String, List<String>> bySession(List<String> events) {
        Map<String, List<String>> sessions = new TreeMap<>();
        for (String event : events) {
            String session = new JsonObject(event).getString("session_id");
            sessions.computeIfAbsent(session, name -> new ArrayList<>()).add(event);
        }
        return sessions;
    }

    /** A visitor: posts the next events when the ones before are answered. */
    private static final class Session implements Runnable {
        private final String name;
        private final Posts posts;
        private final Random random;
        private final List<String> posted = new ArrayList<>();
        private volatile boolean enough;

        Session(String name, Posts posts, Random random) {
            this.name = name;
            this.posts = posts;
            this.random = random;
        }

        @Override
        public void run() {
            while (!enough) {
                List<String> batch = new ArrayList<>();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    batch.add(Posts.event(new UUID(random.nextLong(), random.nextLong()), name));
                }
                assertThat(posts.post(batch.toString()).status()).isEqualTo(202);
                posted.addAll(batch);
            }
        }
    }
}

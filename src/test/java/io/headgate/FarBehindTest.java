package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A consumer group of somebody else, which reads slowly, or not at all. */
class FarBehindTest {
    private static final int SESSIONS = 8;
    private static final int EVENTS_EACH = 1_000;

    @TempDir
    Path dir;

    @Test
    void nothingThatItHasNotReadOrNotAcknowledgedIsTrimmedThoughMemoryIsScarceAndThatItIsBehindIsTold() {
        try (RunningGateway gateway = RunningGateway.start(
                dir, "processing.lag=1s", "destinations=[{name: archive, type: archive, free-bytes-min: 0}]")) {
            for (int session = 0; session < SESSIONS; session++) {
                gateway.posts().post(batch("s" + session));
            }
            gateway.awaitStreamMode();
            List<String> streams = streams(gateway);
            String behind = streams.get(0);
            String other = streams.get(1);
            long behindsLength = gateway.redis().number("XLEN", behind);
            gateway.redis().command("XGROUP", "CREATE", behind, "theirs", "0");
            List<?> read = read(gateway, behind, 300);
            assertThat(read).hasSize(300);

            press(gateway);

            Eventually.isTrue(() -> gateway.redis().number("XLEN", other) < 200);
            Eventually.isTrue(() -> alerts(gateway).contains("ProcessingLag/theirs"));
            assertThat(gateway.redis().number("XLEN", behind)).isEqualTo(behindsLength);

            acknowledge(gateway, behind, read.subList(0, 200));
            press(gateway);
            Eventually.isTrue(() -> gateway.redis().number("XLEN", behind) < behindsLength);
            assertThat(gateway.redis().number("XLEN", behind)).isGreaterThanOrEqualTo(behindsLength - 200);
            assertThat(gateway.redis().list("XRANGE", behind, id(read.get(200)), "+"))
                    .hasSize((int) behindsLength - 200);
        }
    }

    private static String batch(String session) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < EVENTS_EACH; i++) {
            events.add(Posts.event(UUID.randomUUID(), session));
        }
        return "[" + String.join(",", events) + "]";
    }

    /** Those that hold something. */
    private static List<String> streams(RunningGateway gateway) {
        List<String> streams = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            if (gateway.redis().number("XLEN", "{headgate:" + p + "}:events") > 0) {
                streams.add("{headgate:" + p + "}:events");
            }
        }
        assertThat(streams).hasSizeGreaterThan(1);
        return streams;
    }

    private static List<?> read(RunningGateway gateway, String stream, int count) {
        List<?> answer = gateway.redis()
                .list("XREADGROUP", "GROUP", "theirs", "me", "COUNT", Integer.toString(count), "STREAMS", stream, ">");
        return (List<?>) ((List<?>) answer.get(0)).get(1);
    }

    private static void acknowledge(RunningGateway gateway, String stream, List<?> entries) {
        List<String> command = new ArrayList<>(List.of("XACK", stream, "theirs"));
        entries.forEach(entry -> command.add(id(entry)));
        gateway.redis().command(command.toArray(String[]::new));
    }

    private static String id(Object entry) {
        return (String) ((List<?>) entry).get(0);
    }

    /** Leaves it so little memory that what is acknowledged goes at once, and just enough to go on. */
    private static void press(RunningGateway gateway) {
        gateway.redis().command("CONFIG", "SET", "maxmemory", Long.toString(usedMemory(gateway) * 5 / 4));
    }

    private static long usedMemory(RunningGateway gateway) {
        String info = (String) gateway.redis().command("INFO", "memory");
        return info.lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring(12).strip()))
                .findFirst()
                .orElseThrow();
    }

    private static String alerts(RunningGateway gateway) {
        JsonArray alerts = gateway.status().getJsonObject("alerts").getJsonArray("firing");
        return alerts.stream()
                .map(alert -> ((JsonObject) alert).getString("key"))
                .toList()
                .toString();
    }
}

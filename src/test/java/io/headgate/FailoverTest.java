package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Posts.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises 4 and 5: the door stays open whatever Redis does, and the way back is automatic. */
class FailoverTest {
    @TempDir
    Path dir;

    private RunningGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void whileRedisIsAwayEventsGoToTheJournalAndFollowWhenItIsBack() {
        gateway = RunningGateway.start(dir);
        List<String> batch = batch(40);
        gateway.redis().kill();

        Reply away = gateway.posts().post(batch.toString(), "Prefer", "return=representation");

        assertThat(away.status()).isEqualTo(202);
        assertThat(away.counts()).isEqualTo("40/40/0/0");
        assertThat(away.json().getJsonObject("stored")).isEqualTo(stored(0, 40));
        assertThat(away.json().getJsonArray("results").getJsonObject(7).getString("stored"))
                .isEqualTo("journal");
        Eventually.isTrue(() -> gateway.status().getString("mode").equals("journal"));
        assertThat(gateway.posts().ask("GET", "/readyz").statusCode()).isEqualTo(200);

        gateway.redis().restart();
        gateway.awaitStreamMode();

        assertThat(gateway.streamedEvents()).containsExactlyInAnyOrderElementsOf(batch);
        assertBooks(books -> {
            assertThat(books.getLong("journaled")).isEqualTo(40);
            assertThat(books.getLong("drained")).isEqualTo(40);
        });
        assertThat(gateway.posts().post(batch.toString()).counts()).isEqualTo("40/0/40/0");
    }

    @Test
    void aWriteThatRedisDidTooLateIsFoundOutByTheDrain() {
        gateway = RunningGateway.start(dir);
        String event = Posts.event(UUID.randomUUID(), "s");
        gateway.redis().freeze();

        Reply late = gateway.posts().post(event);
        gateway.redis().thaw();
        gateway.awaitStreamMode();

        assertThat(late.status()).isEqualTo(202);
        assertThat(late.json().getJsonObject("stored")).isEqualTo(stored(0, 1));
        assertThat(gateway.streamedEvents()).containsExactly(event);
        assertBooks(books -> assertThat(books.getLong("drained") + books.getLong("drain_duplicate"))
                .isEqualTo(1));
    }

    @Test
    void anEventThatWentToTheJournalTwiceIsOnTheStreamOnce() {
        gateway = RunningGateway.start(dir);
        List<String> batch = batch(10);
        gateway.redis().kill();

        assertThat(gateway.posts().post(batch.toString()).counts()).isEqualTo("10/10/0/0");
        assertThat(gateway.posts().post(batch.toString()).counts()).isEqualTo("10/10/0/0");
        gateway.redis().restart();
        gateway.awaitStreamMode();

        assertThat(gateway.streamedEvents()).containsExactlyInAnyOrderElementsOf(batch);
        assertBooks(books -> {
            assertThat(books.getLong("drained")).isEqualTo(10);
            assertThat(books.getLong("drain_duplicate")).isEqualTo(10);
        });
    }

    @Test
    void aPartitionThatCannotBeWrittenWaitsInTheJournalAndTheOthersGoOn() {
        gateway = RunningGateway.start(dir);
        List<String> batch = batch(40);
        gateway.redis().command("SET", "{headgate:2}:events", "no stream");

        Reply first = gateway.posts().post(batch.toString());
        int waiting = first.json().getJsonObject("stored").getInteger("journal");

        assertThat(first.counts()).isEqualTo("40/40/0/0");
        assertThat(waiting).isPositive().isLessThan(40);
        Eventually.isTrue(() -> halted(2) != null);
        assertThat(halted(2)).contains("WRONGTYPE");
        assertThat(halted(0)).isNull();
        assertThat(gateway.status().getJsonObject("breaker").getString("state")).isEqualTo("closed");
        List<String> more = batch(40);
        assertThat(gateway.posts().post(more.toString()).json().getJsonObject("stored"))
                .isEqualTo(stored(40 - waiting, waiting));

        gateway.redis().command("DEL", "{headgate:2}:events");
        gateway.awaitStreamMode();

        batch.addAll(more);
        assertThat(gateway.streamedEvents()).containsExactlyInAnyOrderElementsOf(batch);
        assertThat(halted(2)).isNull();
        assertBooks(books -> assertThat(books.getLong("drained")).isEqualTo(2L * waiting));
    }

    @Test
    void aGatewayStartsWithoutRedis() {
        gateway = RunningGateway.startWithoutRedis(dir);
        List<String> batch = batch(20);

        assertThat(gateway.posts().post(batch.toString()).counts()).isEqualTo("20/20/0/0");
        assertThat(gateway.status().getString("mode")).isEqualTo("journal");
        gateway.redis().restart();
        gateway.awaitStreamMode();

        assertThat(gateway.streamedEvents()).containsExactlyInAnyOrderElementsOf(batch);
    }

    @Test
    void aBacklogIsDrainedAfterARestart() {
        gateway = RunningGateway.start(dir);
        List<String> batch = batch(300);
        gateway.redis().kill();
        assertThat(gateway.posts().post(batch.toString()).status()).isEqualTo(202);

        gateway.restart();
        List<String> more = batch(20);
        assertThat(gateway.books().getLong("backlog_at_start")).isEqualTo(300);
        assertThat(gateway.posts().post(more.toString()).json().getJsonObject("stored"))
                .isEqualTo(stored(0, 20));
        gateway.redis().restart();
        gateway.awaitStreamMode();

        batch.addAll(more);
        assertThat(gateway.streamedEvents()).containsExactlyInAnyOrderElementsOf(batch);
        assertBooks(books -> assertThat(books.getLong("drained")).isEqualTo(320));
    }

    @Test
    void aCorruptRecordIsCountedItsFileIsKeptAndTheRestIsDrained() throws IOException {
        gateway = RunningGateway.start(dir);
        List<String> batch = new ArrayList<>();
        gateway.redis().kill();
        for (int i = 0; i < 30; i++) {
            batch.add(Posts.event(UUID.randomUUID(), "session-" + i % 3));
            assertThat(gateway.posts().post(batch.get(i)).status()).isEqualTo(202);
        }
        gateway.restart(() -> corrupt(batch.get(13)));
        gateway.redis().restart();
        gateway.awaitStreamMode();

        assertThat(gateway.streamedEvents())
                .containsExactlyInAnyOrderElementsOf(batch.stream()
                        .filter(event -> !event.equals(batch.get(13)))
                        .toList());
        assertBooks(books -> {
            assertThat(books.getLong("backlog_at_start")).isEqualTo(30);
            assertThat(books.getLong("drained")).isEqualTo(29);
            assertThat(books.getLong("drain_corrupt")).isEqualTo(1);
        });
        assertThat(gateway.status().getJsonObject("journal").getLong("lost_records"))
                .isEqualTo(1);
    }

    @Test
    void aPauseKeepsTheBacklogWhereItIsUntilItIsResumed() {
        gateway = RunningGateway.start(dir);
        List<String> batch = batch(20);
        assertThat(manage("/drain/pause?for=1h")).contains("paused_until\" : \"20");
        gateway.redis().kill();
        gateway.posts().post(batch.toString());
        gateway.redis().restart();
        Eventually.isTrue(() -> gateway.status().getJsonObject("redis").getBoolean("up"));

        Reply behind = gateway.posts().post(Posts.event(UUID.randomUUID(), "session-1"));
        assertThat(behind.json().getJsonObject("stored")).isEqualTo(stored(0, 1));
        assertThat(gateway.status().getString("mode")).isEqualTo("journal");
        assertThat(gateway.streamedEvents()).isEmpty();

        assertThat(manage("/drain/resume")).contains("paused_until\" : null");
        gateway.awaitStreamMode();
        assertThat(gateway.streamedEvents()).hasSize(21).containsAll(batch);
    }

    @Test
    void aPauseNeedsAnEnd() {
        gateway = RunningGateway.start(dir);

        for (String path :
                List.of("/drain/pause", "/drain/pause?for=0s", "/drain/pause?for=25h", "/drain/pause?for=x")) {
            assertThat(gateway.management().ask("POST", path, "X-Headgate", "1").statusCode())
                    .as(path)
                    .isEqualTo(400);
        }
        assertThat(gateway.management()
                        .ask("POST", "/drain/pause?for=24h", "X-Headgate", "1")
                        .statusCode())
                .isEqualTo(200);
    }

    /** Flips a bit in the middle of an event in the journal's files. */
    private void corrupt(String event) {
        try (Stream<Path> segments = Files.list(dir.resolve("data/journal"))) {
            byte[] wanted = event.getBytes(StandardCharsets.ISO_8859_1);
            for (Path segment :
                    segments.filter(file -> file.toString().endsWith(".seg")).toList()) {
                String bytes = Files.readString(segment, StandardCharsets.ISO_8859_1);
                int at = bytes.indexOf(event);
                if (at >= 0) {
                    byte[] changed = bytes.getBytes(StandardCharsets.ISO_8859_1);
                    changed[at + wanted.length / 2] ^= 1;
                    Files.write(segment, changed);
                    return;
                }
            }
            throw new AssertionError("not in the journal: " + event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String manage(String path) {
        return gateway.management().ask("POST", path, "X-Headgate", "1").body();
    }

    private String halted(int partition) {
        return gateway.status()
                .getJsonObject("drain")
                .getJsonArray("partitions")
                .getJsonObject(partition)
                .getString("halted");
    }

    private void assertBooks(Consumer<JsonObject> more) {
        JsonObject books = gateway.books();
        assertThat(books.getLong("in_progress")).isZero();
        assertThat(books.getBoolean("balanced")).isTrue();
        assertThat(books.getLong("journal_backlog"))
                .isEqualTo(gateway.status().getJsonObject("journal").getLong("backlog_events"))
                .isZero();
        more.accept(books);
    }

    private static JsonObject stored(int stream, int journal) {
        return new JsonObject().put("stream", stream).put("journal", journal);
    }

    private static List<String> batch(int size) {
        List<String> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            batch.add(Posts.event(UUID.randomUUID(), "session-" + i));
        }
        return batch;
    }
}

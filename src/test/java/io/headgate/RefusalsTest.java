package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Posts.Reply;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 1, where neither Redis nor the journal can take an event: it is refused at once, and nothing of it is counted as
 * accepted. The journal of these tests is full after some dozens of large events.
 */
class RefusalsTest {
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final String PADDING = " ".repeat(30_000);
    private static final int LARGE_EVENTS_MAX = 200;

    private RunningGateway gateway;
    private Posts posts;

    @BeforeEach
    void start(@TempDir Path dir) {
        gateway = RunningGateway.start(
                dir,
                "http.body-bytes-max=512KiB",
                "http.inflated-bytes-max=512KiB",
                "journal.segment-bytes=1MiB",
                "journal.bytes-max=2MiB");
        posts = gateway.posts();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void whenTheJournalIsFullTooEventsAreRefusedAndTakenAgainWhenThereIsRoom() {
        gateway.redis().kill();

        List<String> accepted = fillTheJournal();
        Reply refused = posts.post(large("one more"));

        assertThat(accepted).hasSizeGreaterThan(20);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.http().headers().firstValue("Retry-After")).contains(RETRY_AFTER_SECONDS);
        assertThat(gateway.status().getString("mode")).isEqualTo("refusing");
        assertThat(gateway.status().getJsonObject("journal").getString("trouble"))
                .contains("full");
        assertThat(posts.ask("GET", "/readyz").statusCode()).isEqualTo(503);
        assertThat(posts.ask("GET", "/livez").statusCode()).isEqualTo(200);
        assertThat(books().getLong("accepted")).isEqualTo(accepted.size());
        assertThat(books().getLong("refused")).isEqualTo(2);
        Eventually.isTrue(
                () -> gateway.status().getJsonObject("alerts").encode().contains("/IntakeRefusing"));

        gateway.redis().restart();
        gateway.awaitStreamMode();

        assertThat(posts.ask("GET", "/readyz").statusCode()).isEqualTo(200);
        String later = Posts.event(UUID.randomUUID(), "s");
        assertThat(posts.post(later).counts()).isEqualTo("1/1/0/0");
        accepted.add(later);
        assertThat(gateway.streamedEvents()).containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(books().getLong("journal_backlog")).isZero();

        Eventually.isTrue(() -> gateway.status().getJsonObject("journal").getBoolean("writable"));
        gateway.redis().kill();
        assertThat(fillTheJournal()).as("there is room again").hasSizeGreaterThan(20);
    }

    @Test
    void pastAFullJournalEventsGoStraightToRedisAndTheOrderGivenUpIsCounted() {
        List<String> sent = fillTheJournalWhilePaused();

        Reply straight = posts.post(large("session"));
        assertThat(straight.status()).isEqualTo(202);
        assertThat(straight.json().getJsonObject("stored").getInteger("stream")).isEqualTo(1);
        assertThat(gateway.streamedEvents()).hasSize(1);
        assertThat(gateway.status().getJsonObject("delivery").getLong("order_broken"))
                .isEqualTo(1);

        gateway.management().ask("POST", "/drain/resume", "X-Headgate", "1");
        gateway.awaitStreamMode();
        assertThat(gateway.streamedEvents()).hasSize(sent.size() + 1).containsAll(sent);
        assertThat(posts.post(Posts.event(UUID.randomUUID(), "session")).status())
                .isEqualTo(202);
        assertThat(gateway.status().getJsonObject("delivery").getLong("order_broken"))
                .isEqualTo(1);
        assertThat(books().getLong("journal_backlog")).isZero();
    }

    @Test
    void halfABatchStoredIs503AndTheRetryAnswersThatHalfAsDuplicates() {
        fillTheJournalWhilePaused();
        List<String> batch = batchOverAllPartitions();
        gateway.redis().command("SET", "{headgate:2}:events", "no stream");
        JsonObject before = books();

        Reply refused = posts.post(batch.toString());
        int stored = storedIn(0, 1, 3);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(stored).isPositive().isLessThan(batch.size());
        assertThat(books().getLong("accepted")).isEqualTo(before.getLong("accepted"));
        assertThat(books().getLong("refused") - before.getLong("refused")).isEqualTo(batch.size());
        assertThat(books().getLong("refused_but_stored")).isEqualTo(stored);

        gateway.redis().command("DEL", "{headgate:2}:events");
        Reply retried = posts.post(batch.toString());

        assertThat(retried.status()).isEqualTo(202);
        assertThat(retried.json().getInteger("duplicate")).isEqualTo(stored);
        assertThat(retried.json().getInteger("accepted")).isEqualTo(batch.size() - stored);
        assertThat(gateway.streamedEvents()).containsExactlyInAnyOrderElementsOf(batch);
    }

    @Test
    void aBatchWithoutAValidEventNeedsNoRedisAndItsEventsFollowIntoTheQuarantine() {
        gateway.redis().kill();
        Eventually.isTrue(() -> !gateway.status().getJsonObject("redis").getBoolean("up"));

        assertThat(posts.post("[\"first\",\"second\"]").status()).isEqualTo(422);
        Eventually.isTrue(() ->
                gateway.management().ask("GET", "/metrics").body().contains("headgate_quarantine_spooled_total 2"));
        gateway.redis().restart();

        Eventually.isTrue(() -> quarantined().equals(List.of("\"first\"", "\"second\"")));
    }

    /** Posts large events until one is refused; those that were accepted. */
    private List<String> fillTheJournal() {
        List<String> accepted = new ArrayList<>();
        for (int i = 0; i < LARGE_EVENTS_MAX; i++) {
            String event = large("session");
            Reply reply = posts.post(event);
            if (reply.status() == 503) {
                return accepted;
            }
            assertThat(reply.json().getJsonObject("stored").getInteger("journal"))
                    .isEqualTo(1);
            accepted.add(event);
        }
        throw new AssertionError("the journal is not full after " + LARGE_EVENTS_MAX + " large events");
    }

    /** The same, and then Redis is well, but an operator keeps the backlog where it is. */
    private List<String> fillTheJournalWhilePaused() {
        gateway.management().ask("POST", "/drain/pause?for=1h", "X-Headgate", "1");
        gateway.redis().kill();
        List<String> accepted = fillTheJournal();
        gateway.redis().restart();
        Eventually.isTrue(() -> gateway.status().getJsonObject("redis").getBoolean("up"));
        return accepted;
    }

    private static String large(String session) {
        return Posts.event(UUID.randomUUID(), session).replaceFirst("\\{", "{" + PADDING);
    }

    private List<String> quarantined() {
        return gateway.redis().list("XRANGE", "headgate:quarantine", "-", "+").stream()
                .map(entry -> (List<?>) ((List<?>) entry).get(1))
                .map(fields -> (String) fields.get(fields.indexOf("event") + 1))
                .toList();
    }

    private JsonObject books() {
        JsonObject books = gateway.books();
        assertThat(books.getBoolean("balanced")).isTrue();
        return books;
    }

    private int storedIn(int... partitions) {
        int stored = 0;
        for (int partition : partitions) {
            stored += (int) gateway.redis().number("XLEN", "{headgate:" + partition + "}:events");
        }
        return stored;
    }

    private static List<String> batchOverAllPartitions() {
        List<String> batch = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            batch.add(Posts.event(UUID.randomUUID(), "session-" + i));
        }
        return batch;
    }
}

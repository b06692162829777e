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

/** Promise 1: what could not be stored is refused, and nothing of it is counted as accepted. */
class RefusalsTest {
    private static final String RETRY_AFTER_SECONDS = "5";

    private RunningGateway gateway;
    private Posts posts;

    @BeforeEach
    void start(@TempDir Path dir) {
        gateway = RunningGateway.start(dir);
        posts = gateway.posts();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void halfABatchStoredIs503AndTheRetryAnswersThatHalfAsDuplicates() {
        List<String> batch = batchOverAllPartitions();
        gateway.redis().command("SET", "{headgate:2}:events", "no stream");

        Reply refused = posts.post(batch.toString());
        int stored = storedIn(0, 1, 3);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.http().headers().firstValue("Retry-After")).contains(RETRY_AFTER_SECONDS);
        assertThat(stored).isPositive().isLessThan(batch.size());
        assertThat(books().getLong("accepted")).isZero();
        assertThat(books().getLong("refused")).isEqualTo(batch.size());
        assertThat(books().getLong("refused_but_stored")).isEqualTo(stored);

        gateway.redis().command("DEL", "{headgate:2}:events");
        Reply retried = posts.post(batch.toString());

        assertThat(retried.status()).isEqualTo(202);
        assertThat(retried.json().getInteger("duplicate")).isEqualTo(stored);
        assertThat(retried.json().getInteger("accepted")).isEqualTo(batch.size() - stored);
        assertThat(gateway.streamedEvents()).containsExactlyInAnyOrderElementsOf(batch);
    }

    @Test
    void whileRedisIsAwayEventsAreRefusedAndStoredWhenItIsBack() {
        String event = Posts.event(UUID.randomUUID(), "s");
        gateway.redis().kill();

        Reply refused = posts.post(event);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.http().headers().firstValue("Retry-After")).contains(RETRY_AFTER_SECONDS);
        assertThat(books().getLong("accepted")).isZero();
        Eventually.isTrue(() -> posts.ask("GET", "/readyz").statusCode() == 503);
        assertThat(posts.ask("GET", "/livez").statusCode()).isEqualTo(200);

        gateway.redis().restart();
        Eventually.isTrue(() -> posts.ask("GET", "/readyz").statusCode() == 200);

        assertThat(posts.post(event).counts()).isEqualTo("1/1/0/0");
        assertThat(gateway.streamedEvents()).containsExactly(event);
    }

    @Test
    void aWriteThatRedisDidTooLateIsFoundOutByTheRetry() {
        String event = Posts.event(UUID.randomUUID(), "s");
        gateway.redis().freeze();

        Reply refused = posts.post(event);
        gateway.redis().thaw();
        Eventually.isTrue(() -> posts.ask("GET", "/readyz").statusCode() == 200);
        Reply retried = posts.post(event);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(retried.status()).isEqualTo(202);
        assertThat(gateway.streamedEvents()).containsExactly(event);
    }

    @Test
    void aBatchWithoutAValidEventNeedsNoRedisAndItsEventsFollowIntoTheQuarantine() {
        gateway.redis().kill();
        Eventually.isTrue(() -> posts.ask("GET", "/readyz").statusCode() == 503);

        assertThat(posts.post("[\"first\",\"second\"]").status()).isEqualTo(422);
        Eventually.isTrue(() ->
                gateway.management().ask("GET", "/metrics").body().contains("headgate_quarantine_spooled_total 2"));
        gateway.redis().restart();

        Eventually.isTrue(() -> quarantined().equals(List.of("\"first\"", "\"second\"")));
    }

    private List<String> quarantined() {
        return gateway.redis().list("XRANGE", "headgate:quarantine", "-", "+").stream()
                .map(entry -> (List<?>) ((List<?>) entry).get(1))
                .map(fields -> (String) fields.get(fields.indexOf("event") + 1))
                .toList();
    }

    private JsonObject books() {
        JsonObject books = gateway.status().getJsonObject("books");
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

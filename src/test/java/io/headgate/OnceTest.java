package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Posts.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 2: the same event sent again is on the stream once. */
class OnceTest {
    private static RunningGateway gateway;
    private static Posts posts;

    @BeforeAll
    static void start(@TempDir Path dir) {
        gateway = RunningGateway.start(dir);
        posts = gateway.posts();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void aBatchPostedThreeTimesInARowIsStoredOnce() {
        List<String> batch = batch(50);

        assertThat(posts.post(batch.toString()).counts()).isEqualTo("50/50/0/0");
        assertThat(posts.post(batch.toString()).counts()).isEqualTo("50/0/50/0");
        assertThat(posts.post(batch.toString()).counts()).isEqualTo("50/0/50/0");
        assertThat(stored(batch)).isEqualTo(batch.size());
    }

    @Test
    void aBatchPostedFiftyTimesAtOnceIsStoredOnce() {
        List<String> batch = batch(20);
        List<CompletableFuture<Reply>> posted = new ArrayList<>();

        for (int i = 0; i < 50; i++) {
            posted.add(posts.postAsync(batch.toString()));
        }

        int accepted = 0;
        int duplicate = 0;
        for (CompletableFuture<Reply> each : posted) {
            Reply reply = each.join();
            assertThat(reply.status()).isEqualTo(202);
            accepted += reply.json().getInteger("accepted");
            duplicate += reply.json().getInteger("duplicate");
        }
        assertThat(accepted).isEqualTo(20);
        assertThat(duplicate).isEqualTo(49 * 20);
        assertThat(stored(batch)).isEqualTo(batch.size());
    }

    @Test
    void anEventThatStandsTwiceInABatchIsStoredOnce() {
        List<String> batch = batch(1);

        assertThat(posts.post("[" + batch.get(0) + "," + batch.get(0) + "]").counts())
                .isEqualTo("2/1/1/0");
        assertThat(stored(batch)).isEqualTo(1);
    }

    private static List<String> batch(int size) {
        List<String> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            batch.add(Posts.event(UUID.randomUUID(), "s-" + i));
        }
        return batch;
    }

    /** How many entries of all streams are one of these events, byte for byte. */
    private static long stored(List<String> batch) {
        return gateway.streamedEvents().stream().filter(batch::contains).count();
    }
}

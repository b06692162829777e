package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises 1 and 2 through a process that is killed: the packaged jar, its own Redis, kill -9. */
class KillIT {
    @TempDir
    private Path dir;

    @Test
    void killedBetweenPostingAndAnswerAndPostedAgainEachEventIsThereOnce() throws IOException {
        List<String> batch = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            batch.add(Posts.event(UUID.randomUUID(), "s-" + i));
        }
        try (RealRedis redis = RealRedis.start("--appendonly", "yes", "--appendfsync", "always")) {
            String uri = "redis.uri=" + redis.uri();
            try (GatewayProcess first = GatewayProcess.start(dir, uri, "redis.deadline=60s")) {
                redis.freeze();
                CompletableFuture<Posts.Reply> unanswered = first.posts().postAsync(batch.toString());
                Eventually.isTrue(() -> first.inProgress() == batch.size());
                first.kill();
                redis.thaw();
                assertThat(unanswered.handle((reply, fault) -> fault).join()).isInstanceOf(CompletionException.class);
            }

            try (GatewayProcess second = GatewayProcess.start(dir, uri)) {
                Posts.Reply reply = second.posts().post(batch.toString());

                assertThat(reply.json().getInteger("accepted") + reply.json().getInteger("duplicate"))
                        .isEqualTo(batch.size());
                assertThat(second.posts().post(batch.toString()).counts()).isEqualTo("50/0/50/0");
                assertThat(redis.number("XLEN", "{headgate:0}:events")
                                + redis.number("XLEN", "{headgate:1}:events")
                                + redis.number("XLEN", "{headgate:2}:events")
                                + redis.number("XLEN", "{headgate:3}:events"))
                        .isEqualTo(batch.size());
            }
        }
    }

    @Test
    void toldToStopItSaysThatItIsNotReadyWhileItStillTakesEventsAndEndsWithCodeZero() throws IOException {
        try (GatewayProcess gateway = GatewayProcess.start(dir)) {
            assertThat(gateway.posts().ask("GET", "/readyz").statusCode()).isEqualTo(200);

            gateway.askToStop();

            Eventually.isTrue(() -> gateway.posts().ask("GET", "/readyz").statusCode() == 503);
            assertThat(gateway.management().ask("GET", "/readyz").statusCode()).isEqualTo(503);
            assertThat(gateway.posts().post(Posts.event(UUID.randomUUID(), "s")).counts())
                    .isEqualTo("1/1/0/0");
            assertThat(gateway.terminate()).isZero();
        }
    }

    @Test
    void killedWithItsEmbeddedRedisAndStartedAgainNothingThatWasAcceptedIsLost() throws IOException {
        String event = Posts.event(UUID.randomUUID(), "s");
        try (GatewayProcess first = GatewayProcess.start(dir)) {
            assertThat(first.posts().post(event).counts()).isEqualTo("1/1/0/0");
            first.kill();
        }

        try (GatewayProcess second = GatewayProcess.start(dir)) {
            assertThat(second.posts().post(event).counts()).isEqualTo("1/0/1/0");
            assertThat(second.terminate()).isZero();
        }
    }
}

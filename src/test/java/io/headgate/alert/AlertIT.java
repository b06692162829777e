package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.GatewayProcess;
import io.headgate.Posts;
import io.headgate.load.PageKills;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of real processes, in real time. */
class AlertIT {
    @TempDir
    Path dir;

    @Test
    void thePageComesRightAfterTheLimit() throws Exception {
        try (PlayingReceiver receiver = PlayingReceiver.playing(answer(200));
                GatewayProcess gateway = GatewayProcess.start(
                        dir, receivers(receiver), "alerts.lead-flow.silence=2s", "alerts.lead-flow.per-source=false")) {
            lead(gateway);
            JsonObject body = Office.body(receiver.request(1));
            long came = System.currentTimeMillis();

            Instant since = Instant.parse(body.getString("since"));
            System.out.printf("the page came %d ms after the limit of 2 s%n", came - since.toEpochMilli() - 2_000);
            assertThat(body.getString("summary")).isEqualTo("No lead from any source for 2 s");
            assertThat(gateway.terminate()).isZero();
        }
    }

    /** One lead is far too few calls for the breaker. */
    @Test
    void aQuietSiteWhoseRedisIsDeadIsToldWithinAboutAMinute() throws Exception {
        try (PlayingReceiver receiver = PlayingReceiver.playing(answer(200));
                GatewayProcess gateway =
                        GatewayProcess.start(dir, receivers(receiver), "redis.uri=redis://127.0.0.1:1")) {
            long start = System.nanoTime();
            lead(gateway);

            awaitFor(Duration.ofSeconds(90), () -> !receiver.requests().isEmpty());

            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            System.out.printf("FailoverActive came after %d s%n", seconds);
            JsonObject body = Office.body(receiver.request(1));
            assertThat(body.getString("alert")).isEqualTo("FailoverActive");
            assertThat(body.getJsonObject("gateway").getString("mode")).isEqualTo("journal");
        }
    }

    @Test
    void killedAroundThePageItComesUnderOneIdAndIsOverAfterwards() throws Exception {
        assertThat(PageKills.run("--cycles", "3", "--seed", "20261121")).isTrue();
    }

    private static void awaitFor(Duration time, BooleanSupplier condition) {
        long until = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it did not come").isLessThan(until);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static String receivers(PlayingReceiver receiver) {
        return "alerts.receivers=[{name: hook, type: webhook, url: '" + receiver.url("/hook") + "', secret: "
                + Office.SECRET + "}]";
    }

    private static void lead(GatewayProcess gateway) {
        String lead = Posts.event(UUID.randomUUID(), "s", "lead_submitted", "{\"form\":\"demo\"}");
        assertThat(gateway.posts().post(lead).status()).isEqualTo(202);
    }
}

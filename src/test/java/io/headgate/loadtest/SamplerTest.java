package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.headgate.Eventually;
import io.headgate.Posts;
import io.headgate.RunningGateway;
import io.headgate.load.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplerTest {
    /** Far more than it takes; what hangs would do so for ever. */
    private static final Duration HANG = Duration.ofSeconds(30);

    private static final Duration OFTEN = Duration.ofMillis(200);

    private final Timings timings = new Timings();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void aGatewayIsSampledWhileItsRedisGoes(@TempDir Path dir) {
        try (RunningGateway gateway = RunningGateway.start(dir);
                Sampler sampler = new Sampler(of(gateway), timings, out, OFTEN)) {
            sampler.start();
            sampler.measure();
            post(gateway);
            awaitPrinted(" stream ");
            gateway.redis().kill();
            Eventually.isTrue(() -> gateway.status().getString("mode").equals("journal"));
            post(gateway);
            awaitPrinted(" journal   backlog         1 ");

            List<Sample> samples = sampler.stop();
            Report.Costs costs = sampler.costs();

            assertThat(samples).extracting(Sample::mode).contains("stream", "journal");
            assertThat(samples).extracting(Sample::backlog).contains(0L, 1L);
            assertThat(samples).extracting(Sample::files).anyMatch(files -> files > 0);
            assertThat(costs.gatewayMicrosPerEvent()).isPositive();
            assertThat(costs.redisMicrosPerEvent()).isPositive();
            assertThat(costs.clientCores()).isPositive();
            assertThat(costs.heapMaxMiB()).isPositive();
            assertThat(costs.backlogMax()).isEqualTo(1);
        }
    }

    @Test
    void aTargetThatNeverAnswersDoesNotStopTheSamples() {
        try (Sampler sampler = new Sampler(failing(), timings, out, OFTEN)) {
            sampler.start();
            sampler.measure();

            awaitPrinted(" ? ");
            List<Sample> samples = sampler.stop();

            assertThat(samples).hasSizeGreaterThanOrEqualTo(4);
            assertThat(samples).extracting(Sample::mode).containsOnly("?");
            assertThat(samples).extracting(Sample::backlog).containsOnly(0L);
            assertThat(samples).extracting(Sample::heapMiB).containsOnly(0.0);
            assertThat(sampler.costs().gatewayMicrosPerEvent()).isZero();
        }
    }

    @Test
    void aTargetThatHangsDoesNotStopTheSamples() {
        CountDownLatch never = new CountDownLatch(1);
        Sampler sampler = new Sampler(hanging(never), timings, out, OFTEN);
        try {
            List<Sample> samples = assertTimeoutPreemptively(HANG, () -> {
                sampler.start();
                sampler.measure();
                awaitPrinted(" ? ");
                return sampler.stop();
            });

            assertThat(samples).hasSizeGreaterThanOrEqualTo(4);
            assertThat(samples).extracting(Sample::mode).containsOnly("?");
            assertThat(printed.toString(StandardCharsets.UTF_8)).contains(" 0 events/s", "backlog", "failed 0");
        } finally {
            never.countDown();
        }
    }

    @Test
    void theMeasuredPartIsTheTimingsToo() {
        try (Sampler sampler = new Sampler(failing(), timings, out, OFTEN)) {
            sampler.start();
            long now = System.nanoTime();
            timings.answered(now, now, now, 5, true);

            sampler.measure();
            timings.answered(now, now, now, 7, true);

            assertThat(timings.events()).isEqualTo(7);
        }
    }

    @Test
    void stoppedAgainOrNeverStartedItStaysStopped() {
        Sampler never = new Sampler(failing(), timings, out, OFTEN);
        assertThat(never.stop()).isEmpty();
        never.close();

        Sampler twice = new Sampler(failing(), timings, out, OFTEN);
        twice.start();
        List<Sample> samples = twice.stop();
        assertThat(twice.stop()).isEqualTo(samples);
        twice.close();
    }

    /** A line of the progress: there were five samples, and this is in the last. */
    private void awaitPrinted(String words) {
        Eventually.isTrue(() -> printed.toString(StandardCharsets.UTF_8).contains(words));
    }

    private void post(RunningGateway gateway) {
        long sent = System.nanoTime();
        Posts.Reply reply = gateway.posts().post(Posts.event(UUID.randomUUID(), "s"));
        timings.answered(sent, sent, System.nanoTime(), 1, reply.status() == 202);
    }

    private static Target of(RunningGateway gateway) {
        return new Target() {
            @Override
            public Status status() {
                return new Status(gateway.status());
            }

            @Override
            public String metrics() {
                return gateway.management().ask("GET", "/metrics").body();
            }

            @Override
            public String redisInfo(String section) {
                return (String) gateway.redis().command("INFO", section);
            }
        };
    }

    private static Target failing() {
        return new Target() {
            @Override
            public Status status() throws IOException {
                throw new IOException("refused");
            }

            @Override
            public String metrics() {
                throw new IllegalStateException("an answer that nobody expected");
            }

            @Override
            public String redisInfo(String section) {
                return "no such section";
            }
        };
    }

    private static Target hanging(CountDownLatch until) {
        return new Target() {
            @Override
            public Status status() throws IOException {
                throw new IOException(hang());
            }

            @Override
            public String metrics() {
                return hang();
            }

            @Override
            public String redisInfo(String section) {
                return hang();
            }

            private String hang() {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "";
            }
        };
    }
}

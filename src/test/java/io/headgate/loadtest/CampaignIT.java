package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load test itself, for some seconds: what is in order passes, and what is not does not. */
class CampaignIT {
    private static final int SECONDS = 3;
    private static final int ENOUGH = 10;

    @TempDir
    Path temp;

    private final ExecutorService background = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        background.shutdownNow();
    }

    @Test
    void theBriefPasses() throws Exception {
        int exit = LoadTest.run(
                "run",
                "brief",
                "--seconds",
                "5",
                "--warm-up",
                "1",
                "--out",
                temp.resolve("brief").toString());

        Report report = ReportFiles.read(temp.resolve("brief"));
        assertThat(report.checks()).filteredOn(check -> !check.pass()).isEmpty();
        assertThat(exit).isZero();
        assertThat(report.load().accepted()).isGreaterThan(900);
        assertThat(temp.resolve("brief").resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void mixedPassesToTheEvent() throws Exception {
        int exit = LoadTest.run(
                "run",
                "mixed",
                "--rate",
                "50",
                "--seconds",
                "4",
                "--warm-up",
                "0",
                "--out",
                temp.resolve("mixed").toString());

        Report report = ReportFiles.read(temp.resolve("mixed"));
        assertThat(report.checks()).filteredOn(check -> !check.pass()).isEmpty();
        assertThat(exit).isZero();
        assertThat(report.load().rejected()).isPositive();
        assertThat(report.load().duplicate()).isPositive();
    }

    @Test
    void anEventThatIsLostFails() throws Exception {
        Report report = reportOf(gateway ->
                gateway.redis("XDEL", gateway.stream(0), first(gateway).get(0).toString()));

        assertThat(report.passed()).isFalse();
        assertThat(failed(report)).extracting(Check::name).containsExactly(Stored.NAME, "entries = books");
        assertThat(failed(report).get(0).detail()).contains("lost=1 twice=0 foreign=0");
    }

    @Test
    void anEventThatIsStoredTwiceFails() throws Exception {
        Report report = reportOf(gateway -> {
            Response fields = first(gateway).get(1);
            String[] copy = new String[2 + fields.size()];
            copy[0] = gateway.stream(0);
            copy[1] = "*";
            for (int i = 0; i < fields.size(); i++) {
                copy[2 + i] = fields.get(i).toString();
            }
            gateway.redis("XADD", copy);
        });

        assertThat(report.passed()).isFalse();
        assertThat(failed(report)).extracting(Check::name).containsExactly(Stored.NAME, "entries = books");
        assertThat(failed(report).get(0).detail()).contains("lost=0 twice=1 foreign=0");
    }

    /** Does something to the streams behind the gateway's back. */
    private interface Mischief {
        void at(GatewayAt gateway) throws IOException;
    }

    private Report reportOf(Mischief mischief) throws Exception {
        Scenario.Shape shape = new Scenario.Shape(true, false, 100, 0, 0, SECONDS);
        try (Subject subject = Subject.own("embedded", List.of(), List.of(), new Subject.Commands("", ""))) {
            Campaign campaign = new Campaign(Scenario.BRIEF, shape, new int[] {1}, 1, subject, "test");
            Callable<Boolean> campaigning = () -> campaign.run(temp.resolve("run"));
            Future<Boolean> passed = background.submit(campaigning);
            GatewayAt gateway = subject.gateway();
            Eventually.isTrue(() -> entries(gateway) > ENOUGH);
            mischief.at(gateway);

            assertThat(passed.get(5, TimeUnit.MINUTES)).isFalse();
            return ReportFiles.read(temp.resolve("run"));
        }
    }

    private static long entries(GatewayAt gateway) {
        try {
            return gateway.redis("XLEN", gateway.stream(0)).toLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response first(GatewayAt gateway) throws IOException {
        return gateway.redis("XRANGE", gateway.stream(0), "-", "+", "COUNT", "1")
                .get(0);
    }

    private static List<Check> failed(Report report) {
        return report.checks().stream().filter(check -> !check.pass()).toList();
    }
}

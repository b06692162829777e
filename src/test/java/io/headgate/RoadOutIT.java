package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.load.Processors;
import io.headgate.load.Warehouse;
import io.headgate.load.WebhookLatency;
import io.headgate.load.WebhookOutage;
import org.junit.jupiter.api.Test;

/**
 * The road out of the packaged gateway in short, each against the real other side; {@code loadtest/warehouse}, {@code
 * webhook-latency}, {@code webhook-outage} and {@code processors} run as long as one likes, and judge times too.
 */
class RoadOutIT {
    @Test
    void everyEventIsARowOnceThroughKills() throws Exception {
        assertThat(Warehouse.run("--events", "20000", "--kills", "2", "--rate", "2000"))
                .isTrue();
    }

    @Test
    void everyEventReachesAWebhookOnceUnderItsOwnKey() throws Exception {
        assertThat(WebhookLatency.run("--rate", "200", "--seconds", "5", "--warm-up", "1", "--aim", "60000"))
                .isTrue();
    }

    @Test
    void whatAWebhookMissedWhileItWasDownArrivesLeadsFirst() throws Exception {
        assertThat(WebhookOutage.run(
                        "--before",
                        "2",
                        "--down",
                        "8",
                        "--slow",
                        "3",
                        "--rate",
                        "200",
                        "--leads",
                        "10",
                        "--noise",
                        "1000"))
                .isTrue();
    }

    @Test
    void processesThatShareTheWorkLoseNothingWhenOneIsKilledAndOneStopped() throws Exception {
        assertThat(Processors.run("--rate", "200", "--stopped", "8", "--rest", "1"))
                .isTrue();
    }
}

package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.load.Crash;
import org.junit.jupiter.api.Test;

/** The crash test in short; {@code loadtest/crash} runs hundreds of cycles. */
class CrashIT {
    @Test
    void noAcceptedEventIsLostOrThereTwiceThroughKillsOfGatewayAndRedis() throws Exception {
        assertThat(Crash.run("--cycles", "5", "--seed", "20261121")).isTrue();
    }

    @Test
    void norThroughKillsOfTheEmbeddedServer() throws Exception {
        assertThat(Crash.run("--cycles", "4", "--seed", "4", "--redis", "embedded"))
                .isTrue();
    }
}

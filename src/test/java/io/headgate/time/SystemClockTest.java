package io.headgate.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The boot clock is named where it is that of the machine, and only there. */
class SystemClockTest {
    @TempDir
    private Path dir;

    @Test
    void twoProcessesOfOneMachineSeeTheSameBootClock() {
        SystemClock clock = new SystemClock();

        assumeTrue(!clock.bootId().isEmpty());
        assertThat(new SystemClock().bootId()).isEqualTo(clock.bootId());
        assertThat(clock.bootNanos()).isGreaterThanOrEqualTo(clock.nanos() - 1_000_000_000L);
    }

    @Test
    void anUptimeThatIsOnlyThatOfAContainerHasNoName() throws IOException {
        Path id = Files.writeString(dir.resolve("boot_id"), "172b3724-9bee-4e72-b9a3-4d0d859a0601\n");
        Path machine = Files.writeString(dir.resolve("machine"), System.nanoTime() / 1_000_000_000 + 60 + ".00 1.00\n");
        Path container = Files.writeString(dir.resolve("container"), "0.50 0.10\n");

        assumeTrue(System.nanoTime() > 2_000_000_000L);
        assertThat(new SystemClock(machine, id).bootId()).isEqualTo("172b3724-9bee-4e72-b9a3-4d0d859a0601");
        assertThat(new SystemClock(container, id).bootId()).isEmpty();
    }

    @Test
    void whatCannotBeReadHasNoName() throws IOException {
        Path uptime = Files.writeString(dir.resolve("uptime"), "no figure");

        assertThat(new SystemClock(uptime, dir.resolve("missing")).bootId()).isEmpty();
    }
}

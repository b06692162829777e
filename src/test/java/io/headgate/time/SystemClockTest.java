package io.headgate.time;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(new SystemClock().bootId()).isEqualTo(new SystemClock().bootId());
    }

    @Test
    void anUptimeThatIsOnlyThatOfAContainerHasNoName() throws IOException {
        Path id = Files.writeString(dir.resolve("boot_id"), "172b3724-9bee-4e72-b9a3-4d0d859a0601\n");
        long seconds = System.nanoTime() / 1_000_000_000;
        Path machine = Files.writeString(dir.resolve("machine"), seconds + 60 + ".00 1.00\n");
        Path container = Files.writeString(dir.resolve("container"), seconds - 60 + ".00 1.00\n");

        assertThat(new SystemClock(machine, id).bootId()).isEqualTo("172b3724-9bee-4e72-b9a3-4d0d859a0601");
        assertThat(new SystemClock(container, id).bootId()).isEmpty();
    }

    @Test
    void whatCannotBeReadHasNoName() throws IOException {
        Path uptime = Files.writeString(dir.resolve("uptime"), "no figure");

        assertThat(new SystemClock(uptime, dir.resolve("missing")).bootId()).isEmpty();
    }
}

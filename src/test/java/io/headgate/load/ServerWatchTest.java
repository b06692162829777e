package io.headgate.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch of the rewrite test sees what it is there for. */
class ServerWatchTest {
    private static final int SOME_LOOKS = 5;

    @TempDir
    private Path dir;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void oneProcessThatWorksInTheDirectoryIsFineAndTwoAreSeen() throws IOException {
        try (ServerWatch watch = new ServerWatch(dir)) {
            start();
            watch.start();
            Eventually.isTrue(() -> watch.looks() > SOME_LOOKS);
            assertThat(watch.together()).isEmpty();

            start();

            Eventually.isTrue(() -> !watch.together().isEmpty());
            assertThat(watch.together())
                    .containsExactlyInAnyOrderElementsOf(
                            processes.stream().map(Process::pid).toList());
        }
    }

    private void start() throws IOException {
        processes.add(new ProcessBuilder("sleep", "60").directory(dir.toFile()).start());
    }
}

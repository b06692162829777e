package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirLockTest {
    @TempDir
    private Path dir;

    @Test
    void aSecondProcessIsRefusedWhileTheFirstHasTheDirectory() throws IOException {
        Path data = dir.resolve("data");
        try (DataDirLock first = DataDirLock.take(data)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DataDirLock.take(data))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another Headgate process");
        }

        DataDirLock.take(data).close();
    }

    @Test
    void theHolderBeforeIsKnownHoweverItEnded() throws IOException {
        String before;
        try (DataDirLock first = DataDirLock.take(dir)) {
            before = first.holder();
            assertThat(first.before()).isEmpty();
        }

        try (DataDirLock second = DataDirLock.take(dir)) {
            assertThat(second.before()).isEqualTo(before);
            assertThat(second.holder()).isNotEqualTo(before).matches("[0-9a-f]{8}");
        }
    }

    @Test
    void aDirectoryOnAFullDiskIsTakenAllTheSame() throws IOException {
        Files.createSymbolicLink(dir.resolve("lock"), Path.of("/dev/full"));

        try (DataDirLock lock = DataDirLock.take(dir)) {
            assertThat(lock.before()).isEmpty();
        }
    }

    @Test
    void aLockFileThatSomebodyElseWroteNamesNobody() throws IOException {
        Files.writeString(dir.resolve("lock"), "12 3\n");

        try (DataDirLock lock = DataDirLock.take(dir)) {
            assertThat(lock.before()).isEmpty();
        }
    }

    @Test
    void aDirectoryThatIsMadeIsForItsOwnerAlone() throws IOException {
        Path data = dir.resolve("deep/data");

        DataDirLock.take(data).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }
}

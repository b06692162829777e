package io.headgate.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.time.HeldClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive on a disk that fails as real ones do. */
class ArchiveFaultTest {
    @TempDir
    Path temp;

    private final List<FaultyChannel> channels = new ArrayList<>();
    private ArchiveFiles files;

    @BeforeEach
    void begin() throws IOException {
        files = new ArchiveFiles(
                new DestinationSettings.Archive(
                        "files", temp, Duration.ZERO, 0, new Limits(1_000, 1 << 20, 4, 0, Duration.ZERO)),
                ArchiveFiles.BYTES_MAX,
                new HeldClock(),
                channel -> {
                    channels.add(new FaultyChannel(channel));
                    return channels.get(channels.size() - 1);
                });
        files.begin();
        files.append(Events.events(1));
    }

    @Test
    void everyBatchIsFlushedBeforeItIsDelivered() throws IOException {
        assertThat(channels.get(0).flushes).isEqualTo(1);

        files.append(Events.events(1));

        assertThat(channels.get(0).flushes).isEqualTo(2);
    }

    @Test
    void whatAFullDiskTookOnlyPartOfIsCutOffAndTheFileGoesOn() throws IOException {
        channels.get(0).room = 20;
        assertThatThrownBy(() -> files.append(Events.events(5))).hasMessageContaining("takes no more");
        assertThat(lines()).isEqualTo(1);

        channels.get(0).room = Long.MAX_VALUE;
        files.append(Events.events(5));

        assertThat(channels).hasSize(1);
        assertThat(lines()).isEqualTo(6);
    }

    @Test
    void aFileWhoseFlushFailedTakesNoMoreAndIsClosedLater() throws IOException {
        channels.get(0).flushFails = true;
        assertThatThrownBy(() -> files.append(Events.events(5))).hasMessageContaining("Input/output error");
        assertThat(lines()).isEqualTo(1);

        files.append(Events.events(5));
        files.keep();
        files.close();

        assertThat(channels).hasSize(2);
        assertThat(lines()).isEqualTo(6);
        assertThat(files()).hasSize(2).allMatch(ArchiveFile::isClosed);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(temp)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    private long lines() throws IOException {
        long lines = 0;
        for (Path file : files()) {
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                lines += new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .count();
            }
        }
        return lines;
    }
}

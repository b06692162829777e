package io.headgate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal of each format that was ever released is read by this program. {@code journal/v1}: two channels, two segments;
 * records 1 to 12 of channel 0, of which 3 are confirmed, and 1 to 4 of channel 1. What lies there is never written anew.
 */
class OldFormatTest {
    private static final Path V1 = Path.of("src/test/resources/journal/v1");

    @TempDir
    private Path temp;

    private final Journals journals = new Journals();

    @AfterEach
    void close() {
        journals.close();
    }

    @Test
    void whatVersion1LeftIsReadAndGoneOnWith() throws IOException {
        copy();

        Journal journal = journals.open(Journals.settings(temp));

        assertThat(journal.confirmed(0)).isEqualTo(3);
        assertThat(journal.confirmed(1)).isZero();
        assertThat(Journals.readAll(journal, 0, 4)).isEqualTo(Journals.names(0, 4, 12));
        assertThat(Journals.readAll(journal, 1, 1)).isEqualTo(Journals.names(1, 1, 4));
        assertThat(Journals.await(journal.append(1, List.of(new byte[1])))).isEqualTo(5);
    }

    @Test
    void aFormatOfTheFutureIsRefusedInWords() throws IOException {
        copy();
        Path segment = temp.resolve(Segment.name(2));
        byte[] bytes = Files.readAllBytes(segment);
        ByteBuffer header = ByteBuffer.wrap(bytes);
        header.putShort(8, (short) 2);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, 52 + 2 * Long.BYTES);
        header.putInt(52 + 2 * Long.BYTES, (int) crc.getValue());
        Files.write(segment, bytes);

        assertThatThrownBy(() -> journals.open(Journals.settings(temp)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("format 2");
    }

    private void copy() throws IOException {
        try (Stream<Path> files = Files.list(V1)) {
            for (Path file : files.toList()) {
                Files.copy(file, temp.resolve(file.getFileName()));
            }
        }
    }
}

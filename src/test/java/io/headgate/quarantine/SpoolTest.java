package io.headgate.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.event.Quarantined;
import io.headgate.event.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    /** 8 bytes of time, three lengths of 4, "shop", "[]" and four digits. */
    private static final int RECORD_BYTES = 8 + 3 * 4 + 4 + 2 + 4;

    @TempDir
    private Path dir;

    @Test
    void entriesFollowInTheOrderInWhichTheyCame() throws IOException {
        Spool spool = new Spool(dir, 1 << 20);
        spool.append(entries(0, 5));
        spool.append(entries(5, 8));

        Spool.Chunk first = spool.first(3);
        spool.passed(first);
        Spool.Chunk rest = spool.first(100);

        assertThat(texts(first)).containsExactly("1000", "1001", "1002");
        assertThat(texts(rest)).containsExactly("1003", "1004", "1005", "1006", "1007");
        assertThat(first.entries().get(0).receivedMillis()).isEqualTo(1000);
        assertThat(first.entries().get(0).reason()).isEqualTo("[]");
    }

    @Test
    void aSpoolThatHasFollowedTakesNoDisk() throws IOException {
        Spool spool = new Spool(dir, 1 << 20);
        spool.append(entries(0, 2));

        spool.passed(spool.first(2));

        assertThat(spool.bytes()).isZero();
        assertThat(dir.resolve("spool.bin")).doesNotExist();
        assertThat(spool.append(entries(2, 3))).isEqualTo(1);
        assertThat(texts(spool.first(9))).containsExactly("1002");
    }

    @Test
    void theBoundIsKeptToTheByteAndWhatItCutsOffIsTold() throws IOException {
        Spool exact = new Spool(dir.resolve("a"), 2 * RECORD_BYTES);
        Spool less = new Spool(dir.resolve("b"), 2 * RECORD_BYTES - 1);

        assertThat(exact.append(entries(0, 3))).isEqualTo(2);
        assertThat(less.append(entries(0, 3))).isEqualTo(1);
    }

    @Test
    void whatWaitedBeforeARestartFollowsAfterIt() throws IOException {
        new Spool(dir, 1 << 20).append(entries(0, 2));

        assertThat(texts(new Spool(dir, 1 << 20).first(9))).containsExactly("1000", "1001");
    }

    @Test
    void aTornTailIsDroppedWhereverItIsCut() throws IOException {
        new Spool(dir, 1 << 20).append(entries(0, 2));
        byte[] whole = Files.readAllBytes(dir.resolve("spool.bin"));

        for (int length = 1; length < whole.length; length++) {
            Files.write(dir.resolve("spool.bin"), Arrays.copyOf(whole, length));
            Spool spool = new Spool(dir, 1 << 20);

            assertThat(texts(spool.first(9))).hasSize(length / RECORD_BYTES);
            spool.append(entries(7, 8));
            assertThat(texts(spool.first(9))).hasSize(length / RECORD_BYTES + 1).endsWith("1007");
        }
    }

    private static List<Quarantined> entries(int from, int to) {
        return IntStream.range(from, to)
                .map(i -> 1000 + i)
                .mapToObj(i -> new Quarantined(
                        "shop", i, "[]", Slice.of(Integer.toString(i).getBytes(StandardCharsets.UTF_8))))
                .toList();
    }

    private static List<String> texts(Spool.Chunk chunk) {
        return chunk.entries().stream()
                .map(entry -> new String(entry.event().copy(99), StandardCharsets.UTF_8))
                .toList();
    }
}

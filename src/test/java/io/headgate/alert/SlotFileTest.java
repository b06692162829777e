package io.headgate.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small state is whole whatever happens to its file, and has its room while the disk has none. */
class SlotFileTest {
    /** Of a file that an earlier version made, or that was cut. */
    private static final int SMALL_SLOT = 64;

    private static final Path FULL_DISK = Path.of("/dev/full");

    @TempDir(factory = InMemory.class)
    private Path dir;

    private Path file;

    @BeforeEach
    void name() {
        file = dir.resolve("state");
    }

    @Test
    void whatWasWrittenLastIsRead() throws IOException {
        SlotFile slots = new SlotFile(file);
        for (String state : new String[] {"one", "two", "three", ""}) {
            slots.write(state.getBytes(UTF_8));

            assertThat(read()).contains(state);
        }
    }

    @Test
    void afterARestartTheOlderSlotIsOverwritten() throws IOException {
        for (int i = 0; i < 5; i++) {
            SlotFile slots = new SlotFile(file);
            slots.read();
            slots.write(("state " + i).getBytes(UTF_8));

            assertThat(read()).contains("state " + i);
        }
    }

    @Test
    void aFileThatIsCutAnywhereHoldsOneOfTheTwoOrNothing() throws IOException {
        byte[] whole = twoSmallSlots("older", "newer");
        Set<String> seen = new HashSet<>();

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            seen.add(read().orElse("nothing"));
        }

        assertThat(seen).containsExactlyInAnyOrder("older", "nothing");
    }

    @Test
    void aWriteThatIsTornAnywhereLeavesTheStateBefore() throws IOException {
        byte[] before = twoSmallSlots("oldest", "before");
        byte[] after = before.clone();
        put(after, 0, 3, "after");

        for (int torn = 0; torn < SMALL_SLOT; torn++) {
            byte[] bytes = before.clone();
            System.arraycopy(after, 0, bytes, 0, torn);
            Files.write(file, bytes);

            assertThat(read()).contains(Arrays.equals(bytes, 0, 29, after, 0, 29) ? "after" : "before");
        }
    }

    @Test
    void oneBitThatFlipsCostsTheNewerStateAtMostAndMakesNoThirdOne() throws IOException {
        byte[] whole = twoSmallSlots("older", "newer");

        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] bytes = whole.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bytes);

            boolean harmsTheNewer = bit / 8 >= SMALL_SLOT && bit / 8 < SMALL_SLOT + 24 + "newer".length();
            assertThat(read()).as("bit %d", bit).contains(harmsTheNewer ? "older" : "newer");
        }
    }

    @Test
    void twoStatesThatGrowAreWrittenWithoutANewFile() throws IOException {
        Object[] inodes = new Object[2];
        for (int i = 0; i < 2; i++) {
            file = dir.resolve("state" + i);
            SlotFile slots = new SlotFile(file);
            slots.write("{}".getBytes(UTF_8));
            inodes[i] = inode();
            assertThat(file).hasSize(2L * SlotFile.SLOT_BYTES_MIN);
        }
        for (int i = 0; i < 2; i++) {
            file = dir.resolve("state" + i);
            SlotFile slots = new SlotFile(file);
            slots.read();
            noRoom();
            for (int length = 1; length < SlotFile.SLOT_BYTES_MIN - 24; length *= 2) {
                slots.write(new byte[length]);
            }
            slots.write(new byte[SlotFile.SLOT_BYTES_MIN - 24]);

            assertThat(read().orElseThrow()).hasSize(SlotFile.SLOT_BYTES_MIN - 24);
            assertThat(inode()).isEqualTo(inodes[i]);
            assertThat(file).hasSize(2L * SlotFile.SLOT_BYTES_MIN);
        }
    }

    @Test
    void whatOutgrowsItsSlotsIsRefusedByAFullDiskAndTheStateBeforeCounts() throws IOException {
        SlotFile slots = new SlotFile(file);
        slots.write("before".getBytes(UTF_8));
        noRoom();

        Throwable refused = catchThrowable(() -> slots.write(new byte[SlotFile.SLOT_BYTES_MIN]));

        assertThat(refused).isInstanceOf(IOException.class).hasMessageContaining("No space left");
        assertThat(read()).contains("before");
        assertThat(dir.toFile().list()).containsExactly("state");
        slots.write("after".getBytes(UTF_8));
        assertThat(read()).contains("after");
    }

    @Test
    void aFileWithSmallSlotsIsReplacedWhileThereIsRoomAndUsedWhereThereIsNot() throws IOException {
        Files.write(file, twoSmallSlots("older", "newer"));
        SlotFile slots = new SlotFile(file);
        slots.read();
        Object small = inode();

        for (int i = 0; i < 4; i++) {
            noRoom();
            slots.write(("full " + i).getBytes(UTF_8));
            assertThat(read()).contains("full " + i);
            assertThat(inode()).isEqualTo(small);
        }
        slots.write("room".getBytes(UTF_8));

        assertThat(read()).contains("room");
        assertThat(file).hasSize(2L * SlotFile.SLOT_BYTES_MIN);
    }

    @Test
    void newSlotsAreTwiceTheStateAtMostAndNoneIsBeyondTheLimit() {
        int max = SlotFile.SLOT_BYTES_MAX;

        assertThat(SlotFile.slotBytes(25)).isEqualTo(262_144).isEqualTo(SlotFile.SLOT_BYTES_MIN);
        assertThat(SlotFile.slotBytes(SlotFile.SLOT_BYTES_MIN)).isEqualTo(2 * SlotFile.SLOT_BYTES_MIN);
        assertThat(SlotFile.slotBytes(SlotFile.SLOT_BYTES_MIN + 1))
                .isBetween(SlotFile.SLOT_BYTES_MIN + 1, 2 * SlotFile.SLOT_BYTES_MIN + 2);
        assertThat(SlotFile.slotBytes(max / 2 + 1)).isEqualTo(max);
        assertThat(SlotFile.slotBytes(max)).isEqualTo(max);
    }

    @Test
    void aStateBeyondTheLimitIsRefusedAndTheOneBeforeCounts() throws IOException {
        SlotFile slots = new SlotFile(file);
        slots.write("before".getBytes(UTF_8));

        Throwable refused = catchThrowable(() -> slots.write(new byte[SlotFile.SLOT_BYTES_MAX]));

        assertThat(refused).isInstanceOf(IOException.class).hasMessageContaining("beyond what is kept");
        assertThat(read()).contains("before");
    }

    /** The next new file finds a disk without room. */
    private void noRoom() throws IOException {
        Path fresh = dir.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createSymbolicLink(fresh, FULL_DISK);
    }

    private Object inode() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private Optional<String> read() throws IOException {
        return new SlotFile(file).read().map(state -> new String(state, UTF_8));
    }

    private static byte[] twoSmallSlots(String older, String newer) {
        byte[] bytes = new byte[2 * SMALL_SLOT];
        put(bytes, 0, 1, older);
        put(bytes, SMALL_SLOT, 2, newer);
        return bytes;
    }

    /** As the class comment of {@link SlotFile} draws it. */
    private static void put(byte[] bytes, int at, long version, String state) {
        ByteBuffer slot = ByteBuffer.wrap(bytes, at, SMALL_SLOT).slice();
        slot.put("HEADALRT".getBytes(UTF_8))
                .putLong(version)
                .putInt(state.length())
                .put(state.getBytes(UTF_8));
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, slot.position());
        slot.putInt((int) crc.getValue());
    }
}

package io.headgate.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The durable cursor: up to which number each channel is done with. File {@code cursor}, two slots that are written in
 * turn, so that one of them is whole whatever happens while the other is written. All numbers are big-endian.
 *
 * <pre>
 *   slot, at 0 and at 12288:
 *   0   magic "HEADCURS"          8 bytes
 *   8   format version, 1         u16
 *   10  number of channels, C     u16
 *   12  version of the slot       u64; the higher one counts
 *   20  confirmed, C times        u64
 *   20 + 8C  CRC32C of everything before
 * </pre>
 *
 * <p>The file has its full size from the start, so a full disk does not keep the cursor from moving. Belongs to the
 * writer.
 */
final class Cursor implements Closeable {
    static final String FILE = "cursor";

    private static final int SLOT_BYTES = 12_288;
    private static final long MAGIC = 0x4845414443555253L; // "HEADCURS"
    private static final int VERSION = 1;
    private static final int FIXED_BYTES = 20;

    /** A slot that is whole. */
    private record Slot(long version, List<Long> confirmed) {}

    private final Disk.File file;
    private List<Long> saved;
    private long version;

    private Cursor(Disk.File file, List<Long> saved, long version) {
        this.file = file;
        this.saved = List.copyOf(saved);
        this.version = version;
    }

    /** What the cursor in this directory says; empty when there is none, or none that is whole. */
    static Optional<List<Long>> look(Disk disk) throws IOException {
        if (!disk.names().contains(FILE)) {
            return Optional.empty();
        }
        try (Disk.File file = disk.openToRead(FILE)) {
            return newest(file).map(Slot::confirmed);
        }
    }

    /** Opens the one that is there and whole. */
    static Cursor open(Disk disk) throws IOException {
        Disk.File file = disk.open(FILE);
        Slot slot = newest(file).orElseThrow(() -> new IOException("the cursor has no slot that is whole"));
        return new Cursor(file, slot.confirmed(), slot.version());
    }

    /** Makes a new one, durable when this returns; one that is there is replaced in one step. */
    static Cursor create(Disk disk, List<Long> confirmed) throws IOException {
        String made = FILE + ".new";
        Disk.File file = disk.create(made);
        try {
            Disk.writeFully(file, ByteBuffer.allocate(2 * SLOT_BYTES), 0);
            Cursor cursor = new Cursor(file, confirmed, 0);
            cursor.save(confirmed);
            disk.move(made, FILE);
            disk.sync();
            return cursor;
        } catch (IOException e) {
            Disk.closeQuietly(file);
            throw e;
        }
    }

    /** What is durable. */
    List<Long> saved() {
        return saved;
    }

    /** Durable when this returns. When it fails the same slot is written the next time: the other is the one that counts. */
    void save(List<Long> confirmed) throws IOException {
        long next = version + 1;
        Disk.writeFully(file, encode(next, confirmed), next % 2 * SLOT_BYTES);
        file.force();
        version = next;
        saved = List.copyOf(confirmed);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static ByteBuffer encode(long version, List<Long> confirmed) {
        ByteBuffer out = ByteBuffer.allocate(SLOT_BYTES);
        out.putLong(MAGIC).putShort((short) VERSION).putShort((short) confirmed.size());
        out.putLong(version);
        confirmed.forEach(out::putLong);
        out.putInt(crc(out, confirmed.size()));
        return out.flip();
    }

    private static Optional<Slot> newest(Disk.File file) throws IOException {
        Optional<Slot> first = read(file, 0);
        Optional<Slot> second = read(file, SLOT_BYTES);
        if (first.isPresent() && second.isPresent()) {
            return first.get().version() > second.get().version() ? first : second;
        }
        return first.or(() -> second);
    }

    private static Optional<Slot> read(Disk.File file, long at) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(SLOT_BYTES);
        Disk.readFully(file, in, at);
        in.clear();
        int channels = Short.toUnsignedInt(in.getShort(10));
        if (in.getLong(0) != MAGIC
                || channels > SegmentHeader.CHANNELS_MAX
                || in.getInt(FIXED_BYTES + channels * Long.BYTES) != crc(in, channels)) {
            return Optional.empty();
        }
        if (in.getShort(8) != VERSION) {
            throw new JournalException("the journal's cursor is of format " + in.getShort(8)
                    + "; this program knows format " + VERSION + ": start the program that wrote it");
        }
        List<Long> confirmed = new ArrayList<>(channels);
        for (int c = 0; c < channels; c++) {
            confirmed.add(in.getLong(FIXED_BYTES + c * Long.BYTES));
        }
        return Optional.of(new Slot(in.getLong(12), confirmed));
    }

    private static int crc(ByteBuffer bytes, int channels) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(FIXED_BYTES + channels * Long.BYTES).position(0));
        return (int) crc.getValue();
    }
}

package io.headgate.alert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A small state on disk, whole whatever happens while it is written: two slots of one size, written in turn and forced.
 * All numbers are big-endian.
 *
 * <pre>
 *   slot, at 0 and at the slot's size:
 *   0   magic "HEADALRT"          8 bytes
 *   8   version of the slot       u64; the higher one counts
 *   16  length of the state, L    u32
 *   20  the state                 L bytes, JSON
 *   20 + L  CRC32C of everything before
 * </pre>
 *
 * <p>The slots have their room from the start, {@value #SLOT_BYTES_MIN} bytes each at least, so a full disk does not keep the
 * state from being written. A state that outgrows them is moved to a file with larger ones, which needs room; a file with
 * smaller ones is replaced as soon as there is room, and used until then. The size of a slot is half of the file's. Blocks;
 * belongs to one thread at a time.
 */
final class SlotFile {
    private static final long MAGIC = 0x48454144414c5254L; // "HEADALRT"
    private static final int FIXED_BYTES = 20;
    private static final int AROUND_BYTES = FIXED_BYTES + Integer.BYTES;
    static final int SLOT_BYTES_MIN = 256 << 10;
    static final int SLOT_BYTES_MAX = 64 << 20;
    /** Slots begin where blocks of the disk do: a write that is torn harms one of them only. */
    private static final int BLOCK_BYTES = 4096;

    private static final int ZEROS_BYTES = 64 << 10;

    private final Path file;
    private long version;

    SlotFile(Path file) {
        this.file = file;
    }

    /** A slot that is whole. */
    private record Slot(long version, ByteBuffer state) {}

    /**
     * The state that was written last, or the one before where that one was not written whole; empty where there is none.
     *
     * @throws IOException when there is a file and it cannot be read
     */
    Optional<byte[]> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long slotBytes = channel.size() / 2;
            Optional<Slot> first = read(channel, 0, slotBytes);
            Optional<Slot> second = read(channel, slotBytes, slotBytes);
            Optional<Slot> newest = first.isPresent()
                            && (second.isEmpty()
                                    || first.get().version() > second.get().version())
                    ? first
                    : second;
            version = newest.map(Slot::version).orElse(0L);
            return newest.map(SlotFile::state);
        }
    }

    /**
     * Durable when this returns; when it fails the state before it still counts.
     *
     * @throws IOException also when the state does not fit into {@value #SLOT_BYTES_MAX} bytes
     */
    void write(byte[] state) throws IOException {
        long needed = (long) state.length + AROUND_BYTES;
        if (needed > SLOT_BYTES_MAX) {
            throw new IOException("a state of " + state.length + " bytes is beyond what is kept");
        }
        long next = version + 1;
        ByteBuffer slot = encode(next, state);
        long slotBytes = Files.exists(file) ? Files.size(file) / 2 : 0;
        if (slotBytes < needed) {
            create(slot, next);
        } else if (slotBytes >= SLOT_BYTES_MIN || !created(slot, next)) {
            overwrite(slot, next, slotBytes);
        }
    }

    private void overwrite(ByteBuffer slot, long next, long slotBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            put(channel, slot, next % 2 * slotBytes);
            channel.force(false);
        }
        version = next;
    }

    /** Whether there was room for a new file; where there was none, the old one is as it was. */
    private boolean created(ByteBuffer slot, long next) throws IOException {
        try {
            create(slot.duplicate(), next);
            return true;
        } catch (IOException e) {
            if (version == next) {
                throw e; // the new one has taken the place of the old one already
            }
            return false;
        }
    }

    /** A new file with room to grow, put in the place of the old one in one step. */
    private void create(ByteBuffer slot, long next) throws IOException {
        Path dir = file.toAbsolutePath().getParent();
        Files.createDirectories(dir);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            fill(fresh, slot, next);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException | Error e) {
            discard(fresh, e); // half a file would hold the room that others need
            throw e;
        }
        version = next;
        try (FileChannel channel = FileChannel.open(dir, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void fill(Path fresh, ByteBuffer slot, long next) throws IOException {
        int slotBytes = slotBytes(slot.remaining());
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(ZEROS_BYTES);
            for (long at = 0; at < 2L * slotBytes; at += zeros.limit()) {
                zeros.clear().limit((int) Math.min(ZEROS_BYTES, 2L * slotBytes - at));
                put(channel, zeros, at);
            }
            put(channel, slot, next % 2 * slotBytes);
            channel.force(true);
        }
    }

    /** Of a new file's slots: twice what is needed at most, unless that is little. */
    static int slotBytes(int needed) {
        int twice = 2 * needed / BLOCK_BYTES * BLOCK_BYTES;
        return Math.max(SLOT_BYTES_MIN, Math.min(SLOT_BYTES_MAX, twice));
    }

    private static void discard(Path fresh, Throwable why) {
        try {
            Files.deleteIfExists(fresh);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private static byte[] state(Slot slot) {
        byte[] state = new byte[slot.state().remaining()];
        slot.state().get(state);
        return state;
    }

    private static ByteBuffer encode(long version, byte[] state) {
        ByteBuffer out = ByteBuffer.allocate(state.length + AROUND_BYTES);
        out.putLong(MAGIC).putLong(version).putInt(state.length).put(state);
        return out.putInt(crc(out, FIXED_BYTES + state.length)).flip();
    }

    private static Optional<Slot> read(FileChannel channel, long at, long slotBytes) throws IOException {
        ByteBuffer fixed = get(channel, at, FIXED_BYTES);
        if (fixed.remaining() < FIXED_BYTES || fixed.getLong(0) != MAGIC) {
            return Optional.empty();
        }
        int length = fixed.getInt(16);
        if (length < 0 || length > Math.min(slotBytes, SLOT_BYTES_MAX) - AROUND_BYTES) {
            return Optional.empty();
        }
        ByteBuffer whole = get(channel, at, length + AROUND_BYTES);
        if (whole.remaining() < length + AROUND_BYTES
                || whole.getInt(FIXED_BYTES + length) != crc(whole, FIXED_BYTES + length)) {
            return Optional.empty();
        }
        return Optional.of(new Slot(fixed.getLong(8), whole.slice(FIXED_BYTES, length)));
    }

    /** So many bytes, or fewer where the file ends. */
    private static ByteBuffer get(FileChannel channel, long at, int bytes) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(bytes);
        while (in.hasRemaining() && channel.read(in, at + in.position()) >= 0) {
            // a read may give less than it was asked for
        }
        return in.flip();
    }

    /** As often as it takes: a write may take less than it was given. */
    private static void put(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long to = at;
        while (bytes.hasRemaining()) {
            to += channel.write(bytes, to);
        }
    }

    private static int crc(ByteBuffer slot, int length) {
        CRC32C crc = new CRC32C();
        crc.update(slot.slice(0, length));
        return (int) crc.getValue();
    }
}

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
 * <p>The slots have their size from the start, so a full disk does not keep the state from being written; a state that
 * outgrows them is moved to a file with larger ones, which needs room. The size of a slot is half of the file's. Blocks;
 * belongs to one thread at a time.
 */
final class SlotFile {
    private static final long MAGIC = 0x48454144414c5254L; // "HEADALRT"
    private static final int FIXED_BYTES = 20;
    private static final int AROUND_BYTES = FIXED_BYTES + Integer.BYTES;
    private static final int SLOT_BYTES_MIN = 4096;
    private static final int SLOT_BYTES_MAX = 64 << 20;

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
            return newest.map(slot -> slot.state().array());
        }
    }

    /** Durable when this returns; when it fails the state before it still counts. */
    void write(byte[] state) throws IOException {
        int needed = state.length + AROUND_BYTES;
        if (needed > SLOT_BYTES_MAX) {
            throw new IOException("a state of " + state.length + " bytes is beyond what is kept");
        }
        long next = version + 1;
        if (!Files.exists(file) || Files.size(file) / 2 < needed) {
            create(needed, next, state);
        } else {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                put(channel, encode(next, state), next % 2 * (channel.size() / 2));
                channel.force(false);
            }
        }
        version = next;
    }

    /** A new file with room to grow, put in the place of the old one in one step. */
    private void create(int needed, long next, byte[] state) throws IOException {
        int slotBytes = Math.max(SLOT_BYTES_MIN, Integer.highestOneBit(needed) * 4);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            put(channel, ByteBuffer.allocate(2 * slotBytes), 0);
            put(channel, encode(next, state), next % 2 * slotBytes);
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel dir = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            dir.force(true);
        }
    }

    private static ByteBuffer encode(long version, byte[] state) {
        ByteBuffer out = ByteBuffer.allocate(state.length + AROUND_BYTES);
        out.putLong(MAGIC).putLong(version).putInt(state.length).put(state);
        return out.putInt(crc(out.array(), FIXED_BYTES + state.length)).flip();
    }

    private static Optional<Slot> read(FileChannel channel, long at, long slotBytes) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(Math.toIntExact(Math.min(slotBytes, SLOT_BYTES_MAX)));
        while (in.hasRemaining()) {
            if (channel.read(in, at + in.position()) < 0) {
                break;
            }
        }
        if (in.position() < AROUND_BYTES) {
            return Optional.empty();
        }
        in.flip();
        int length = in.getInt(16);
        if (in.getLong(0) != MAGIC
                || length < 0
                || length > in.limit() - AROUND_BYTES
                || in.getInt(FIXED_BYTES + length) != crc(in.array(), FIXED_BYTES + length)) {
            return Optional.empty();
        }
        byte[] state = new byte[length];
        in.get(FIXED_BYTES, state);
        return Optional.of(new Slot(in.getLong(8), ByteBuffer.wrap(state)));
    }

    /** As often as it takes: a write may take less than it was given. */
    private static void put(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long to = at;
        while (bytes.hasRemaining()) {
            to += channel.write(bytes, to);
        }
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}

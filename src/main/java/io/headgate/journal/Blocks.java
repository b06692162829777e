package io.headgate.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of segments that were read last, shared by all channels, which mostly read at about the same place. Holds
 * {@value #KEPT} blocks at most. Belongs to the reader's thread.
 */
final class Blocks {
    static final int BLOCK_BYTES = 256 * 1024;
    static final int KEPT = 16;

    private record Key(long segment, long block) {}

    private final Disk disk;
    private final Map<Key, ByteBuffer> kept = new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, ByteBuffer> eldest) {
            return size() > KEPT;
        }
    };

    Blocks(Disk disk) {
        this.disk = disk;
    }

    /** Fills the buffer with the bytes from this place on; false when not so many of the segment count. */
    boolean read(Segment segment, long from, ByteBuffer into) throws IOException {
        if (from + into.remaining() > segment.validBytes()) {
            return false;
        }
        long place = from;
        while (into.hasRemaining()) {
            ByteBuffer block = block(segment, place / BLOCK_BYTES, place % BLOCK_BYTES + 1);
            int start = (int) (place % BLOCK_BYTES);
            int count = Math.min(into.remaining(), block.limit() - start);
            if (count <= 0) {
                return false; // the file is shorter than it was
            }
            into.put(into.position(), block, start, count).position(into.position() + count);
            place += count;
        }
        return true;
    }

    /** One that holds so many bytes at least, if the segment does; it may have been read before those were there. */
    private ByteBuffer block(Segment segment, long number, long needed) throws IOException {
        Key key = new Key(segment.header().number(), number);
        ByteBuffer block = kept.get(key);
        if (block == null || block.limit() < needed) {
            block = load(segment, number * BLOCK_BYTES, block);
            kept.put(key, block);
        }
        return block;
    }

    /** The file is opened for each block: nothing is held of a segment that is removed. */
    private ByteBuffer load(Segment segment, long start, @Nullable ByteBuffer old) throws IOException {
        ByteBuffer block = old == null ? ByteBuffer.allocate(BLOCK_BYTES) : old;
        block.clear().limit((int) Math.min(BLOCK_BYTES, segment.validBytes() - start));
        try (Disk.File file = disk.openToRead(segment.name())) {
            Disk.readFully(file, block, start);
        }
        return block.flip();
    }
}

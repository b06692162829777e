package io.headgate.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A buffer that moves along a file which is read from front to back. Belongs to one thread. */
final class Window {
    private static final int BYTES = 256 * 1024;

    private final Disk.File file;
    private final long end;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private long start;

    /** Of the bytes before {@code end}. */
    Window(Disk.File file, long end) {
        this.file = file;
        this.end = end;
    }

    /**
     * Brings so many bytes from this place on into the buffer.
     *
     * @return where in {@link #bytes} the place is; -1 when the file has fewer
     */
    int at(long place, int count) throws IOException {
        if (place + count > end) {
            return -1;
        }
        if (place < start || place + count > start + bytes.limit()) {
            load(place, count);
        }
        return place + count > start + bytes.limit() ? -1 : (int) (place - start);
    }

    ByteBuffer bytes() {
        return bytes;
    }

    private void load(long place, int count) throws IOException {
        int size = (int) Math.min(Math.max(count, BYTES), end - place);
        if (bytes.capacity() < size) {
            bytes = ByteBuffer.allocate(size);
        }
        bytes.clear().limit(size);
        Disk.readFully(file, bytes, place);
        bytes.flip();
        start = place;
    }
}

package io.headgate.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The file that becomes the next segment, written full of zeros ahead of time: an fsync into bytes that are there costs a
 * third of one that makes the file longer. A spare that is taken before it is full is as good, only slower.
 *
 * <p>What it holds does not matter: the next segment's salt makes all of it no record. So one that an earlier process left
 * is used as it is. Written by the preparing thread, taken by the writer; each step is short, for the other waits.
 */
final class Spare {
    static final String FILE = "spare";

    private static final int STEP_BYTES = 1 << 20;

    private final Disk disk;
    private final long fullBytes;
    private final ByteBuffer zeros;
    private volatile Disk.@Nullable File file;
    private long size;

    private Spare(Disk disk, long fullBytes) {
        this.disk = disk;
        this.fullBytes = fullBytes;
        this.zeros = ByteBuffer.allocateDirect((int) Math.min(STEP_BYTES, fullBytes));
    }

    /** Goes on with the one that an earlier process left, if it is not larger than it should be. */
    static Spare adopt(Disk disk, long fullBytes) throws IOException {
        Spare spare = new Spare(disk, fullBytes);
        if (disk.names().contains(FILE)) {
            Disk.File found = disk.open(FILE);
            if (found.size() <= fullBytes) {
                spare.file = found;
                spare.size = found.size();
            } else {
                found.close();
                disk.delete(FILE);
            }
        }
        return spare;
    }

    /** Makes an empty one if there is none. */
    synchronized void begin() throws IOException {
        if (file == null) {
            file = disk.create(FILE);
            size = 0;
        }
    }

    /**
     * Writes the next zeros; false when the spare is full, or was taken. What fails leaves no spare, so its room is for
     * others.
     */
    synchronized boolean step() throws IOException {
        if (file == null) {
            return false;
        }
        try {
            long count = Math.min(zeros.capacity(), fullBytes - size);
            Disk.writeFully(file, zeros.duplicate().limit((int) count), size);
            file.force();
            size += count;
            return size < fullBytes;
        } catch (IOException e) {
            drop();
            throw e;
        }
    }

    /**
     * Makes it the segment of this header, durable when this returns; with a new and empty file when nothing was prepared.
     * What fails leaves neither, as far as the disk allows: the segment's number is void then.
     */
    synchronized Disk.File become(SegmentHeader header) throws IOException {
        String name = Segment.name(header.number());
        Disk.File made = file == null ? disk.create(FILE) : file;
        file = null;
        try {
            Disk.writeFully(made, header.encode(), 0);
            made.force();
            disk.move(FILE, name);
            disk.sync();
            return made;
        } catch (IOException e) {
            Disk.closeQuietly(made);
            deleteQuietly(FILE);
            deleteQuietly(name);
            throw e;
        }
    }

    /** Whether there is one, full or not. Waits for no step. */
    boolean there() {
        return file != null;
    }

    /** Waits for the step under way; there is none after. */
    synchronized void close() {
        if (file != null) {
            Disk.closeQuietly(file);
            file = null;
        }
    }

    /** Gives its room back. */
    synchronized void drop() {
        close();
        deleteQuietly(FILE);
    }

    private void deleteQuietly(String name) {
        try {
            disk.delete(name);
        } catch (IOException e) {
            // a spare is emptied when the next one is made; a void segment is deleted at the next start
        }
    }
}

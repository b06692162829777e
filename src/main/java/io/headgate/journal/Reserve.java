package io.headgate.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Room on the disk that is kept for what must not fail on a full one, moving the cursor and deleting segments: a written
 * file that is given up when they fail, and written again when there is room. Belongs to the writer.
 */
final class Reserve {
    static final String FILE = "reserve";
    static final int BYTES = 1 << 20;

    private final Disk disk;
    private boolean there;

    Reserve(Disk disk) throws IOException {
        this.disk = disk;
        this.there = disk.names().contains(FILE);
    }

    /** Runs what must not fail; when it does all the same, once more with the reserve's room. */
    void spend(Needed action) throws IOException {
        try {
            action.run();
        } catch (IOException e) {
            if (!there) {
                throw e;
            }
            there = false;
            disk.delete(FILE);
            disk.sync();
            action.run();
        }
    }

    /** Writes the file if it is not there and there is room for it. */
    void restore() {
        if (there) {
            return;
        }
        try (Disk.File file = disk.create(FILE)) {
            Disk.writeFully(file, noise(), 0);
            file.force();
            there = true;
        } catch (IOException e) {
            giveBack();
        }
    }

    private void giveBack() {
        try {
            disk.delete(FILE);
        } catch (IOException e) {
            // the next attempt empties it before it writes
        }
    }

    /** Zeros might take no room on a file system that compresses. */
    private static ByteBuffer noise() {
        byte[] noise = new byte[BYTES];
        ThreadLocalRandom.current().nextBytes(noise);
        return ByteBuffer.wrap(noise);
    }

    /** What must not fail on a full disk. */
    interface Needed {
        void run() throws IOException;
    }
}

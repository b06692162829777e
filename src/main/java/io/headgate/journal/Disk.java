package io.headgate.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The directory of a journal: all that the journal asks of the operating system, so that a test can be a disk that fails.
 * Names are relative, such as {@code cursor} or {@code dead/x}. Safe for use by any thread.
 */
interface Disk extends Closeable {
    /** Names of the files, those below {@code dead/} included, in no order. */
    List<String> names() throws IOException;

    /** A new, empty file, readable by its owner alone; one of the same name is emptied. */
    File create(String name) throws IOException;

    /** A file that is there, for reading and writing. */
    File open(String name) throws IOException;

    /** A file that is there, for reading only. */
    File openToRead(String name) throws IOException;

    /** Gives a file another name; what had that name is gone. */
    void move(String from, String to) throws IOException;

    /** Removes a file; harmless when it is not there. */
    void delete(String name) throws IOException;

    /** Makes creates, moves and deletes durable. */
    void sync() throws IOException;

    /** What the file system has left, in bytes; -1 when it does not say. */
    long freeBytes();

    /** Lets others have the directory. */
    @Override
    void close() throws IOException;

    /** One open file. Reads may go on while one thread writes. */
    interface File extends Closeable {
        /** Writes some of the bytes, not always all: a full disk shows like this first. */
        int write(ByteBuffer from, long at) throws IOException;

        /** Reads some of the bytes; -1 at the end of the file. */
        int read(ByteBuffer into, long at) throws IOException;

        /** Makes what was written durable. When it fails, what was written since the last time must not be trusted again. */
        void force() throws IOException;

        void truncate(long bytes) throws IOException;

        long size() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Writes all of it, however often the system takes only a part. */
    static void writeFully(File file, ByteBuffer from, long at) throws IOException {
        long place = at;
        while (from.hasRemaining()) {
            int written = file.write(from, place);
            if (written <= 0) {
                throw new IOException("the disk takes no more bytes");
            }
            place += written;
        }
    }

    /** Reads until the buffer is full or the file ends. */
    static void readFully(File file, ByteBuffer into, long at) throws IOException {
        long place = at;
        while (into.hasRemaining()) {
            int read = file.read(into, place);
            if (read <= 0) {
                return;
            }
            place += read;
        }
    }

    /** Closes a file of which nothing is expected any more. */
    static void closeQuietly(Closeable file) {
        try {
            file.close();
        } catch (IOException e) {
            // what had to be durable was forced before; nothing is left that could be done about it
        }
    }
}

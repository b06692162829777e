package io.headgate.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * One process for one {@code data-dir}: a lock that the system gives back when the process ends, however it ends. A
 * directory that is not there is made, for its owner alone, for what lies in it are other people's leads.
 */
public final class DataDirLock implements AutoCloseable {
    private static final String OWNER_ALONE = "rwx------";

    private final FileChannel channel;

    private DataDirLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the directory until it is closed.
     *
     * @throws IOException when another process has it, or it cannot be written; the message says what to do
     */
    public static DataDirLock take(Path dataDir) throws IOException {
        make(dataDir);
        FileChannel channel =
                FileChannel.open(dataDir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new IOException(
                    "data-dir " + dataDir + " belongs to another Headgate process that runs; stop that one or"
                            + " set data-dir to another directory: each process needs one of its own");
        }
        return new DataDirLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    /** Makes the directory, for its owner alone, if it is not there. */
    static void make(Path dir) throws IOException {
        if (Files.isDirectory(dir)) {
            return;
        }
        Files.createDirectories(dir.toAbsolutePath().getParent());
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ALONE)));
        } else {
            Files.createDirectory(dir);
        }
    }
}

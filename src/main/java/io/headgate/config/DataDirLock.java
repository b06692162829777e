package io.headgate.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process for one {@code data-dir}: a lock that the system gives back when the process ends, however it ends. A
 * directory that is not there is made, for its owner alone, for what lies in it are other people's leads.
 */
public final class DataDirLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirLock.class);
    private static final String OWNER_ALONE = "rwx------";
    private static final int HOLDER_CHARS = 8;

    private final FileChannel channel;
    private final String holder;
    private final String before;

    private DataDirLock(FileChannel channel, String holder, String before) {
        this.channel = channel;
        this.holder = holder;
        this.before = before;
    }

    /**
     * Takes the directory until it is closed.
     *
     * @throws IOException when another process has it, or it cannot be written; the message says what to do
     */
    public static DataDirLock take(Path dataDir) throws IOException {
        make(dataDir);
        FileChannel channel = FileChannel.open(
                dataDir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new IOException(
                    "data-dir " + dataDir + " belongs to another Headgate process that runs; stop that one or"
                            + " set data-dir to another directory: each process needs one of its own");
        }
        String before = read(channel);
        String holder = UUID.randomUUID().toString().substring(0, HOLDER_CHARS);
        write(channel, holder);
        return new DataDirLock(channel, holder, before);
    }

    /** What this holder of the directory is called: {@value #HOLDER_CHARS} characters, made by chance. */
    public String holder() {
        return holder;
    }

    /** What the holder before was called, which is gone, however it ended; empty where there was none. */
    public String before() {
        return before;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Not flushed to the disk: after a loss of power nobody needs to know. */
    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HOLDER_CHARS);
        channel.read(bytes, 0);
        String text = StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
        return text.matches("[0-9a-f]{" + HOLDER_CHARS + "}") ? text : "";
    }

    /** On a full disk a gateway must start all the same, to drain what fills it; then the next holder waits for its leases. */
    private static void write(FileChannel channel, String holder) {
        try {
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            LOG.warn("data_dir_holder_not_noted why={}", e.getMessage());
        }
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

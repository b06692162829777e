package io.headgate.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The real one. The directory is locked as long as this is open, by a lock that the system gives back when the process
 * ends, however it ends.
 */
final class FileDisk implements Disk {
    static final String DEAD = "dead";

    private static final String LOCK = "lock";

    private final Path dir;
    private final @Nullable FileChannel lock;

    private FileDisk(Path dir, @Nullable FileChannel lock) {
        this.dir = dir;
        this.lock = lock;
    }

    /**
     * For reading and writing; the directory is made if need be.
     *
     * @throws JournalException when another process has it, or it cannot be written
     */
    static FileDisk take(Path dir) throws JournalException {
        try {
            Files.createDirectories(dir.toAbsolutePath(), mode("rwx------"));
            return new FileDisk(dir, locked(dir, false));
        } catch (JournalException e) {
            throw e;
        } catch (IOException e) {
            throw new JournalException("the journal's directory " + dir + " cannot be used: " + e, e);
        }
    }

    /**
     * For reading only: writes nothing, not even a lock file.
     *
     * @throws JournalException when a gateway has it, or it is not there
     */
    static FileDisk look(Path dir) throws JournalException {
        try {
            if (!Files.isDirectory(dir)) {
                throw new JournalException("there is no directory " + dir);
            }
            return new FileDisk(dir, Files.exists(dir.resolve(LOCK)) ? locked(dir, true) : null);
        } catch (JournalException e) {
            throw e;
        } catch (IOException e) {
            throw new JournalException("the journal's directory " + dir + " cannot be read: " + e, e);
        }
    }

    @Override
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>(names(dir, ""));
        if (Files.isDirectory(dir.resolve(DEAD))) {
            names.addAll(names(dir.resolve(DEAD), DEAD + "/"));
        }
        return names;
    }

    @Override
    public File create(String name) throws IOException {
        Path path = dir.resolve(name);
        Files.createDirectories(path.toAbsolutePath().getParent(), mode("rwx------"));
        return new ChannelFile(FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                mode("rw-------")));
    }

    @Override
    public File open(String name) throws IOException {
        return new ChannelFile(FileChannel.open(dir.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public File openToRead(String name) throws IOException {
        return new ChannelFile(FileChannel.open(dir.resolve(name), StandardOpenOption.READ));
    }

    @Override
    public void move(String from, String to) throws IOException {
        Path target = dir.resolve(to);
        Files.createDirectories(target.toAbsolutePath().getParent(), mode("rwx------"));
        Files.move(dir.resolve(from), target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(dir.resolve(name));
    }

    @Override
    public void sync() throws IOException {
        force(dir);
        if (Files.isDirectory(dir.resolve(DEAD))) {
            force(dir.resolve(DEAD));
        }
    }

    @Override
    public long freeBytes() {
        try {
            return Files.getFileStore(dir).getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }

    private static List<String> names(Path dir, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> prefix + file.getFileName())
                    .toList();
        }
    }

    private static void force(Path dir) throws IOException {
        try (FileChannel channel = FileChannel.open(dir, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileChannel locked(Path dir, boolean shared) throws IOException {
        Path file = dir.resolve(LOCK);
        FileChannel channel = shared
                ? FileChannel.open(file, StandardOpenOption.READ)
                : FileChannel.open(
                        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), mode("rw-------"));
        if (tryLock(channel, shared) == null) {
            channel.close();
            throw new JournalException("the journal in " + dir + " is in use by another process; stop that one first");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    private static FileAttribute<?>[] mode(String mode) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    /** Not mapped, for that throws an Error on a full disk; and its threads are never interrupted, for that closes it. */
    private static final class ChannelFile implements File {
        private final FileChannel channel;

        private ChannelFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int write(ByteBuffer from, long at) throws IOException {
            return channel.write(from, at);
        }

        @Override
        public int read(ByteBuffer into, long at) throws IOException {
            return channel.read(into, at);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long bytes) throws IOException {
            channel.truncate(bytes);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

package io.headgate.destination;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A file of the archive that is not closed yet. Its name has a dot before it and {@value #OPEN} behind it, which loaders
 * pass over; closed it loses both.
 *
 * <pre>
 *   .START-COUNTER.ndjson.gz.part   gzip members: one for each batch, whole and flushed before it was answered
 *        | closed: flushed, renamed, the directory flushed
 *        v
 *   START-COUNTER.ndjson.gz         never written to again
 * </pre>
 *
 * <p>Locked as long as it is open, so that another process can tell it from what a dead one left. Used by the archive's
 * worker alone.
 */
final class ArchiveFile {
    static final String CLOSED = ".ndjson.gz";
    static final String OPEN = ".part";

    private static final String DOT = ".";

    private final Path dir;
    private final Path path;
    private final FileChannel channel;
    /** Where the last confirmed member ends. */
    private long confirmed;
    /** Where the last written one ends. */
    private long written;

    /** One that was found. */
    record Left(Path dir, Path path) {}

    private ArchiveFile(Path dir, Path path, FileChannel channel) {
        this.dir = dir;
        this.path = path;
        this.channel = channel;
    }

    /** A new one. {@code name} is one that no file of the archive ever had. */
    static ArchiveFile create(Path dir, String name, UnaryOperator<FileChannel> disk) throws IOException {
        Path path = dir.resolve(DOT + name + CLOSED + OPEN);
        FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        ArchiveFile file = new ArchiveFile(dir, path, disk.apply(channel));
        if (!lock(channel)) {
            file.abandon();
            throw new IOException("another process took " + path);
        }
        ArchiveDirs.sync(dir);
        return file;
    }

    /**
     * Closes what a dead process left: a torn last member is cut off, the rest gets its final name. Leaves one alone whose
     * process lives.
     *
     * @return bytes that were cut off
     */
    static long recover(Left left) throws IOException {
        FileChannel channel = FileChannel.open(left.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        ArchiveFile file = new ArchiveFile(left.dir(), left.path(), channel);
        try {
            if (!lock(channel)) {
                return 0;
            }
            file.written = channel.size();
            file.confirmed = GzipMember.wholeBytes(channel);
            long torn = file.written - file.confirmed;
            file.undo();
            file.close();
            return torn;
        } finally {
            file.abandon();
        }
    }

    static boolean isOpen(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(DOT) && name.endsWith(CLOSED + OPEN);
    }

    static boolean isClosed(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(DOT) && name.endsWith(CLOSED);
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    long bytes() {
        return written;
    }

    /** Behind what was written before. A full disk first shows as a write that takes fewer bytes, without an exception. */
    void write(ByteBuffer member) throws IOException {
        while (member.hasRemaining()) {
            int taken = channel.write(member, written);
            if (taken <= 0) {
                throw new IOException("the disk takes no more");
            }
            written += taken;
        }
    }

    /** Flushes what was written. If it fails the file must be abandoned: the next flush may succeed, and the bytes be gone. */
    void flush() throws IOException {
        channel.force(false);
    }

    /** What was written is there for good. */
    void confirm() {
        confirmed = written;
    }

    /** Cuts off what was not confirmed. */
    void undo() throws IOException {
        if (written > confirmed) {
            channel.truncate(confirmed);
            written = confirmed;
        }
    }

    /** Gives it its final name; removes it when nothing is in it. */
    void close() throws IOException {
        if (confirmed == 0) {
            Files.delete(path);
        } else {
            channel.force(true);
            Path closed = path.resolveSibling(closedName());
            if (Files.exists(closed)) {
                throw new FileAlreadyExistsException(closed.toString());
            }
            Files.move(path, closed, StandardCopyOption.ATOMIC_MOVE);
        }
        ArchiveDirs.sync(dir);
        abandon();
    }

    /** Lets go of it as it is; {@link #recover} closes it later. */
    void abandon() throws IOException {
        channel.close();
    }

    private String closedName() {
        String name = path.getFileName().toString();
        return name.substring(DOT.length(), name.length() - OPEN.length());
    }
}

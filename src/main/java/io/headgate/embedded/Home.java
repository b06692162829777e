package io.headgate.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The directory of an embedded server, locked against every other gateway until closed. The lock dies with the process
 * that holds it, whatever kills it. Owned by the thread of {@link EmbeddedRedis}.
 */
final class Home implements AutoCloseable {
    private static final long LOG_BYTES_MAX = 4L << 20;
    private static final int LOG_TAIL_LINES = 3;

    private final Path dir;
    private final FileChannel channel;

    private Home(Path dir, FileChannel channel) {
        this.dir = dir;
        this.channel = channel;
    }

    /**
     * Creates the directory where needed and locks it.
     *
     * @throws EmbeddedRedisException when another gateway holds it
     */
    static Home lock(Path wanted) throws IOException {
        Files.createDirectories(wanted);
        // the real path: a server is recognised by it, however the directory was spelled at its start
        Path dir = wanted.toRealPath();
        FileChannel channel = FileChannel.open(
                dir.resolve("gateway.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            if (!tryLock(channel)) {
                throw new EmbeddedRedisException("another gateway" + holder(channel) + " uses " + dir
                        + ": stop it, or set another data-dir, or point redis.uri of both at one server");
            }
            channel.truncate(0);
            channel.write(utf8(ProcessHandle.current().pid() + "\n"), 0);
            return new Home(dir, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    Path dir() {
        return dir;
    }

    Path conf() {
        return dir.resolve("redis.conf");
    }

    Path log() {
        return dir.resolve("redis.log");
    }

    /** The configuration of the last start; empty before the first. */
    String lastConf() throws IOException {
        return read(conf());
    }

    void writeConf(String text) throws IOException {
        replace(conf(), text);
    }

    /** The server that was recorded last; empty when there is none or the record is torn. */
    Optional<ServerRecord> recorded() throws IOException {
        return ServerRecord.parse(read(recordFile()));
    }

    void keepRecord(ServerRecord server) throws IOException {
        replace(recordFile(), server.json());
    }

    void dropRecord() throws IOException {
        Files.deleteIfExists(recordFile());
    }

    /** Redis never cuts its log: one that has grown large is put aside, in place of the one put aside before. */
    void rollLog() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_BYTES_MAX) {
            Files.move(log(), dir.resolve("redis.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Deletes what rewrites that never ended have left: each is as large as the data, and a disk that they fill is the
     * journal's too. To be called while no server runs; a rewriting child that outlived its server loses its file, which
     * nobody would read.
     */
    void dropUnfinishedRewrites() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, "temp-*.{aof,rdb}")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The last words of the server's log, for a message. */
    String logTail() throws IOException {
        List<String> lines = read(log()).lines().toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private Path recordFile() {
        return dir.resolve("server.json");
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = StandardCharsets.UTF_8.decode(pid.flip()).toString().strip();
        return text.isEmpty() ? "" : " (process " + text + ")";
    }

    private static String read(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** Whole or not at all, also when the machine loses power. */
    private static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = utf8(text);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}

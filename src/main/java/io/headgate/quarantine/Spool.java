package io.headgate.quarantine;

import io.headgate.event.Quarantined;
import io.headgate.event.Slice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which rejected events wait for Redis: {@code spool.bin}, one record after the other.
 *
 * <pre>
 *   record = received ms (8 bytes), then source, reason, event, each as length (4 bytes, big-endian) and bytes
 * </pre>
 *
 * <p>Not fsynced: what is in it was refused, and its sender was told so. A torn last record is dropped at the next start.
 * Used by one worker at a time; {@link #bytes} by any thread.
 */
final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private static final int CHUNK_BYTES = 4 * 1024 * 1024;

    /** The first entries of the spool and where in it they end. */
    record Chunk(List<Quarantined> entries, long end) {
        Chunk {
            entries = List.copyOf(entries);
        }
    }

    private final Path file;
    private final long bytesMax;
    private volatile long size;
    /** Everything before it has followed. Kept in memory alone: after a restart the entries before it follow again. */
    private volatile long cursor;

    Spool(Path dir, long bytesMax) {
        this.file = dir.resolve("spool.bin");
        this.bytesMax = bytesMax;
        try {
            Files.createDirectories(dir);
            this.size = Files.exists(file) ? Files.size(file) : 0;
            this.size = wholeBytes();
            cutTo(size);
        } catch (IOException e) {
            throw new UncheckedIOException("the quarantine's spool cannot be used: " + file, e);
        }
    }

    /** Bytes that still have to follow. */
    long bytes() {
        return size - cursor;
    }

    /** Appends as many entries as the bound allows; how many those were. */
    int append(List<Quarantined> entries) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        int kept = 0;
        for (Quarantined entry : entries) {
            byte[] record = encode(entry);
            if (size + buffer.size() + record.length > bytesMax) {
                break;
            }
            buffer.write(record);
            kept++;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(buffer.toByteArray());
            long at = size;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            size = at;
        }
        return kept;
    }

    /**
     * The first entries that have not followed, {@code max} at most.
     *
     * @throws IOException also when there are bytes and no whole record among them: then somebody else wrote to the file
     */
    Chunk first(int max) throws IOException {
        Chunk chunk = read(max);
        if (chunk.entries().isEmpty() && bytes() > 0) {
            throw new IOException("the quarantine's spool holds no record at " + cursor + ": " + file);
        }
        return chunk;
    }

    private Chunk read(int max) throws IOException {
        if (bytes() == 0) {
            return new Chunk(List.of(), cursor);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, size - cursor));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && channel.read(bytes, cursor + bytes.position()) >= 0) {
                // until the buffer is full or the file ends
            }
        }
        List<Quarantined> entries = new ArrayList<>();
        ByteArrayInputStream in = new ByteArrayInputStream(bytes.array(), 0, bytes.position());
        long end = cursor;
        try (DataInputStream data = new DataInputStream(in)) {
            while (entries.size() < max) {
                entries.add(decode(data));
                end = cursor + bytes.position() - in.available();
            }
        } catch (EOFException e) {
            return new Chunk(entries, end);
        }
        return new Chunk(entries, end);
    }

    /** Cuts off what is torn, lest a shorter record be written over it and the rest be read as records. */
    private void cutTo(long length) throws IOException {
        if (Files.exists(file) && Files.size(file) > length) {
            LOG.warn("quarantine_spool_torn, bytes cut off at its end: {}", Files.size(file) - length);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(length);
            }
        }
    }

    /** Where the last whole record of a spool that was found ends; what is torn behind it is cut off. */
    private long wholeBytes() throws IOException {
        Chunk chunk = read(Integer.MAX_VALUE);
        while (!chunk.entries().isEmpty()) {
            cursor = chunk.end();
            chunk = read(Integer.MAX_VALUE);
        }
        long whole = cursor;
        cursor = 0;
        return whole;
    }

    /** The chunk has followed; an empty spool gives its disk space back. */
    Void passed(Chunk chunk) throws IOException {
        cursor = chunk.end();
        if (cursor >= size) {
            Files.deleteIfExists(file);
            size = 0;
            cursor = 0;
        }
        return null;
    }

    private static byte[] encode(Quarantined entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(entry.receivedMillis());
            field(out, entry.source().getBytes(StandardCharsets.UTF_8));
            field(out, entry.reason().getBytes(StandardCharsets.UTF_8));
            field(out, entry.event().copy(Quarantined.EVENT_BYTES_MAX));
        }
        return bytes.toByteArray();
    }

    private static void field(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private static Quarantined decode(DataInputStream in) throws IOException {
        long received = in.readLong();
        String source = new String(field(in), StandardCharsets.UTF_8);
        String reason = new String(field(in), StandardCharsets.UTF_8);
        return new Quarantined(source, received, reason, Slice.of(field(in)));
    }

    private static byte[] field(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new EOFException("a torn record");
        }
        return in.readNBytes(length);
    }
}

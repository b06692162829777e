package io.headgate.destination;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Members of a gzip file (RFC 1952). Each stands for itself, and a file of several is what their contents would be in one,
 * so a batch can be appended as a whole member and told from a torn one.
 *
 * <pre>
 *   1f 8b 08 00  00 00 00 00  00 ff | deflated bytes | CRC32 of the content | its length
 *   magic, deflate, no flag, no time                   both little-endian, 4 bytes
 * </pre>
 */
final class GzipMember {
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER_BYTES = 8;
    private static final int BLOCK_BYTES = 64 * 1024;

    /** Events deflate to a sixth at it; the usual 6 takes twice the time for a tenth less. */
    private static final int LEVEL = 3;

    private GzipMember() {}

    static ByteBuffer of(byte[] content) {
        Deflater deflater = new Deflater(LEVEL, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            ByteBuffer member = ByteBuffer.allocate(boundOf(content.length)).order(ByteOrder.LITTLE_ENDIAN);
            member.put(HEAD);
            while (!deflater.finished()) {
                deflater.deflate(member);
            }
            CRC32 crc = new CRC32();
            crc.update(content);
            return member.putInt((int) crc.getValue()).putInt(content.length).flip();
        } finally {
            deflater.end();
        }
    }

    /** Not less than any content of this length can take: what does not deflate is stored, in blocks with 5 bytes each. */
    private static int boundOf(int length) {
        return HEAD.length + length + length / 1_000 + 64 + TRAILER_BYTES;
    }

    /** How many bytes from its beginning are whole members. Inflates all of them. */
    static long wholeBytes(FileChannel file) throws IOException {
        long whole = 0;
        for (long end = endOf(file, 0); end > whole; end = endOf(file, whole)) {
            whole = end;
        }
        return whole;
    }

    /** Where the member ends that begins here; here, when it is not whole. */
    private static long endOf(FileChannel file, long start) throws IOException {
        ByteBuffer head = read(file, start, HEAD.length);
        if (!head.equals(ByteBuffer.wrap(HEAD))) {
            return start;
        }
        Inflater inflater = new Inflater(true);
        try {
            CRC32 crc = new CRC32();
            if (!inflate(file, start + HEAD.length, inflater, crc)) {
                return start;
            }
            long end = start + HEAD.length + inflater.getBytesRead();
            ByteBuffer trailer = read(file, end, TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            boolean whole = trailer.remaining() == TRAILER_BYTES
                    && trailer.getInt() == (int) crc.getValue()
                    && trailer.getInt() == (int) inflater.getBytesWritten();
            return whole ? end + TRAILER_BYTES : start;
        } catch (DataFormatException e) {
            return start;
        } finally {
            inflater.end();
        }
    }

    /** Whether the deflated bytes that begin there come to their end. */
    private static boolean inflate(FileChannel file, long start, Inflater inflater, CRC32 crc)
            throws IOException, DataFormatException {
        byte[] content = new byte[BLOCK_BYTES];
        while (!inflater.finished()) {
            if (inflater.needsInput()) {
                ByteBuffer block = read(file, start + inflater.getBytesRead(), BLOCK_BYTES);
                if (!block.hasRemaining()) {
                    return false;
                }
                inflater.setInput(block);
            }
            int inflated = inflater.inflate(content);
            crc.update(content, 0, inflated);
            if (inflated == 0 && inflater.needsDictionary()) {
                return false;
            }
        }
        return true;
    }

    /** Fewer at the end of the file. */
    private static ByteBuffer read(FileChannel file, long at, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && file.read(buffer, at + buffer.position()) >= 0) {
            // until the buffer is full or the file ends
        }
        return buffer.flip();
    }
}

package io.headgate.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One record in a segment. All numbers are big-endian.
 *
 * <pre>
 *   0   length of the payload, u32, 1 at least
 *   4   channel, u16
 *   6   sequence number in the channel, u64
 *   14  CRC32C of: the segment's salt (8 bytes), the 14 bytes before, the payload
 *   18  payload
 * </pre>
 *
 * <p>Zeros are no record (length 0), noise is none (checksum), and the bytes of another segment are none (salt).
 */
final class RecordFormat {
    static final int HEADER_BYTES = 18;

    /** A longer payload is not taken, and what claims to have one is no record. */
    static final int PAYLOAD_BYTES_MAX = 16 << 20;

    private static final int CHECKED_BYTES = 14;

    private RecordFormat() {}

    /** What a record of this payload takes. */
    static long bytes(byte[] payload) {
        return HEADER_BYTES + (long) payload.length;
    }

    /** Puts all that stands before the payload. */
    static void putHeader(ByteBuffer into, long salt, int channel, long sequence, byte[] payload) {
        int start = into.position();
        into.putInt(payload.length).putShort((short) channel).putLong(sequence);
        CRC32C crc = begin(salt, into, start);
        crc.update(payload, 0, payload.length);
        into.putInt((int) crc.getValue());
    }

    static int length(ByteBuffer bytes, int at) {
        return bytes.getInt(at);
    }

    static int channel(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at + 4));
    }

    static long sequence(ByteBuffer bytes, int at) {
        return bytes.getLong(at + 6);
    }

    /** Whether the record that starts here, all of it in the buffer, is as it was written. */
    static boolean intact(long salt, ByteBuffer bytes, int at) {
        CRC32C crc = begin(salt, bytes, at);
        crc.update(
                bytes.duplicate().limit(at + HEADER_BYTES + length(bytes, at)).position(at + HEADER_BYTES));
        return (int) crc.getValue() == bytes.getInt(at + CHECKED_BYTES);
    }

    /** The same of a record whose payload is elsewhere. */
    static boolean intact(long salt, ByteBuffer header, byte[] payload) {
        CRC32C crc = begin(salt, header, 0);
        crc.update(payload, 0, payload.length);
        return (int) crc.getValue() == header.getInt(CHECKED_BYTES);
    }

    private static CRC32C begin(long salt, ByteBuffer bytes, int at) {
        CRC32C crc = new CRC32C();
        byte[] head = new byte[Long.BYTES + CHECKED_BYTES];
        ByteBuffer.wrap(head).putLong(salt);
        bytes.get(at, head, Long.BYTES, CHECKED_BYTES);
        crc.update(head, 0, head.length);
        return crc;
    }
}

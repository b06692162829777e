package io.headgate.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What stands at the start of a segment file, twice, so that a page gone bad does not take a whole segment with it. All
 * numbers are big-endian.
 *
 * <pre>
 *   0   magic "HEADGATE"                    8 bytes
 *   8   format version, 1                   u16
 *   10  number of channels, C               u16
 *   12  number of this segment              u64, as in the file's name
 *   20  salt, random                        8 bytes; part of every record's checksum
 *   28  created, ms since 1970              u64
 *   36  number of the segment before, 0: none     u64
 *   44  how many bytes of that one count    u64
 *   52  for each channel the last sequence number before this segment, C times u64
 *   52 + 8C  CRC32C of everything before
 *
 *   The second copy follows at the next multiple of 4096, the records at the next one after that.
 * </pre>
 *
 * <p>Segments whose number lies between that of a segment and of its segment before are void: their making, or the first
 * write to them, failed. Bytes of the segment before beyond those that count are void too: a write or an fsync of them
 * failed, and they stand again in this one under the same numbers, or were refused.
 *
 * @param number from 1; never used twice
 * @param previousBytes its headers included; 0 when there is none before
 * @param bases last sequence number of each channel before this segment
 */
record SegmentHeader(long number, long salt, long createdMillis, long previous, long previousBytes, List<Long> bases) {
    static final int CHANNELS_MAX = 1024;

    /** Enough of a file to find either copy in it. */
    static final int LOOK_BYTES = 6 * 4096;

    private static final long MAGIC = 0x4845414447415445L; // "HEADGATE"
    private static final int VERSION = 1;
    private static final int PAGE_BYTES = 4096;
    private static final int FIXED_BYTES = 52;

    SegmentHeader {
        bases = List.copyOf(bases);
    }

    /** Where the records begin. */
    static int bytes(int channels) {
        return 2 * copyBytes(channels);
    }

    int bytes() {
        return bytes(bases.size());
    }

    /** Last sequence number of the channel before this segment. */
    long base(int channel) {
        return bases.get(channel);
    }

    int channels() {
        return bases.size();
    }

    /** Both copies, padded with zeros. */
    ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(bytes());
        put(out);
        put(out.position(copyBytes(channels())));
        return out.position(0);
    }

    /**
     * The header of a file that starts with these bytes, from the first copy that is whole; empty when none is.
     *
     * @throws JournalException when it is whole and of a version that this program does not know
     */
    static Optional<SegmentHeader> decode(ByteBuffer start) throws JournalException {
        for (int at = 0; at < LOOK_BYTES; at += PAGE_BYTES) {
            if (isWhole(start, at)) {
                return Optional.of(get(start, at));
            }
        }
        return Optional.empty();
    }

    private void put(ByteBuffer out) {
        int start = out.position();
        out.putLong(MAGIC).putShort((short) VERSION).putShort((short) channels());
        out.putLong(number)
                .putLong(salt)
                .putLong(createdMillis)
                .putLong(previous)
                .putLong(previousBytes);
        bases.forEach(out::putLong);
        out.putInt(crc(out, start, channels()));
    }

    private static boolean isWhole(ByteBuffer start, int at) {
        if (start.limit() < at + FIXED_BYTES || start.getLong(at) != MAGIC) {
            return false;
        }
        int channels = Short.toUnsignedInt(start.getShort(at + 10));
        int end = at + FIXED_BYTES + channels * Long.BYTES;
        return channels <= CHANNELS_MAX
                && (at == 0 || at == copyBytes(channels))
                && end + Integer.BYTES <= start.limit()
                && start.getInt(end) == crc(start, at, channels);
    }

    private static SegmentHeader get(ByteBuffer start, int at) throws JournalException {
        ByteBuffer in = start.duplicate().position(at + 8);
        int version = Short.toUnsignedInt(in.getShort());
        if (version != VERSION) {
            throw new JournalException("the journal was written in format " + version + "; this program knows format "
                    + VERSION + ": start the program that wrote it, or drain it with that one first");
        }
        int channels = Short.toUnsignedInt(in.getShort());
        long number = in.getLong();
        long salt = in.getLong();
        long created = in.getLong();
        long previous = in.getLong();
        long previousBytes = in.getLong();
        List<Long> bases = new ArrayList<>(channels);
        for (int i = 0; i < channels; i++) {
            bases.add(in.getLong());
        }
        return new SegmentHeader(number, salt, created, previous, previousBytes, bases);
    }

    private static int crc(ByteBuffer bytes, int at, int channels) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate()
                .limit(at + FIXED_BYTES + channels * Long.BYTES)
                .position(at));
        return (int) crc.getValue();
    }

    private static int copyBytes(int channels) {
        int bytes = FIXED_BYTES + channels * Long.BYTES + Integer.BYTES;
        return (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }
}

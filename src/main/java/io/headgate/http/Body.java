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

    private byte[] data = new byte[0];
    private int length;

    void append(Buffer chunk, long announced) {
        int needed = length + chunk.length();
        if (needed > data.length) {
            int roomy = needed == announced ? needed : Math.max(FIRST_BYTES, 2 * needed);
            data = Arrays.copyOf(data, announced > needed ? (int) Math.min(roomy, announced) : roomy);
        }
        chunk.getBytes(data, length);
        length = needed;
    }

    int length() {
        return length;
    }

    /** All that has come, in an array of just that length. */
    byte[] bytes() {
        return length == data.length ? data : Arrays.copyOf(data, length);
    }
}

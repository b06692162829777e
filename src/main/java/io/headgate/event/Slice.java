package io.headgate.event;

import java.util.Arrays;
import java.util.Objects;

/**
 * A run of bytes inside a larger array: an event inside the body that carried it. The array is shared and never
 * written to; nothing on the road copies an event before it is stored.
 */
public final class Slice {
    private final byte[] array;
    private final int offset;
    private final int length;

    /** {@code length} bytes of the array from {@code offset}; {@link IndexOutOfBoundsException} if it has fewer. */
    public Slice(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** The whole array. */
    public static Slice of(byte[] array) {
        return new Slice(array, 0, array.length);
    }

    /** The shared array; not to be written to. */
    public byte[] array() {
        return array;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** A copy of the first bytes, {@code max} at most. */
    public byte[] copy(int max) {
        return Arrays.copyOfRange(array, offset, offset + Math.min(length, max));
    }
}

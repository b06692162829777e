package io.headgate.http;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a gzip body (RFC 1952), whole or not at all. One instance belongs to one thread at a time, which its work
 * blocks; output is bounded, and so is the time.
 *
 * <p>Promise: what is returned has the length and the CRC-32 that the trailer states, and nothing follows the trailer.
 * The JDK's and Vert.x's own streams hand out what they have when a body is cut short, which would make half a batch
 * look like a whole one.
 *
 * <p>One member only, though the RFC allows several: a body cut between two members looks whole.
 */
final class Gunzip implements AutoCloseable {
    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    /** Deflate cannot do better than 1032 to 1, so a larger claim of the trailer is a lie. */
    private static final int RATIO_MAX = 1032;

    private static final int Z_DEFLATED = 8;
    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;
    private static final int RESERVED = 0xE0;

    /** What came of a body. */
    sealed interface Result {}

    /** All of it; {@code data.length} bytes of room were taken and are the caller's to give back. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Whole(byte[] data) implements Result {}

    /** It is no whole gzip body; no room is held. */
    record Broken(String detail) implements Result {}

    /** It inflates to more than the limit; no room is held. */
    record TooLarge() implements Result {}

    /** There was no room for what it inflates to; none is held. */
    record NoRoom() implements Result {}

    private final int max;
    private final InFlight room;
    private final Inflater inflater = new Inflater(true);
    private final byte[] probe = new byte[1];

    /** The output so far, while a body is inflated; as many bytes of room are held as the array is long. */
    private byte[] data = new byte[0];

    private int length;

    /** {@code max}: inflated bytes of one body. */
    Gunzip(int max, InFlight room) {
        this.max = max;
        this.room = room;
    }

    /** Bytes that a body says it inflates to, which need not be true. */
    static long claim(byte[] body) {
        return body.length < TRAILER_BYTES ? 0 : littleEndian(body, body.length - 4) & 0xFFFF_FFFFL;
    }

    Result inflate(byte[] body) {
        int start = headerEnd(body);
        if (start < 0) {
            return new Broken("the body is not gzip, or is cut short within the gzip header");
        }
        if (!grow(firstGuess(body))) {
            return new NoRoom();
        }
        inflater.reset();
        inflater.setInput(body, start, body.length - start);
        Result result = run(body);
        if (!(result instanceof Whole)) {
            room.give(data.length);
        }
        data = new byte[0];
        length = 0;
        return result;
    }

    private Result run(byte[] body) {
        while (true) {
            int n = step(data, length, data.length - length);
            if (n < 0) {
                return new Broken("the gzip data is damaged");
            }
            length += n;
            if (inflater.finished()) {
                return checked(body);
            }
            if (length < data.length) {
                return cutShort();
            }
            n = step(probe, 0, 1);
            if (n == 0 && !inflater.finished()) {
                return cutShort();
            }
            if (n > 0) {
                if (length == max) {
                    return new TooLarge();
                }
                if (!grow((int) Math.min(max, Math.max(256, 2L * data.length)))) {
                    return new NoRoom();
                }
                data[length++] = probe[0];
            }
        }
    }

    /** Bytes inflated; -1 when the data is no deflate stream. */
    private int step(byte[] to, int offset, int max) {
        try {
            int n = inflater.inflate(to, offset, max);
            return inflater.needsDictionary() ? -1 : n;
        } catch (DataFormatException e) {
            return -1;
        }
    }

    private Result checked(byte[] body) {
        int trailer = body.length - inflater.getRemaining();
        int left = inflater.getRemaining();
        if (left < TRAILER_BYTES) {
            return cutShort();
        }
        if (left > TRAILER_BYTES) {
            return new Broken("bytes follow the end of the gzip data; send one gzip member and nothing after it");
        }
        CRC32 crc = new CRC32();
        crc.update(data, 0, length);
        if ((int) crc.getValue() != littleEndian(body, trailer) || length != littleEndian(body, trailer + 4)) {
            return new Broken("the gzip trailer does not match the data");
        }
        if (length == data.length) {
            return new Whole(data);
        }
        room.give(data.length - length);
        return new Whole(Arrays.copyOf(data, length));
    }

    private static Result cutShort() {
        return new Broken("the gzip data is cut short");
    }

    private boolean grow(int size) {
        if (!room.take(size - data.length)) {
            return false;
        }
        data = Arrays.copyOf(data, size);
        return true;
    }

    /** What the trailer claims, where that is possible: then one array of just the right size is all that is needed. */
    private int firstGuess(byte[] body) {
        long claim = claim(body);
        long possible = Math.min(max, (long) RATIO_MAX * body.length);
        return (int) (claim <= possible ? claim : Math.min(possible, 4L * body.length));
    }

    /** Where the deflate data begins; -1 when there is no whole gzip header with anything behind it. */
    private static int headerEnd(byte[] body) {
        if (body.length < HEADER_BYTES + TRAILER_BYTES
                || (body[0] & 0xFF) != 0x1F
                || (body[1] & 0xFF) != 0x8B
                || body[2] != Z_DEFLATED
                || (body[3] & RESERVED) != 0) {
            return -1;
        }
        int flags = body[3];
        int at = HEADER_BYTES;
        if ((flags & FEXTRA) != 0) {
            at += 2 + (body[at] & 0xFF) + ((body[at + 1] & 0xFF) << 8);
        }
        if ((flags & FNAME) != 0) {
            at = afterZero(body, at);
        }
        if ((flags & FCOMMENT) != 0) {
            at = afterZero(body, at);
        }
        if ((flags & FHCRC) != 0) {
            at = afterCrc(body, at);
        }
        return at < body.length ? at : -1;
    }

    /** Past the next zero byte; past the end when there is none, or when {@code at} was there already. */
    private static int afterZero(byte[] body, int at) {
        int zero = at;
        while (zero < body.length && body[zero] != 0) {
            zero++;
        }
        return zero + 1;
    }

    /** Past the header's own checksum; past the end when it is wrong or cut off. */
    private static int afterCrc(byte[] body, int at) {
        if (at + 2 > body.length) {
            return body.length;
        }
        CRC32 crc = new CRC32();
        crc.update(body, 0, at);
        int stated = (body[at] & 0xFF) | (body[at + 1] & 0xFF) << 8;
        return ((int) crc.getValue() & 0xFFFF) == stated ? at + 2 : body.length;
    }

    private static int littleEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xFF)
                | (bytes[at + 1] & 0xFF) << 8
                | (bytes[at + 2] & 0xFF) << 16
                | (bytes[at + 3] & 0xFF) << 24;
    }

    /** Frees the inflater's native memory. */
    @Override
    public void close() {
        inflater.end();
    }
}

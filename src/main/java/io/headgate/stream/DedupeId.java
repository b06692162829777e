package io.headgate.stream;

import io.headgate.event.Event;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The identity of an event in the dedupe buckets: SHA-256 over source, session and id, each told apart by its length.
 * The first {@value DedupeLayout#ID_BYTES} bytes are the field, the following 8 choose the bucket. A cryptographic hash,
 * for clients choose what goes into it. One instance belongs to one event loop; it holds the last id that was computed.
 */
final class DedupeId {
    private final MessageDigest digest;
    private final long buckets;
    private final ByteBuffer hash = ByteBuffer.allocate(32);
    private ByteBuffer input = ByteBuffer.allocate(512);

    DedupeId(DedupeLayout layout) {
        this.buckets = layout.buckets();
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Computes the id of this event; {@link #field} and {@link #bucket} tell it until the next call. */
    void compute(Event event) {
        byte[] source = event.source().getBytes(StandardCharsets.UTF_8);
        byte[] session = event.sessionId().getBytes(StandardCharsets.UTF_8);
        int length = 4 + source.length + 4 + session.length + 16;
        if (input.capacity() < length) {
            input = ByteBuffer.allocate(length);
        }
        input.clear();
        input.putInt(source.length).put(source).putInt(session.length).put(session);
        input.putLong(event.id().getMostSignificantBits()).putLong(event.id().getLeastSignificantBits());
        digest.update(input.array(), 0, length);
        hash.clear().put(digest.digest());
    }

    /** The array whose first {@value DedupeLayout#ID_BYTES} bytes are the field; overwritten by the next id. */
    byte[] field() {
        return hash.array();
    }

    long bucket() {
        return Long.remainderUnsigned(hash.getLong(DedupeLayout.ID_BYTES), buckets);
    }
}

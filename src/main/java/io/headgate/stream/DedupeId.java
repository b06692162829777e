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
        boolean spellable = spellable(event.sessionId());
        byte[] session = spellable ? event.sessionId().getBytes(StandardCharsets.UTF_8) : units(event.sessionId());
        int length = 4 + source.length + 4 + session.length + 16;
        if (input.capacity() < length) {
            input = ByteBuffer.allocate(length);
        }
        input.clear();
        input.putInt(source.length).put(source);
        input.putInt(spellable ? session.length : ~session.length).put(session);
        input.putLong(event.id().getMostSignificantBits()).putLong(event.id().getLeastSignificantBits());
        digest.update(input.array(), 0, length);
        hash.clear().put(digest.digest());
    }

    /** Whether UTF-8 can spell it: JSON may escape half a surrogate pair, and all such halves would become the same. */
    private static boolean spellable(String text) {
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return false;
            }
        }
        return true;
    }

    /** Its UTF-16 code units, told apart from UTF-8 by the complement of their length. */
    private static byte[] units(String text) {
        ByteBuffer units = ByteBuffer.allocate(2 * text.length());
        units.asCharBuffer().put(text);
        return units.array();
    }

    /** The array whose first {@value DedupeLayout#ID_BYTES} bytes are the field; overwritten by the next id. */
    byte[] field() {
        return hash.array();
    }

    long bucket() {
        return Long.remainderUnsigned(hash.getLong(DedupeLayout.ID_BYTES), buckets);
    }
}

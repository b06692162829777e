package io.headgate.destination;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The key of a batch: the same for the same events in the same order, and for no others. Made of what makes an event that
 * event: source, session and id.
 */
final class BatchKey {
    /** Of SHA-256, enough that no two batches ever share one. */
    private static final int BYTES = 16;

    private BatchKey() {}

    static String of(List<Outgoing> batch) {
        MessageDigest digest = sha256();
        for (Outgoing event : batch) {
            part(event.source(), digest);
            part(event.sessionId(), digest);
            part(event.eventId(), digest);
        }
        return "batch_" + HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    /** With its length before it, so that no two lists of parts are the same bytes. */
    static void part(String text, MessageDigest digest) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(new byte[] {
            (byte) (bytes.length >>> 24), (byte) (bytes.length >>> 16), (byte) (bytes.length >>> 8), (byte) bytes.length
        });
        digest.update(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

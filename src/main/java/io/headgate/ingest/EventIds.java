package io.headgate.ingest;

import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads {@code event_id}: the 36 characters of RFC 9562, in either case, and nothing that resembles them. */
final class EventIds {
    private static final int LENGTH = 36;

    private EventIds() {}

    /** The 128 bits; null where the text is no UUID. {@link UUID#fromString} is not asked, for it takes {@code 1-1-1-1-1}. */
    static @Nullable UUID parse(@Nullable String text) {
        if (text == null || text.length() != LENGTH || !dashed(text)) {
            return null;
        }
        try {
            long high = hex(text, 0, 8) << 32 | hex(text, 9, 13) << 16 | hex(text, 14, 18);
            long low = hex(text, 19, 23) << 48 | hex(text, 24, 36);
            return new UUID(high, low);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean dashed(String text) {
        return text.charAt(8) == '-' && text.charAt(13) == '-' && text.charAt(18) == '-' && text.charAt(23) == '-';
    }

    private static long hex(String text, int from, int to) {
        return HexFormat.fromHexDigitsToLong(text, from, to);
    }
}

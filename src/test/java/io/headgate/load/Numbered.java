package io.headgate.load;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Events that are numbered within their session, about 470 bytes each. Session and number stand in the event's id, so
 * that an event found on a stream tells which one it is and every byte that it must have:
 *
 * <pre>
 *   event_id   RRRRRRRR-RRRR-RRRR-SSSS-NNNNNNNNNNNN    run, session, number within the session (hexadecimal)
 * </pre>
 *
 * <p>Immutable; safe for use by any thread.
 */
final class Numbered {
    static final int SESSIONS_MAX = 0xffff;

    private static final String ID = "RRRRRRRR-RRRR-RRRR-SSSS-NNNNNNNNNNNN";
    private static final String TEMPLATE = "{\"event_id\":\"" + ID
            + "\",\"timestamp\":\"2026-11-20T08:00:00.123Z\",\"event_name\":\"page_view\",\"session_id\":\"s-#####\","
            + "\"user_id\":null,\"anonymous_id\":\"a-5d1f0f6e2c\",\"properties\":{\"path\":\"/pricing\","
            + "\"title\":\"Preise \u2013 Blatt ##########\"},\"context\":{\"source\":\"google\",\"medium\":\"cpc\","
            + "\"campaign\":\"autumn-sale\",\"device_type\":\"web\",\"locale\":\"en-GB\",\"referrer\":"
            + "\"https://www.google.com/\",\"page\":\"https://shop.example/pricing?utm_source=google\","
            + "\"click_ids\":{\"gclid\":\"EAIaIQobChMI8d\"}}}";
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final int SESSION_IN_ID = at("SSSS");
    private static final int NUMBER_IN_ID = at("NNNNNNNNNNNN");
    private static final int SESSION = at("#####\"");
    private static final int NUMBER = at("##########");

    /** Bytes of one event. */
    static final int BYTES = TEMPLATE.getBytes(StandardCharsets.UTF_8).length;

    private final byte[] template;

    /** Events of one run, whose ids differ from those of another. */
    Numbered(int run) {
        String digits = "%016x".formatted(Integer.toUnsignedLong(run) * 0x9e3779b97f4a7c15L | 1);
        String id = digits.substring(0, 8) + "-" + digits.substring(8, 12) + "-" + digits.substring(12);
        this.template = TEMPLATE.replace("RRRRRRRR-RRRR-RRRR", id).getBytes(StandardCharsets.UTF_8);
    }

    /** The event with this number, 0 being the first. */
    byte[] event(int session, long number) {
        byte[] event = template.clone();
        write(event, SESSION_IN_ID, 4, session, 16);
        write(event, NUMBER_IN_ID, 12, number, 16);
        write(event, SESSION, 5, session, 10);
        write(event, NUMBER, 10, number, 10);
        return event;
    }

    /** Which event it is, as {@code session << 32 | number}; -1 for one that this run cannot have sent. */
    long identify(byte[] event) {
        if (event.length != BYTES) {
            return -1;
        }
        long session = read(event, SESSION_IN_ID, 4);
        long number = read(event, NUMBER_IN_ID, 12);
        boolean whole = session >= 0
                && number >= 0
                && number <= Integer.MAX_VALUE
                && Arrays.equals(event, event((int) session, number));
        return whole ? session << 32 | number : -1;
    }

    static int session(long identity) {
        return (int) (identity >>> 32);
    }

    static int number(long identity) {
        return (int) identity;
    }

    /** A body of these events, in order. */
    Buffer batch(long... identities) {
        Buffer body = Buffer.buffer(identities.length * (BYTES + 1) + 1);
        for (long identity : identities) {
            body.appendByte((byte) (body.length() == 0 ? '[' : ','));
            body.appendBytes(event(session(identity), number(identity)));
        }
        return body.appendByte((byte) ']');
    }

    private static void write(byte[] event, int from, int digits, long value, int base) {
        long rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            event[i] = DIGITS[(int) (rest % base)];
            rest /= base;
        }
    }

    private static long read(byte[] event, int from, int digits) {
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(event[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static int at(String field) {
        return TEMPLATE.substring(0, TEMPLATE.indexOf(field)).getBytes(StandardCharsets.UTF_8).length;
    }
}

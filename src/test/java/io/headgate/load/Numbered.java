package io.headgate.load;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

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
    private static final String CONTEXT = "\"context\":{\"source\":\"google\",\"medium\":\"cpc\","
            + "\"campaign\":\"autumn-sale\",\"device_type\":\"web\",\"locale\":\"en-GB\",\"referrer\":"
            + "\"https://www.google.com/\",\"page\":\"https://shop.example/pricing?utm_source=google\","
            + "\"click_ids\":{\"gclid\":\"EAIaIQobChMI8d\"}}}";
    private static final String PAGE_VIEW =
            template("page_view", "{\"path\":\"/pricing\",\"title\":\"Preise \u2013 Blatt ##########\"}");
    private static final String LEAD =
            template("lead_submitted", "{\"form\":\"hero\",\"offer\":\"Angebot \u2013 ##########\"}");
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** Bytes of one page view. */
    static final int BYTES = PAGE_VIEW.getBytes(StandardCharsets.UTF_8).length;

    private final byte[] template;
    private final long run;
    private final int sessionInId;
    private final int numberInId;
    private final int session;
    private final int number;

    /** Page views of one run, whose ids differ from those of another. */
    Numbered(int run) {
        this(run, PAGE_VIEW);
    }

    private Numbered(int run, String template) {
        this.run = Integer.toUnsignedLong(run) * 0x9e3779b97f4a7c15L | 1;
        String digits = "%016x".formatted(this.run);
        String id = digits.substring(0, 8) + "-" + digits.substring(8, 12) + "-" + digits.substring(12);
        this.template = template.replace("RRRRRRRR-RRRR-RRRR", id).getBytes(StandardCharsets.UTF_8);
        this.sessionInId = at(template, "SSSS");
        this.numberInId = at(template, "NNNNNNNNNNNN");
        this.session = at(template, "#####\"");
        this.number = at(template, "##########");
    }

    /** Leads of one run, of which there may be no page views. */
    static Numbered leads(int run) {
        return new Numbered(run, LEAD);
    }

    /** The event with this number, 0 being the first. */
    byte[] event(int ofSession, long numbered) {
        byte[] event = template.clone();
        write(event, sessionInId, 4, ofSession, 16);
        write(event, numberInId, 12, numbered, 16);
        write(event, session, 5, ofSession, 10);
        write(event, number, 10, numbered, 10);
        return event;
    }

    /** Which event of this run has this id, as {@code session << 32 | number}; -1 when none has. */
    long identify(String eventId) {
        UUID id = UUID.fromString(eventId);
        long last = id.getLeastSignificantBits();
        long numbered = last & 0xffff_ffff_ffffL;
        boolean ours = id.getMostSignificantBits() == run && numbered <= Integer.MAX_VALUE;
        return ours ? last >>> 48 << 32 | numbered : -1;
    }

    /** Which event it is, as {@code session << 32 | number}; -1 for one that this run cannot have sent. */
    long identify(byte[] event) {
        if (event.length != template.length) {
            return -1;
        }
        long ofSession = read(event, sessionInId, 4);
        long numbered = read(event, numberInId, 12);
        boolean whole = ofSession >= 0
                && numbered >= 0
                && numbered <= Integer.MAX_VALUE
                && Arrays.equals(event, event((int) ofSession, numbered));
        return whole ? ofSession << 32 | numbered : -1;
    }

    static int session(long identity) {
        return (int) (identity >>> 32);
    }

    static int number(long identity) {
        return (int) identity;
    }

    /** A body of these events, in order. */
    Buffer batch(long... identities) {
        Buffer body = Buffer.buffer(identities.length * (template.length + 1) + 1);
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

    private static String template(String name, String properties) {
        return "{\"event_id\":\"" + ID + "\",\"timestamp\":\"2026-11-20T08:00:00.123Z\",\"event_name\":\"" + name
                + "\",\"session_id\":\"s-#####\",\"user_id\":null,\"anonymous_id\":\"a-5d1f0f6e2c\",\"properties\":"
                + properties + "," + CONTEXT;
    }

    private static int at(String template, String field) {
        return template.substring(0, template.indexOf(field)).getBytes(StandardCharsets.UTF_8).length;
    }
}

package io.headgate.loadtest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A run's events, about 470 bytes each: page views, leads, sign-ups, check-outs of visitors who came by advertisements,
 * newsletters or directly. Each is a function of the run's seed and its number, which stands in its id, so that an event
 * that is found on a stream tells which one it is and every byte that it must have:
 *
 * <pre>
 *   event_id   SSSSSSSS-SSSS-4SSS-8NNN-NNNNNNNNNNNN    of the seed, number (hexadecimal)
 *   session_id s-VVVVVVVV                              visit: a few neighbouring numbers
 *   timestamp  2026-11-20THH:MM:SS.mmmZ                seven milliseconds a number
 * </pre>
 *
 * <p>Immutable; safe for use by any thread.
 */
final class Events {
    private static final String ID = "SSSSSSSS-SSSS-4SSS-8NNN-NNNNNNNNNNNN";
    private static final String VISIT = "s-VVVVVVVV";
    private static final String TIME = "HH:MM:SS.mmm";
    private static final int EVENTS_A_VISIT = 3;
    private static final long MILLIS_A_NUMBER = 7;
    private static final long MILLIS_A_DAY = 86_400_000;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** What a visitor came by: the context's first members. */
    private static final List<String> CHANNELS = List.of(
            "\"source\":\"google\",\"medium\":\"cpc\",\"campaign\":\"autumn-sale\",\"term\":\"event gateway\","
                    + "\"click_ids\":{\"gclid\":\"EAIaIQobChMI8d7x2rKsiQMV\"}",
            "\"source\":\"facebook\",\"medium\":\"paid-social\",\"campaign\":\"lookalike-3\",\"content\":\"video-b\","
                    + "\"click_ids\":{\"fbclid\":\"IwAR2Qk0T9eVvX7m\"}",
            "\"source\":\"linkedin\",\"medium\":\"paid-social\",\"campaign\":\"webinar-november\","
                    + "\"click_ids\":{\"li_fat_id\":\"d1c2a7f0-5a3d-4e15\"}",
            "\"source\":\"tiktok\",\"medium\":\"paid-social\",\"campaign\":\"gen-z\",\"click_ids\":{\"ttclid\":\"E.C.P.Cq0BZ\"}",
            "\"source\":\"newsletter\",\"medium\":\"email\",\"campaign\":\"2026-11\",\"content\":\"Angebot für Käufer\"",
            "\"source\":\"direct\",\"medium\":\"none\",\"referrer\":\"https://www.bing.com/search?q=headgate\"");

    /** Name and properties; of twenty events so many are of each kind. */
    private enum Kind {
        PAGE_VIEW(
                11,
                "page_view",
                "\"path\":\"/pricing\",\"title\":\"Preise – ein Überblick\",\"category\":\"pricing\",\"load_ms\":412"),
        LEAD(3, "lead_submitted", "\"form\":\"contact\",\"offer\":\"demo\",\"value\":120.5,\"currency\":\"EUR\""),
        FEATURE(2, "feature_used", "\"feature\":\"export\",\"action\":\"csv\",\"count\":3,\"first_use\":false"),
        SIGNUP(1, "signup_started", "\"method\":\"email\",\"plan\":\"team-monthly\",\"trial\":true"),
        SIGNED_UP(1, "signup_completed", "\"method\":\"google\",\"plan\":\"team-monthly\",\"trial_days\":14"),
        CHECKOUT(
                1,
                "checkout_initiated",
                "\"amount\":588.0,\"currency\":\"EUR\",\"cart_id\":\"c-88120\",\"items\":1,\"interval\":\"year\""),
        PAYMENT(
                1,
                "payment_completed",
                "\"amount\":588.0,\"currency\":\"EUR\",\"tax\":93.88,\"method\":\"card\",\"renewal\":false");

        private final int share;
        private final String event;
        private final String properties;

        Kind(int share, String event, String properties) {
            this.share = share;
            this.event = event;
            this.properties = properties;
        }
    }

    private final long seed;
    private final List<Template> templates = new ArrayList<>();

    /**
     * Events of a run.
     *
     * @param leadsOnly whether all are {@code lead_submitted}
     */
    Events(long seed, boolean leadsOnly) {
        this.seed = seed;
        String digits = "%016x".formatted(new SplittableRandom(seed).nextLong());
        String id = digits.substring(0, 8) + "-" + digits.substring(8, 12) + "-4" + digits.substring(12, 15);
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < (leadsOnly ? kind == Kind.LEAD ? 1 : 0 : kind.share); i++) {
                CHANNELS.forEach(channel -> templates.add(new Template(kind, channel, id)));
            }
        }
    }

    /** The event with this number, 0 being the first, below 2^31. */
    byte[] event(long number) {
        return template(number).event(number);
    }

    /** Its {@code event_id}. */
    String id(long number) {
        Template any = templates.get(0);
        return new String(any.event(number), any.id, ID.length(), StandardCharsets.US_ASCII);
    }

    /** The number that the partition is of: {@link #crc16} of its session's id. */
    int slot(long number) {
        byte[] visit = VISIT.getBytes(StandardCharsets.US_ASCII);
        Template.writeVisit(visit, 2, number);
        return crc16(visit);
    }

    /** CRC16/XMODEM (polynomial 0x1021, start 0), the one that Redis Cluster takes: 0 to 65,535. */
    static int crc16(byte[] bytes) {
        int crc = 0;
        for (byte value : bytes) {
            crc ^= (value & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
            }
        }
        return crc & 0xffff;
    }

    /** The type of this event. */
    String name(long number) {
        return template(number).name;
    }

    /** Which number this event has by its id alone; -1 when it is none of this run. */
    long number(byte[] event) {
        Template any = templates.get(0);
        int id = indexOf(event, any.start());
        return id < 0 ? -1 : any.number(event, id);
    }

    private Template template(long number) {
        long mixed = (number + seed) * 0x9e3779b97f4a7c15L;
        return templates.get((int) ((mixed >>> 33) % templates.size()));
    }

    private static int indexOf(byte[] event, byte[] id) {
        for (int at = 0; at + ID.length() <= event.length; at++) {
            if (Arrays.equals(event, at, at + id.length, id, 0, id.length)) {
                return at;
            }
        }
        return -1;
    }

    /** One kind by one channel, as bytes, and where in them the number goes. */
    private static final class Template {
        private final String name;
        private final byte[] bytes;
        private final int id;
        private final int visit;
        private final int time;

        private Template(Kind kind, String channel, String runId) {
            String text = "{\"event_id\":\"" + ID + "\",\"timestamp\":\"2026-11-20T" + TIME + "Z\",\"event_name\":\""
                    + kind.event + "\",\"session_id\":\"" + VISIT
                    + "\",\"user_id\":null,\"anonymous_id\":\"a-5e7d1b20\","
                    + "\"properties\":{" + kind.properties + "},\"context\":{" + channel
                    + ",\"device_type\":\"web\",\"locale\":\"de-DE\","
                    + "\"page\":\"https://shop.example/pricing\"}}";
            this.name = kind.event;
            this.id = at(text, ID);
            this.visit = at(text, VISIT) + 2;
            this.time = at(text, TIME);
            this.bytes = text.replace("SSSSSSSS-SSSS-4SSS", runId).getBytes(StandardCharsets.UTF_8);
        }

        private byte[] event(long number) {
            byte[] event = bytes.clone();
            write(event, id + ID.length() - 12, 12, number, 16);
            write(event, id + ID.length() - 16, 3, 0, 16);
            writeVisit(event, visit, number);
            long millis = number * MILLIS_A_NUMBER % MILLIS_A_DAY;
            write(event, time, 2, millis / 3_600_000, 10);
            write(event, time + 3, 2, millis / 60_000 % 60, 10);
            write(event, time + 6, 2, millis / 1_000 % 60, 10);
            write(event, time + 9, 3, millis % 1_000, 10);
            return event;
        }

        /** The id's beginning, which all events of a run share. */
        private byte[] start() {
            return Arrays.copyOfRange(bytes, id, id + ID.indexOf("NNN"));
        }

        private long number(byte[] event, int at) {
            long value = 0;
            for (int i = at + ID.length() - 12; i < at + ID.length(); i++) {
                int digit = i < event.length ? Character.digit(event[i], 16) : -1;
                if (digit < 0) {
                    return -1;
                }
                value = value << 4 | digit;
            }
            return value;
        }

        private static int at(String text, String field) {
            return text.substring(0, text.indexOf(field)).getBytes(StandardCharsets.UTF_8).length;
        }

        private static void writeVisit(byte[] event, int from, long number) {
            write(event, from, 8, number / EVENTS_A_VISIT, 10);
        }

        private static void write(byte[] event, int from, int digits, long value, int base) {
            long rest = value;
            for (int i = from + digits - 1; i >= from; i--) {
                event[i] = DIGITS[(int) (rest % base)];
                rest /= base;
            }
        }
    }
}

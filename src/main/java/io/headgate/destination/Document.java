package io.headgate.destination;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.headgate.event.Slice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The form in which an event is delivered: one JSON object on one line, in UTF-8.
 *
 * <pre>
 *   {"event_id":"6f1c…","event_name":"page_view","source":"shop","received":"2026-11-21T10:00:00.123Z",
 *    "position":"2-1700000000000-5","event":{…}}
 * </pre>
 *
 * <p>The same bytes each time an event is delivered. The event within is not decoded and not written anew.
 */
final class Document {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Document() {}

    static byte[] of(Outgoing event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(event.json().length() + 256);
        write(event, out);
        return out.toByteArray();
    }

    /** <code>{"events":[…]}</code>, in this order. */
    static byte[] batch(List<Outgoing> events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
        String between = "{\"events\":[";
        for (Outgoing event : events) {
            text(between, out);
            write(event, out);
            between = ",";
        }
        text("]}", out);
        return out.toByteArray();
    }

    /** Each on a line of its own. */
    static byte[] lines(List<Outgoing> events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
        for (Outgoing event : events) {
            write(event, out);
            out.write('\n');
        }
        return out.toByteArray();
    }

    private static void write(Outgoing event, ByteArrayOutputStream out) {
        member("{\"event_id\":\"", event.eventId(), out);
        member("\",\"event_name\":\"", event.name(), out);
        member("\",\"source\":\"", event.source(), out);
        member("\",\"received\":\"", TIME.format(Instant.ofEpochMilli(event.receivedMillis())), out);
        member("\",\"position\":\"", event.position(), out);
        text("\",\"event\":", out);
        Slice json = event.json();
        out.write(json.array(), json.offset(), json.length());
        out.write('}');
    }

    private static void member(String before, String value, ByteArrayOutputStream out) {
        text(before, out);
        // escaped as characters first: half a surrogate pair becomes a question mark and not an exception
        text(new String(JsonStringEncoder.getInstance().quoteAsString(value)), out);
    }

    private static void text(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}

package io.headgate.destination;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.headgate.event.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event as a row, every value as the text that PostgreSQL is to read. A member of the event that has no column, or whose
 * column cannot hold what was posted, goes to {@code rest}, as it was posted: an offset from UTC, a nanosecond, a number
 * where a text is expected. So no event says more than its row.
 *
 * @param values by the names of the columns; null or not there: the route dropped it, or it was null
 */
record PgRow(Map<String, @Nullable String> values) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> TEXTS = Set.of("session_id", "user_id", "anonymous_id");
    private static final Set<String> OBJECTS = Set.of("properties", "context");

    /** A time that timestamptz keeps as it is: of UTC, no leap second, microseconds at most. */
    private static final Pattern EXACT_TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:[0-5]\\d(\\.\\d{1,6})?[Zz]");

    static PgRow of(Outgoing event) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        values.put("received_at", Instant.ofEpochMilli(event.receivedMillis()).toString());
        values.put("event_id", event.eventId());
        values.put("event_name", event.name());
        values.put("source", event.source());
        values.put("position", event.position());
        values.put("session_key", sessionKey(event));
        StringJoiner rest = new StringJoiner(",", "{", "}").setEmptyValue("");
        try (JsonParser json = JSON.createParser(
                event.json().array(), event.json().offset(), event.json().length())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                member(event, json, values, rest);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it has been read before
        }
        values.put("rest", rest.length() == 0 ? null : rest.toString());
        return new PgRow(values);
    }

    private static void member(Outgoing event, JsonParser json, Map<String, @Nullable String> values, StringJoiner rest)
            throws IOException {
        long nameAt = json.currentTokenLocation().getByteOffset();
        String name = json.currentName();
        JsonToken token = json.nextToken();
        long valueAt = json.currentTokenLocation().getByteOffset();
        String text = token == JsonToken.VALUE_STRING ? json.getText() : null;
        json.skipChildren();
        json.finishToken();
        long end = json.currentLocation().getByteOffset();
        if (token == JsonToken.VALUE_NULL && isColumn(name)) {
            return;
        }
        if (OBJECTS.contains(name)) {
            values.put(name, slice(event.json(), valueAt, end));
        } else if (!takes(event, name, text, values)) {
            rest.add(slice(event.json(), nameAt, end));
        }
    }

    /** Whether the columns hold all that this member says. */
    private static boolean takes(
            Outgoing event, String name, @Nullable String text, Map<String, @Nullable String> values) {
        if (text == null || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return false;
        }
        if (TEXTS.contains(name)) {
            values.put(name, text);
            return true;
        }
        if (name.equals("timestamp")) {
            values.put("event_time", text);
            return EXACT_TIME.matcher(text).matches();
        }
        return (name.equals("event_id") && text.equals(event.eventId()))
                || (name.equals("event_name") && text.equals(event.name()));
    }

    private static boolean isColumn(String name) {
        return TEXTS.contains(name) || OBJECTS.contains(name) || name.equals("timestamp");
    }

    /** Source and session in one, there also when the route drops the session. */
    private static String sessionKey(Outgoing event) {
        MessageDigest digest = BatchKey.sha256();
        BatchKey.part(event.source(), digest);
        BatchKey.part(event.sessionId(), digest);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new UUID(hash.getLong(), hash.getLong()).toString();
    }

    private static String slice(Slice json, long from, long to) {
        int start = Math.toIntExact(from);
        return new String(json.array(), json.offset() + start, Math.toIntExact(to) - start, StandardCharsets.UTF_8);
    }

    @Nullable
    String get(String column) {
        return values.get(Objects.requireNonNull(column));
    }
}

package io.headgate.destination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headgate.event.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Events on their way out. */
final class Events {
    static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:00.123Z");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Events() {}

    /** The same id for the same number. */
    static String id(int number) {
        return new UUID(0x6f1c_0000_0000_4000L, 0x8000_0000_0000_0000L | number).toString();
    }

    static Outgoing event(int number) {
        return event(number, RECEIVED);
    }

    static Outgoing event(int number, Instant received) {
        return event(number, "page_view", received);
    }

    static Outgoing event(int number, String name, Instant received) {
        return shaped(number, name, received, posted(number, name));
    }

    static List<Outgoing> events(int count) {
        return IntStream.range(0, count).mapToObj(Events::event).toList();
    }

    /** As somebody posts it. */
    static String posted(int number, String name) {
        return """
                {"event_id":"%s","timestamp":"2026-11-21T09:59:58Z","event_name":"%s","session_id":"s-%d",\
                "user_id":null,"anonymous_id":"a-1","properties":{"n":%d,"text":"grün 🚀"},\
                "context":{"source":"google","medium":"cpc","device_type":"web"}}"""
                .formatted(id(number), name, number, number);
    }

    /** With this as what its route made of it. */
    static Outgoing shaped(int number, String json) {
        return shaped(number, "page_view", RECEIVED, json);
    }

    private static Outgoing shaped(int number, String name, Instant received, String json) {
        return sent("shop", "s-" + number, number, name, received, json);
    }

    static Outgoing sent(String source, String session, int number, String name, Instant received, String json) {
        return new Outgoing(
                "2-" + received.toEpochMilli() + "-" + number,
                id(number),
                session,
                name,
                source,
                received.toEpochMilli(),
                Slice.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    static ObjectNode read(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}

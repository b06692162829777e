package io.headgate.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headgate.event.Slice;
import java.io.IOException;
import java.util.Optional;

/** Reads and writes events; numbers keep every digit. What is read was held to a stricter grammar at the door. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /** Empty for what is no JSON object. */
    static Optional<ObjectNode> object(Slice json) {
        try {
            JsonNode node = MAPPER.readTree(json.array(), json.offset(), json.length());
            return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** In UTF-8, on one line. */
    static Slice bytes(ObjectNode object) {
        try {
            return Slice.of(MAPPER.writeValueAsBytes(object));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    /** The same bytes, on one line: line breaks of valid JSON stand between tokens only. */
    static Slice onOneLine(Slice json) {
        byte[] copy = null;
        for (int i = 0; i < json.length(); i++) {
            byte b = json.array()[json.offset() + i];
            if (b == '\n' || b == '\r') {
                copy = copy == null ? json.copy(json.length()) : copy;
                copy[i] = ' ';
            }
        }
        return copy == null ? json : Slice.of(copy);
    }
}

package io.headgate.taxonomy;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.headgate.event.Fault;
import io.headgate.event.FaultCode;
import io.headgate.event.Slice;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one JSON document into a tree that is safe to hand to the validator library.
 *
 * <p>Numbers are exact. A float whose value is a whole number becomes an integer, for 1.0 is one by JSON Schema, and the
 * library compares integers exactly but wraps a decimal around at 64 bits. A number with more than
 * {@value #DIGITS_MAX} digits or an exponent beyond {@value #EXPONENT_MAX} is never converted: {@code 1e999999999}
 * written out would fill the heap. It is noted as a fault, and null stands in its place.
 *
 * <p>One instance reads one document.
 */
final class TreeReader {
    /** Digits of a number, the exponent's not counted. */
    static final int DIGITS_MAX = 1000;

    /** Of the exponent as written, either way. */
    static final int EXPONENT_MAX = 1000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String TOO_LARGE =
            "must be a number of at most " + DIGITS_MAX + " digits with an exponent of at most " + EXPONENT_MAX;

    private final JsonParser parser;
    private final List<Fault> numbers = new ArrayList<>();

    private TreeReader(JsonParser parser) {
        this.parser = parser;
    }

    /** The tree, and a fault for each number that was too large to read. */
    record Tree(JsonNode root, List<Fault> tooLarge) {}

    /** The document in the slice; {@link JsonParseException} if there is none, more than one, or a duplicate key. */
    static Tree read(StrictJson json, Slice document) throws IOException {
        try (JsonParser parser = json.parser(document.array(), document.offset(), document.length())) {
            TreeReader reader = new TreeReader(parser);
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new JsonParseException(parser, "nothing but white space");
            }
            JsonNode root = reader.value(first, "");
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "more than one value");
            }
            return new Tree(root, List.copyOf(reader.numbers));
        }
    }

    private JsonNode value(JsonToken token, String pointer) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(pointer);
            case START_ARRAY -> array(pointer);
            case VALUE_STRING -> TextNode.valueOf(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token, pointer);
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.getInstance();
            default -> throw new JsonParseException(parser, "a value was expected");
        };
    }

    private JsonNode object(String pointer) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonNode before = object.replace(name, value(parser.nextToken(), Pointers.append(pointer, name)));
            if (before != null) {
                throw new DuplicateKeyException(parser);
            }
        }
        return object;
    }

    private JsonNode array(String pointer) throws IOException {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token, pointer + "/" + array.size()));
        }
        return array;
    }

    private JsonNode number(JsonToken token, String pointer) throws IOException {
        String text = parser.getText();
        if (!readable(text)) {
            numbers.add(new Fault(FaultCode.SCHEMA, pointer, "", TOO_LARGE));
            return NullNode.getInstance();
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return text.length() <= 18
                    ? NODES.numberNode(Long.parseLong(text))
                    : NODES.numberNode(new BigInteger(text));
        }
        BigDecimal value = new BigDecimal(text);
        boolean whole = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
        if (!whole) {
            return DecimalNode.valueOf(value);
        }
        BigInteger integer = value.toBigIntegerExact();
        return integer.bitLength() < Long.SIZE ? NODES.numberNode(integer.longValue()) : NODES.numberNode(integer);
    }

    private static boolean readable(String text) {
        int mark = Math.max(text.indexOf('e'), text.indexOf('E'));
        int digits = mark < 0 ? text.length() : mark;
        // sign and point count as digits: near the limit the difference is nobody's business
        if (digits > DIGITS_MAX) {
            return false;
        }
        return mark < 0 || smallExponent(text, mark + 1);
    }

    private static boolean smallExponent(String text, int from) {
        int i = text.charAt(from) == '+' || text.charAt(from) == '-' ? from + 1 : from;
        int exponent = 0;
        for (; i < text.length(); i++) {
            exponent = exponent * 10 + text.charAt(i) - '0';
            if (exponent > EXPONENT_MAX) {
                return false;
            }
        }
        return true;
    }
}

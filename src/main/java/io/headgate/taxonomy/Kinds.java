package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;

/** The kinds of JSON values as bits of a set. An integer written with a fraction or an exponent counts as a float. */
final class Kinds {
    static final int OBJECT = 1;
    static final int ARRAY = 1 << 1;
    static final int STRING = 1 << 2;
    static final int INT = 1 << 3;
    static final int FLOAT = 1 << 4;
    static final int TRUE = 1 << 5;
    static final int FALSE = 1 << 6;
    static final int NULL = 1 << 7;
    static final int NUMBER = INT | FLOAT;
    static final int ALL = (1 << 8) - 1;

    private Kinds() {}

    /** Kinds that are certainly of the named types; a float may be an integer, but that takes more than a look. */
    static int ofTypes(JsonNode type) {
        if (type.isTextual()) {
            return ofType(type.textValue());
        }
        int kinds = 0;
        for (JsonNode one : type) {
            kinds |= ofType(one.asText());
        }
        return kinds;
    }

    private static int ofType(String type) {
        return switch (type) {
            case "object" -> OBJECT;
            case "array" -> ARRAY;
            case "string" -> STRING;
            case "integer" -> INT;
            case "number" -> NUMBER;
            case "boolean" -> TRUE | FALSE;
            case "null" -> NULL;
            default -> 0;
        };
    }
}

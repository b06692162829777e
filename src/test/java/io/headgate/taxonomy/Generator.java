package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes schemas and values at random, the same ones from the same seed. Both draw on the same few names, texts and
 * numbers, so that they often meet.
 */
final class Generator {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "#e", "");
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "ab",
            "web",
            "\uD83D\uDE00",
            "x\uD83D\uDE00y",
            "\uD800",
            "123456789",
            "6f1c0000-4b1e-4c7a-9d2f-5a3d9e110000",
            "6f1c0000-4b1e-4c7a-9d2f-5a3d9e11000g",
            "2026-11-20T08:00:00Z",
            "2026-02-29T08:00:00Z",
            "2024-02-29T23:59:60Z",
            "2026-11-20T08:00:00.123456789+01:00",
            "2026-11-20t08:00:00z",
            "2026-11-20");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "2",
            "3",
            "-1",
            "1.0",
            "1.5",
            "0.1",
            "1e2",
            "100",
            "1E400",
            "-1e400",
            "9007199254740993",
            "123456789012345678",
            "1234567890123456789012",
            "9223372036854775807",
            "1e-400",
            "0.30000000000000000001",
            "2.0e0");
    private static final List<String> TYPES =
            List.of("object", "object", "array", "string", "string", "number", "integer", "boolean", "null");
    private static final List<String> PATTERNS =
            List.of("^a", "b$", "^[0-9]+$", "e", "^.{0,3}$", "^[a-z_-]*$", "^[0-9a-f-]{36}$", "^[a-cw]{1,3}$");
    private static final List<String> FORMATS = List.of("uuid", "date-time", "date", "hostname", "no-such-format");

    private final Random random;

    Generator(long seed) {
        this.random = new Random(seed);
    }

    /** A schema in JSON, with definitions that it may refer to. */
    String schema() {
        String inner = "{" + members(3, false) + "}";
        String definition = "{" + members(1, true) + "}";
        String rest = inner.equals("{}") ? "}" : "," + inner.substring(1);
        return "{\"$defs\":{\"d\":" + definition + "}" + rest;
    }

    private String anySchema(int depth, boolean insideDefinition) {
        int choice = random.nextInt(12);
        if (choice == 0) {
            return "true";
        }
        if (choice == 1 && depth < 2) {
            return "false";
        }
        if (choice == 2 && !insideDefinition) {
            return "{\"$ref\":\"#/$defs/d\"" + (chance(3) ? "," + members(0, true) : "") + "}";
        }
        return "{" + members(depth, insideDefinition) + "}";
    }

    private String members(int depth, boolean insideDefinition) {
        List<String> members = new ArrayList<>();
        members.add("\"type\":" + type());
        if (chance(6)) {
            members.add(
                    chance(2)
                            ? "\"enum\":[" + scalar() + "," + scalar() + "," + scalar() + "]"
                            : "\"const\":" + scalar());
        }
        if (chance(2)) {
            members.add(one("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
                    + random.nextInt(4));
        }
        if (chance(3)) {
            members.add(one("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum") + pick(NUMBERS));
        }
        if (chance(8)) {
            members.add("\"pattern\":" + quoted(pick(PATTERNS)));
        }
        if (chance(6)) {
            members.add("\"format\":" + quoted(pick(FORMATS)));
        }
        if (chance(10)) {
            members.add("\"not\":{\"enum\":[" + scalar() + "," + scalar() + "]}");
        }
        if (depth > 0) {
            applicators(members, depth - 1, insideDefinition);
        }
        Collections.shuffle(members, random);
        Set<String> keywords = new HashSet<>();
        members.removeIf(member -> !keywords.add(member.substring(0, member.indexOf(':'))));
        return String.join(",", members);
    }

    private void applicators(List<String> members, int depth, boolean insideDefinition) {
        if (chance(2)) {
            members.add("\"properties\":{" + named(depth, insideDefinition) + "}");
        }
        if (chance(3)) {
            members.add("\"required\":[" + quoted(pick(NAMES)) + "]");
        }
        if (chance(3)) {
            members.add("\"additionalProperties\":" + (chance(2) ? "false" : anySchema(depth, insideDefinition)));
        }
        if (chance(3)) {
            members.add("\"items\":" + anySchema(depth, insideDefinition));
        }
        if (chance(5)) {
            members.add("\"allOf\":[" + anySchema(depth, insideDefinition) + "," + anySchema(depth, insideDefinition)
                    + "]");
        }
        if (chance(12)) {
            members.add(one("anyOf", "oneOf") + "[" + anySchema(depth, insideDefinition) + ","
                    + anySchema(depth, insideDefinition) + "]");
        }
        if (chance(12)) {
            members.add(one(
                            "if",
                            "then",
                            "else",
                            "contains",
                            "propertyNames",
                            "not",
                            "unevaluatedProperties",
                            "unevaluatedItems")
                    + anySchema(depth, insideDefinition));
        }
        if (chance(12)) {
            members.add(pick(List.of(
                    "\"uniqueItems\":true",
                    "\"multipleOf\":2",
                    "\"dependentRequired\":{\"a\":[\"b\"]}",
                    "\"patternProperties\":{\"^a\":{\"type\":\"string\"}}",
                    "\"prefixItems\":[{\"type\":\"string\"}]",
                    "\"x-note\":[1]")));
        }
    }

    private String named(int depth, boolean insideDefinition) {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        List<String> members = new ArrayList<>();
        for (String name : names.subList(0, 1 + random.nextInt(4))) {
            members.add(quoted(name) + ":" + anySchema(depth, insideDefinition));
        }
        return String.join(",", members);
    }

    private String type() {
        if (chance(5)) {
            List<String> types =
                    new ArrayList<>(List.of("object", "array", "string", "number", "integer", "boolean", "null"));
            Collections.shuffle(types, random);
            return "[" + quoted(types.get(0)) + "," + quoted(types.get(1)) + "," + quoted(types.get(2)) + "]";
        }
        return quoted(pick(TYPES));
    }

    /** A value in JSON, of a shape that the schema hints at. */
    String value(JsonNode schema, int depth) {
        String type = schema.path("type").isArray()
                ? schema.path("type").get(random.nextInt(3)).asText()
                : schema.path("type").asText();
        if (chance(8) || type.isEmpty()) {
            type = pick(TYPES);
        }
        if (chance(3) && schema.path("enum").isArray()) {
            return schema.path("enum")
                    .get(random.nextInt(schema.path("enum").size()))
                    .toString();
        }
        return switch (type) {
            case "object" -> depth == 0 ? "{}" : object(schema, depth - 1);
            case "array" -> depth == 0 ? "[]" : array(schema, depth - 1);
            case "string" -> quoted(pick(TEXTS));
            case "number", "integer" -> pick(NUMBERS);
            case "boolean" -> chance(2) ? "true" : "false";
            default -> "null";
        };
    }

    private String object(JsonNode schema, int depth) {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        List<String> members = new ArrayList<>();
        for (String name : names.subList(0, random.nextInt(4))) {
            members.add(quoted(name) + ":" + value(schema.path("properties").path(name), depth));
        }
        return "{" + String.join(",", members) + "}";
    }

    private String array(JsonNode schema, int depth) {
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(value(schema.path("items"), depth));
        }
        return "[" + String.join(",", items) + "]";
    }

    private String scalar() {
        return switch (random.nextInt(5)) {
            case 0 -> pick(NUMBERS);
            case 1 -> pick(List.of("true", "false", "null"));
            case 2 -> pick(List.of("[]", "{}", "[1]", "{\"a\":1}"));
            default -> quoted(pick(TEXTS));
        };
    }

    private String one(String... keywords) {
        return quoted(keywords[random.nextInt(keywords.length)]) + ":";
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted.append(Character.isSurrogate(c) ? String.format("\\u%04X", (int) c) : c);
        }
        return quoted.append('"').toString();
    }
}

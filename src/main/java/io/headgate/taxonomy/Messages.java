package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import io.headgate.event.Fault;
import io.headgate.event.FaultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns what the validator library reports into a fault that a person can act on: where, which keyword, what is allowed.
 *
 * <p>What is allowed comes from the schema and is said; what was sent is the client's and is never repeated. Where a
 * member is missing or should not be there, the pointer names that member, not the object around it.
 */
final class Messages {
    private static final int CHOICES_MAX = 20;
    private static final int TEXT_CHARS_MAX = 200;

    private static final Map<String, String> TYPES = Map.of(
            "object", "an object",
            "array", "an array",
            "string", "a string",
            "number", "a number",
            "integer", "a whole number",
            "boolean", "true or false",
            "null", "null");

    private static final Map<String, String> FORMATS = Map.of(
            "uuid", "a UUID",
            "date-time", "an RFC 3339 date-time such as 2026-11-20T08:00:00Z",
            "date", "a date such as 2026-11-20",
            "time", "an RFC 3339 time such as 08:00:00Z",
            "duration", "an ISO 8601 duration such as P1D",
            "email", "an email address",
            "hostname", "a host name",
            "ipv4", "an IPv4 address",
            "ipv6", "an IPv6 address",
            "uri", "a URI");

    private final SchemaSource schemas;

    Messages(SchemaSource schemas) {
        this.schemas = schemas;
    }

    /** Finds the schema object that a keyword stands in; a missing node where it cannot be found. */
    @FunctionalInterface
    interface SchemaSource {
        JsonNode around(ValidationMessage message);
    }

    Fault fault(ValidationMessage message) {
        String keyword = message.getType();
        String pointer = Pointers.of(message.getInstanceLocation());
        String member = message.getProperty();
        if (member != null && namesTheMember(keyword)) {
            pointer = Pointers.append(pointer, member);
        }
        return new Fault(FaultCode.SCHEMA, pointer, keyword, text(keyword, message));
    }

    private static boolean namesTheMember(String keyword) {
        return switch (keyword) {
            case "required", "additionalProperties", "unevaluatedProperties", "dependentRequired" -> true;
            default -> false;
        };
    }

    private String text(String keyword, ValidationMessage message) {
        JsonNode rule = message.getSchemaNode();
        return switch (keyword) {
            case "required" -> "is required";
            case "additionalProperties", "unevaluatedProperties", "false" -> notAllowed(message);
            case "type" -> "must be " + types(rule);
            case "enum" -> "must be one of " + choices(rule);
            case "const" -> "must be " + shown(rule);
            case "format" -> format(rule.asText());
            case "pattern" -> "must match the pattern " + shown(rule);
            case "not" ->
                rule.path("enum").isArray()
                        ? "must not be one of " + choices(rule.path("enum"))
                        : "must not be of the form that the schema excludes";
            case "anyOf" -> "must be of one of the forms that the schema lists";
            case "oneOf" -> "must be of exactly one of the forms that the schema lists";
            case "dependentRequired" -> "is required together with another member that is present";
            case "uniqueItems" -> "must not contain the same item twice";
            case "contains" -> "must contain an item of the form that the schema names";
            default -> limit(keyword, rule);
        };
    }

    private static String limit(String keyword, JsonNode rule) {
        String bound = shown(rule);
        return switch (keyword) {
            case "minLength" -> "must have at least " + count(bound, "character");
            case "maxLength" -> "must have at most " + count(bound, "character");
            case "minItems" -> "must have at least " + count(bound, "item");
            case "maxItems" -> "must have at most " + count(bound, "item");
            case "minProperties" -> "must have at least " + count(bound, "member");
            case "maxProperties" -> "must have at most " + count(bound, "member");
            case "minimum" -> "must be at least " + bound;
            case "maximum" -> "must be at most " + bound;
            case "exclusiveMinimum" -> "must be greater than " + bound;
            case "exclusiveMaximum" -> "must be less than " + bound;
            case "multipleOf" -> "must be a multiple of " + bound;
            default -> "does not satisfy the keyword " + keyword + " of the schema";
        };
    }

    private String notAllowed(ValidationMessage message) {
        String member = message.getProperty();
        if (member == null) {
            return "is not allowed here";
        }
        List<String> known = new ArrayList<>();
        schemas.around(message).path("properties").fieldNames().forEachRemaining(known::add);
        return Similar.to(member, known)
                .map(name -> "is not allowed here; did you mean " + name + "?")
                .orElse("is not allowed here");
    }

    private static String types(JsonNode rule) {
        if (rule.isTextual()) {
            return TYPES.getOrDefault(rule.textValue(), rule.textValue());
        }
        List<String> names = new ArrayList<>();
        rule.forEach(type -> names.add(TYPES.getOrDefault(type.asText(), type.asText())));
        if (names.size() < 2) {
            return String.join("", names);
        }
        String last = names.remove(names.size() - 1);
        return String.join(", ", names) + " or " + last;
    }

    private static String format(String name) {
        String known = FORMATS.get(name);
        return known == null ? "must be of the format " + name : "must be " + known;
    }

    private static String choices(JsonNode values) {
        List<String> shown = new ArrayList<>();
        values.forEach(value -> shown.add(shown(value)));
        String list = shown.stream().limit(CHOICES_MAX).collect(Collectors.joining(", "));
        return shown.size() > CHOICES_MAX ? list + " and " + (shown.size() - CHOICES_MAX) + " more" : list;
    }

    private static String shown(JsonNode rule) {
        String text = rule.isTextual() ? rule.textValue() : rule.toString();
        return text.length() > TEXT_CHARS_MAX ? text.substring(0, TEXT_CHARS_MAX) + "…" : text;
    }

    private static String count(String bound, String noun) {
        return bound + " " + (bound.equals("1") ? noun : noun + "s");
    }
}

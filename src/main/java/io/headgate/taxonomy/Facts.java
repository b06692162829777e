package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what several schemas say about one and the same value, keyword by keyword, save for what they say about the
 * values inside it. A keyword that is not known here takes away the certainty of every kind of value that it could
 * concern: that, and nothing else, is what makes the acceptor safe to be incomplete.
 */
final class Facts {
    private int kinds = Kinds.ALL;

    private int lengthMin;
    private int lengthMax = Integer.MAX_VALUE;
    private @Nullable Set<String> texts;
    private final Set<String> excludedTexts = new HashSet<>();
    private final List<String> patterns = new ArrayList<>();
    private boolean uuid;
    private boolean dateTime;

    private NumberRule.@Nullable Bound lower;
    private NumberRule.@Nullable Bound upper;
    private @Nullable Set<Long> integers;

    private int itemsMin;
    private int itemsMax = Integer.MAX_VALUE;
    private boolean itemsConstrained;

    private int membersMin;
    private int membersMax = Integer.MAX_VALUE;
    private boolean membersConstrained;

    /** Takes in one schema, which may be true or false. */
    void add(JsonNode schema) {
        if (!schema.isObject()) {
            uncertain(schema.asBoolean() ? 0 : Kinds.ALL);
            return;
        }
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            keyword(member.getKey(), member.getValue());
        }
    }

    private void keyword(String keyword, JsonNode value) {
        switch (keyword) {
            case "$schema" -> uncertain(value.asText().equals(SchemaId.V202012) ? 0 : Kinds.ALL);
            case "type" -> kinds &= Kinds.ofTypes(value);
            case "enum" -> only(value);
            case "const" -> only(List.of(value));
            case "not" -> exclude(value);
            case "minLength" -> lengthMin = Math.max(lengthMin, count(value, Kinds.STRING));
            case "maxLength" -> lengthMax = Math.min(lengthMax, count(value, Kinds.STRING));
            case "pattern" -> patterns.add(value.textValue());
            case "format" -> format(value.asText());
            case "minimum" -> lower = NumberRule.Bound.higher(lower, bound(value, false));
            case "exclusiveMinimum" -> lower = NumberRule.Bound.higher(lower, bound(value, true));
            case "maximum" -> upper = NumberRule.Bound.lower(upper, bound(value, false));
            case "exclusiveMaximum" -> upper = NumberRule.Bound.lower(upper, bound(value, true));
            case "items" -> itemsConstrained = true;
            case "minItems" -> items(count(value, Kinds.ARRAY), Integer.MAX_VALUE);
            case "maxItems" -> items(0, count(value, Kinds.ARRAY));
            case "properties", "required", "additionalProperties" -> membersConstrained = true;
            case "minProperties" -> members(count(value, Kinds.OBJECT), Integer.MAX_VALUE);
            case "maxProperties" -> members(0, count(value, Kinds.OBJECT));
            default -> uncertain(concerns(keyword));
        }
    }

    /** Kinds of values that a keyword without a case of its own may refuse. */
    private static int concerns(String keyword) {
        return switch (keyword) {
            case "$ref", "allOf", "$id", "$anchor" -> 0; // followed, or of no weight, in RuleCompiler
            case "multipleOf" -> Kinds.NUMBER;
            case "prefixItems", "contains", "minContains", "maxContains", "uniqueItems", "unevaluatedItems" ->
                Kinds.ARRAY;
            case "patternProperties",
                    "propertyNames",
                    "dependentRequired",
                    "dependentSchemas",
                    "unevaluatedProperties" -> Kinds.OBJECT;
            default -> Keywords.ANNOTATIONS.contains(keyword) || Keywords.extension(keyword) ? 0 : Kinds.ALL;
        };
    }

    private void uncertain(int concerned) {
        kinds &= ~concerned;
    }

    private void only(Iterable<JsonNode> values) {
        int listed = 0;
        Set<String> listedTexts = new HashSet<>();
        Set<Long> listedIntegers = new HashSet<>();
        for (JsonNode value : values) {
            if (value.isTextual()) {
                listed |= Kinds.STRING;
                listedTexts.add(value.textValue());
            } else if (value.canConvertToLong() && value.isIntegralNumber()) {
                listed |= Kinds.INT;
                listedIntegers.add(value.longValue());
            } else if (value.isBoolean()) {
                listed |= value.booleanValue() ? Kinds.TRUE : Kinds.FALSE;
            } else if (value.isNull()) {
                listed |= Kinds.NULL;
            }
        }
        kinds &= listed;
        texts = common(texts, listedTexts);
        integers = common(integers, listedIntegers);
    }

    private static <T> Set<T> common(@Nullable Set<T> a, Set<T> b) {
        if (a != null) {
            b.retainAll(a);
        }
        return b;
    }

    /** {@code not} is followed where it lists texts, and leaves everything else uncertain. */
    private void exclude(JsonNode schema) {
        JsonNode values = schema.path("enum");
        if (schema.size() != 1 || !values.isArray()) {
            uncertain(Kinds.ALL);
            return;
        }
        for (JsonNode value : values) {
            if (value.isTextual()) {
                excludedTexts.add(value.textValue());
            } else {
                uncertain(Kinds.ALL & ~Kinds.STRING);
            }
        }
    }

    private void format(String name) {
        switch (name) {
            case "uuid" -> uuid = true;
            case "date-time" -> dateTime = true;
            default -> uncertain(Kinds.STRING);
        }
    }

    private int count(JsonNode value, int concerned) {
        if (!value.canConvertToInt() || !value.isIntegralNumber()) {
            uncertain(concerned);
            return 0;
        }
        return value.intValue();
    }

    private NumberRule.Bound bound(JsonNode value, boolean exclusive) {
        return new NumberRule.Bound(value.decimalValue(), exclusive);
    }

    private void items(int min, int max) {
        itemsConstrained = true;
        itemsMin = Math.max(itemsMin, min);
        itemsMax = Math.min(itemsMax, max);
    }

    private void members(int min, int max) {
        membersConstrained = true;
        membersMin = Math.max(membersMin, min);
        membersMax = Math.min(membersMax, max);
    }

    int kinds() {
        return kinds;
    }

    @Nullable
    TextRule text() {
        boolean free = lengthMin == 0
                && lengthMax == Integer.MAX_VALUE
                && texts == null
                && excludedTexts.isEmpty()
                && patterns.isEmpty()
                && !uuid
                && !dateTime;
        return free ? null : new TextRule(lengthMin, lengthMax, texts, excludedTexts, patterns, uuid, dateTime);
    }

    @Nullable
    NumberRule number() {
        return lower == null && upper == null && integers == null ? null : new NumberRule(lower, upper, integers);
    }

    @Nullable
    ItemsRule items() {
        return itemsConstrained ? new ItemsRule(itemsMin, itemsMax) : null;
    }

    @Nullable
    MembersRule members(List<String> names, Set<String> required) {
        return membersConstrained ? new MembersRule(names, required, membersMin, membersMax) : null;
    }
}

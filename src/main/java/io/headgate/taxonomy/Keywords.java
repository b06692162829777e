package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The vocabulary of JSON Schema 2020-12: which keywords there are, and in which of them schemas stand. */
final class Keywords {
    /** Their value maps names to schemas. */
    static final Set<String> MAPS = Set.of("$defs", "properties", "patternProperties", "dependentSchemas");

    /** Their value is a list of schemas. */
    static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");

    /** Their value is a schema. */
    static final Set<String> SINGLES = Set.of(
            "items",
            "contains",
            "additionalProperties",
            "propertyNames",
            "unevaluatedItems",
            "unevaluatedProperties",
            "not",
            "if",
            "then",
            "else",
            "contentSchema");

    /** They say something about a schema and refuse no value. */
    static final Set<String> ANNOTATIONS = Set.of(
            "title",
            "description",
            "default",
            "deprecated",
            "readOnly",
            "writeOnly",
            "examples",
            "$comment",
            "$defs",
            "contentEncoding",
            "contentMediaType",
            "contentSchema");

    private static final Set<String> OTHERS = Set.of(
            "$schema",
            "$id",
            "$anchor",
            "$ref",
            "$dynamicRef",
            "$dynamicAnchor",
            "$vocabulary",
            "type",
            "enum",
            "const",
            "multipleOf",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxContains",
            "minContains",
            "maxProperties",
            "minProperties",
            "required",
            "dependentRequired",
            "format");

    private Keywords() {}

    /** Every keyword of the draft, in order. */
    static List<String> all() {
        Set<String> all = new TreeSet<>(OTHERS);
        all.addAll(MAPS);
        all.addAll(LISTS);
        all.addAll(SINGLES);
        all.addAll(ANNOTATIONS);
        return List.copyOf(all);
    }

    static boolean extension(String keyword) {
        return keyword.startsWith("x-");
    }

    /** A schema inside another, and the pointer to it. */
    record Inner(String pointer, JsonNode schema) {}

    /** The schemas directly inside this one, wherever the draft has schemas; not those of enum, const or examples. */
    static List<Inner> inside(JsonNode schema, String pointer) {
        List<Inner> inner = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String keyword = member.getKey();
            String at = Pointers.append(pointer, keyword);
            if (MAPS.contains(keyword)) {
                for (Map.Entry<String, JsonNode> named : member.getValue().properties()) {
                    inner.add(new Inner(Pointers.append(at, named.getKey()), named.getValue()));
                }
            } else if (LISTS.contains(keyword)) {
                int index = 0;
                for (JsonNode item : member.getValue()) {
                    inner.add(new Inner(at + "/" + index++, item));
                }
            } else if (SINGLES.contains(keyword)) {
                inner.add(new Inner(at, member.getValue()));
            }
        }
        return inner;
    }
}

package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Finds schemas that apply themselves to the very value they are applied to: no validator comes to an end with them. */
final class RefCycles {
    private static final Set<String> IN_PLACE_LISTS = Set.of("allOf", "anyOf", "oneOf");
    private static final Set<String> IN_PLACE_SINGLES = Set.of("not", "if", "then", "else");

    private final Documents documents;
    private final JsonNode sought;
    private final Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private RefCycles(Documents documents, JsonNode sought) {
        this.documents = documents;
        this.sought = sought;
    }

    static boolean throughItself(Documents documents, String file, JsonNode schema) {
        return new RefCycles(documents, schema).reaches(file, schema);
    }

    private boolean reaches(String file, JsonNode schema) {
        if (!schema.isObject() || !seen.add(schema)) {
            return false;
        }
        JsonNode reference = schema.path("$ref");
        if (reference.isTextual()) {
            var target = documents.resolve(file, reference.textValue());
            if (target.isPresent() && arrives(target.get().file(), target.get().schema())) {
                return true;
            }
        }
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            if (IN_PLACE_SINGLES.contains(member.getKey()) && arrives(file, member.getValue())) {
                return true;
            }
            boolean several =
                    IN_PLACE_LISTS.contains(member.getKey()) || member.getKey().equals("dependentSchemas");
            if (several && anyArrives(file, member.getValue())) {
                return true;
            }
        }
        return false;
    }

    private boolean anyArrives(String file, JsonNode schemas) {
        for (JsonNode schema : schemas) {
            if (arrives(file, schema)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // an equal schema elsewhere is another schema
    private boolean arrives(String file, JsonNode schema) {
        return schema == sought || reaches(file, schema);
    }
}

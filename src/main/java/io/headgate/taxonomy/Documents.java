package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The schema files of a taxonomy as trees, and the way from a {@code $ref} to the schema that it names. */
final class Documents {
    /** A schema, and the file that its references start from. */
    record Place(String file, JsonNode schema) {}

    private final Map<String, JsonNode> roots;

    Documents(Map<String, JsonNode> roots) {
        this.roots = new TreeMap<>(roots);
    }

    Map<String, JsonNode> roots() {
        return roots;
    }

    Place root(String file) {
        JsonNode root = roots.get(file);
        if (root == null) {
            throw new IllegalArgumentException("no such schema file: " + file);
        }
        return new Place(file, root);
    }

    /**
     * What a reference names: {@code #}, {@code #/a/pointer}, {@code file.json} or {@code file.json#/a/pointer}. Empty
     * when there is no such thing, and for whatever only a full resolver could follow (anchors, schemas that move their
     * own base by {@code $id}).
     */
    Optional<Place> resolve(String file, String reference) {
        int hash = reference.indexOf('#');
        String target = hash < 0 ? reference : reference.substring(0, hash);
        String fragment = hash < 0 ? "" : reference.substring(hash + 1);
        JsonNode start = roots.get(file);
        if (start == null || ownsResources(start, true) || (!target.isEmpty() && start.has("$id"))) {
            return Optional.empty();
        }
        String targetFile = target.isEmpty() ? file : target;
        JsonNode root = roots.get(targetFile);
        if (root == null || ownsResources(root, true)) {
            return Optional.empty();
        }
        return at(root, fragment).map(schema -> new Place(targetFile, schema));
    }

    /** Whether a schema below the root has an identity, and so a base, of its own. */
    static boolean ownsResources(JsonNode schema, boolean root) {
        if (!root && schema.isObject() && schema.has("$id")) {
            return true;
        }
        for (JsonNode child : schema) {
            if (ownsResources(child, false)) {
                return true;
            }
        }
        return false;
    }

    /** What a pointer fragment names in a document, percent signs decoded; empty for an anchor. */
    static Optional<JsonNode> at(JsonNode root, String fragment) {
        if (fragment.isEmpty()) {
            return Optional.of(root);
        }
        if (fragment.charAt(0) != '/') {
            return Optional.empty();
        }
        try {
            JsonNode found = root.at(percentDecoded(fragment));
            return found.isMissingNode() ? Optional.empty() : Optional.of(found);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                decoded.write(encoded[i]);
            } else if (i + 2 < encoded.length) {
                decoded.write(Integer.parseInt(text(encoded, i + 1), 16));
                i += 2;
            } else {
                throw new IllegalArgumentException("a percent sign without two hexadecimal digits");
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes, int offset) {
        return new String(bytes, offset, 2, StandardCharsets.UTF_8);
    }
}

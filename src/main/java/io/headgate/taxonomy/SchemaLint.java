package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaId;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What a schema file may be by the metaschema and still is a mistake: a keyword or a format that nobody checks, a
 * reference that leads nowhere or back to itself, an annotation of the wrong type.
 *
 * <p>Why unknown keywords are refused although the draft has them ignored: {@code "requierd"} would switch off a check in
 * silence. Whoever wants notes of their own begins them with {@code x-}.
 */
final class SchemaLint {
    /** Those that are checked in linear time. */
    private static final List<String> FORMATS = List.of(
            "date",
            "date-time",
            "duration",
            "email",
            "hostname",
            "ipv4",
            "ipv6",
            "time",
            "uri",
            "uri-reference",
            "uuid");

    private final Documents documents;
    private final Set<String> files;
    private final String file;
    private final List<String> faults;
    private final List<String> keywords = Keywords.all();

    /** @param files names of all files, also of those that could not be read and are no documents */
    SchemaLint(Documents documents, Set<String> files, String file, List<String> faults) {
        this.documents = documents;
        this.files = files;
        this.file = file;
        this.faults = faults;
    }

    void check() {
        JsonNode root = documents.root(file).schema();
        schema(root, "");
        annotations(root);
    }

    private void schema(JsonNode schema, String pointer) {
        for (Iterator<String> names = schema.fieldNames(); names.hasNext(); ) {
            String keyword = names.next();
            if (!keywords.contains(keyword) && !Keywords.extension(keyword)) {
                unknown(keyword, pointer);
            }
        }
        dialect(schema, pointer);
        format(schema, pointer);
        reference(schema, pointer);
        for (Keywords.Inner inner : Keywords.inside(schema, pointer)) {
            schema(inner.schema(), inner.pointer());
        }
    }

    private void unknown(String keyword, String pointer) {
        String hint = Similar.to(keyword, keywords)
                .map(name -> "; did you mean " + name + "?")
                .orElse("; notes of your own must begin with x-");
        fault(Pointers.append(pointer, keyword), "is no keyword of JSON Schema 2020-12" + hint);
    }

    private void dialect(JsonNode schema, String pointer) {
        JsonNode dialect = schema.path("$schema");
        if (dialect.isTextual() && !dialect.textValue().equals(SchemaId.V202012)) {
            fault(pointer + "/$schema", "must be " + SchemaId.V202012);
        }
    }

    private void format(JsonNode schema, String pointer) {
        JsonNode format = schema.path("format");
        if (format.isTextual() && !FORMATS.contains(format.textValue())) {
            fault(pointer + "/format", "must be one of " + String.join(", ", FORMATS));
        }
    }

    private void reference(JsonNode schema, String pointer) {
        JsonNode reference = schema.path("$ref");
        JsonNode root = documents.root(file).schema();
        if (!reference.isTextual()
                || Documents.ownsResources(root, true)
                || anchor(reference.textValue())
                || unreadable(reference.textValue())) {
            return;
        }
        if (documents.resolve(file, reference.textValue()).isEmpty()) {
            fault(
                    pointer + "/$ref",
                    "leads nowhere: must be #/... or one of the files "
                            + String.join(", ", documents.roots().keySet()) + ", and nothing is ever fetched");
        } else if (RefCycles.throughItself(documents, file, schema)) {
            fault(pointer + "/$ref", "leads back to itself without going down into the value");
        }
    }

    /** What such a file has is not known, and its own fault is told already. */
    private boolean unreadable(String reference) {
        int hash = reference.indexOf('#');
        String target = hash < 0 ? reference : reference.substring(0, hash);
        return files.contains(target) && !documents.roots().containsKey(target);
    }

    /** Anchors are left to the library, which says so if there is none. */
    private static boolean anchor(String reference) {
        int hash = reference.indexOf('#');
        return hash >= 0 && hash + 1 < reference.length() && reference.charAt(hash + 1) != '/';
    }

    private void annotations(JsonNode root) {
        JsonNode lead = root.path("x-lead");
        if (!lead.isMissingNode() && !lead.isBoolean()) {
            fault("/x-lead", "must be true or false");
        }
        for (String name : List.of("x-version", "x-owner")) {
            JsonNode text = root.path(name);
            if (!text.isMissingNode() && (!text.isTextual() || text.textValue().isBlank())) {
                fault("/" + name, "must be a string that is not blank, such as \"1\"");
            }
        }
    }

    private void fault(String pointer, String message) {
        faults.add(file + ": " + pointer + " " + message);
    }
}

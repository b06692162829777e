package io.headgate.taxonomy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import io.headgate.event.Fault;
import io.headgate.event.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes a taxonomy of schema files, or says everything that is wrong with them. One instance compiles once. */
final class TaxonomyCompiler {
    static final String SUFFIX = ".json";

    /** What files refer to each other by; a name that no server can ever have. */
    private static final String BASE = "https://taxonomy.invalid/";

    private static final String ENVELOPE_FILE = Taxonomy.ENVELOPE + SUFFIX;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final int VERSION_CHARS = 12;

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, JsonNode> roots = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    TaxonomyCompiler(Map<String, byte[]> files) {
        files.forEach((name, content) -> this.files.put(name, content.clone()));
    }

    Taxonomy compile() throws TaxonomyException {
        checkNames();
        files.forEach(this::read);
        Documents documents = new Documents(roots);
        Library library = new Library(addresses());
        holdToMetaSchema(library);
        roots.keySet().forEach(file -> new SchemaLint(documents, files.keySet(), file, faults).check());
        if (roots.containsKey(ENVELOPE_FILE)) {
            EnvelopeLint.check(documents.root(ENVELOPE_FILE).schema(), ENVELOPE_FILE, faults);
        }
        stopAtFaults();
        Map<String, JsonSchema> schemas = build(library);
        stopAtFaults();
        Map<String, EventType> types = types();
        return new Taxonomy(
                version(),
                files,
                types,
                schemas,
                RootRules.compile(documents, ENVELOPE_FILE, types),
                new Messages(this::around));
    }

    private void checkNames() {
        if (!files.containsKey(ENVELOPE_FILE)) {
            faults.add(ENVELOPE_FILE + ": is missing; it is the schema that every event is held to");
        }
        if (files.keySet().stream().allMatch(ENVELOPE_FILE::equals)) {
            faults.add("no event type: at least one file such as page_view.json is needed beside " + ENVELOPE_FILE);
        }
        for (String file : files.keySet()) {
            if (!file.endsWith(SUFFIX) || !NAME.matcher(typeName(file)).matches()) {
                faults.add(file + ": must be called after its event_name, a lower-case letter and up to 63 letters, "
                        + "digits and underscores, followed by " + SUFFIX);
            }
        }
    }

    private void read(String file, byte[] content) {
        int malformed = Utf8.firstMalformed(content, 0, content.length);
        if (malformed >= 0) {
            faults.add(file + ": is not UTF-8 at byte " + malformed + ", or begins with a byte order mark");
            return;
        }
        try {
            TreeReader.Tree tree = TreeReader.read(new StrictJson(), Slice.of(content));
            for (Fault fault : tree.tooLarge()) {
                faults.add(file + ": " + fault.pointer() + " " + fault.message());
            }
            if (tree.root() instanceof ObjectNode schema) {
                // files find each other by file name, whatever they call themselves
                schema.remove("$id");
                roots.put(file, schema);
            } else {
                faults.add(file + ": must be a JSON object, the schema of the whole event");
            }
        } catch (JsonProcessingException e) {
            faults.add(file + ": is not strict JSON: " + e.getOriginalMessage() + ", line "
                    + e.getLocation().getLineNr() + " column " + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new AssertionError("bytes in memory cannot fail", e);
        }
    }

    private void holdToMetaSchema(Library library) {
        JsonSchema metaSchema = library.metaSchema();
        Messages words = new Messages(this::around);
        roots.forEach((file, root) -> {
            for (ValidationMessage message : Library.validate(metaSchema, root)) {
                Fault fault = words.fault(message);
                boolean pattern = fault.pointer().endsWith("/pattern");
                faults.add(file + ": " + fault.pointer() + " "
                        + (pattern
                                ? "must be a pattern that RE2 takes (no look-around, no back-references)"
                                : fault.message()));
            }
        });
    }

    private Map<String, JsonSchema> build(Library library) {
        Map<String, JsonSchema> schemas = new TreeMap<>();
        for (String file : roots.keySet()) {
            try {
                schemas.put(typeName(file), library.schema(BASE + file));
            } catch (RuntimeException | StackOverflowError e) {
                faults.add(file + ": cannot be built: " + e.getMessage());
            }
        }
        return schemas;
    }

    private Map<String, JsonNode> addresses() {
        Map<String, JsonNode> addresses = new TreeMap<>();
        roots.forEach((file, root) -> addresses.put(BASE + file, root));
        return addresses;
    }

    private JsonNode around(ValidationMessage message) {
        String address = String.valueOf(message.getSchemaLocation().getAbsoluteIri());
        JsonNode node = roots.get(address.startsWith(BASE) ? address.substring(BASE.length()) : "");
        var fragment = message.getSchemaLocation().getFragment();
        for (int i = 0; node != null && i < fragment.getNameCount() - 1; i++) {
            Object step = fragment.getElement(i);
            node = step instanceof Integer index ? node.get(index) : node.get(step.toString());
        }
        return node == null ? MissingNode.getInstance() : node;
    }

    private Map<String, EventType> types() {
        Map<String, EventType> types = new TreeMap<>();
        roots.forEach((file, root) -> {
            if (!file.equals(ENVELOPE_FILE)) {
                String name = typeName(file);
                boolean lead = root.path("x-lead").booleanValue();
                types.put(
                        name,
                        new EventType(
                                name,
                                root.path("x-version").textValue(),
                                lead,
                                root.path("x-owner").textValue(),
                                root.path("title").textValue()));
            }
        });
        return types;
    }

    private String version() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                digest.update((name + '\0' + content.length + '\0').getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static String typeName(String file) {
        return file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
    }

    private void stopAtFaults() throws TaxonomyException {
        if (!faults.isEmpty()) {
            throw new TaxonomyException(faults);
        }
    }
}

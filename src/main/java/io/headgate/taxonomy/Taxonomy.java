package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import io.headgate.event.Fault;
import io.headgate.event.FaultCode;
import io.headgate.event.Rejection;
import io.headgate.event.Slice;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The event types in force, compiled. Immutable, and safe for use by any thread; a reload makes another one.
 *
 * <p>An event is held to two schemas at once, that of the envelope and that of its type. There are two ways to ask:
 * {@link #newScanner} is fast and says "certainly valid" or nothing; {@link #explain} asks the validator library, decides
 * and gives reasons. Whoever gets no certainty from the first asks the second.
 */
public final class Taxonomy {
    /** The file that every event is held to. */
    static final String ENVELOPE = "envelope";

    private final String version;
    private final Map<String, byte[]> files;
    private final Map<String, EventType> types;
    private final Map<String, JsonSchema> schemas;
    private final RootRules rules;
    private final Messages messages;
    private final StrictJson json = new StrictJson();

    Taxonomy(
            String version,
            Map<String, byte[]> files,
            Map<String, EventType> types,
            Map<String, JsonSchema> schemas,
            RootRules rules,
            Messages messages) {
        this.version = version;
        this.files = new TreeMap<>(files);
        this.types = new TreeMap<>(types);
        this.schemas = Map.copyOf(schemas);
        this.rules = rules;
        this.messages = messages;
    }

    /**
     * Compiles schema files; the whole or nothing of them.
     *
     * @param files contents by file name: {@code envelope.json}, and {@code NAME.json} for each event type
     * @throws TaxonomyException with every fault of every file
     */
    public static Taxonomy compile(Map<String, byte[]> files) throws TaxonomyException {
        return new TaxonomyCompiler(files).compile();
    }

    /** Twelve hexadecimal digits that change whenever a file's name or a byte of it does. */
    public String version() {
        return version;
    }

    /** The type of that {@code event_name}. */
    public Optional<EventType> type(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** Every type, by name. */
    public List<EventType> types() {
        return List.copyOf(types.values());
    }

    /** The bytes of a type's schema file, or of the envelope's by the name {@code envelope}. */
    public Optional<byte[]> schema(String name) {
        byte[] file = files.get(name + TaxonomyCompiler.SUFFIX);
        return file == null ? Optional.empty() : Optional.of(file.clone());
    }

    /** A scanner for one thread. */
    public EventScanner newScanner() {
        return new EventScanner(rules);
    }

    /**
     * The validator library's verdict on an event, with reasons.
     *
     * <p>Pointers lead to the value at fault; for a missing member and for one that is not allowed they name that member.
     * A number too large to be read safely is a fault whatever the schemas say, see {@link TreeReader}.
     *
     * @param event one JSON value, in UTF-8
     * @param type its type; null to hold it to the envelope only
     * @return at most {@value Rejection#FAULTS_MAX} faults, none if the event is valid; a single
     *     {@link FaultCode#NOT_JSON} if the slice is no JSON after all
     */
    public List<Fault> explain(Slice event, @Nullable EventType type) {
        TreeReader.Tree tree;
        try {
            tree = TreeReader.read(json, event);
        } catch (IOException e) {
            return List.of(Fault.of(FaultCode.NOT_JSON, "is not one JSON value of the strict kind"));
        }
        if (!tree.tooLarge().isEmpty()) {
            return tree.tooLarge().stream().limit(Rejection.FAULTS_MAX).toList();
        }
        Set<Fault> faults = new LinkedHashSet<>(violations(ENVELOPE, tree.root()));
        if (type != null) {
            faults.addAll(violations(type.name(), tree.root()));
        }
        if (faults.isEmpty()) {
            EventIds.fault(tree.root()).ifPresent(faults::add);
        }
        return faults.stream().limit(Rejection.FAULTS_MAX).toList();
    }

    private List<Fault> violations(String name, JsonNode event) {
        JsonSchema schema = schemas.get(name);
        if (schema == null) {
            throw new IllegalArgumentException("the taxonomy has no type " + name);
        }
        Set<ValidationMessage> found;
        try {
            found = Library.validate(schema, event);
        } catch (RuntimeException | StackOverflowError e) {
            // the library gave up on this value; it stays the authority, and it did not call the value valid
            return List.of(Fault.of(FaultCode.SCHEMA, "could not be checked against the schema of " + name));
        }
        return found.stream().map(messages::fault).toList();
    }
}

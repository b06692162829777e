package io.headgate.taxonomy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a whole event: one for the envelope alone, which is what can be said until {@code event_name} has been
 * read, and one for the envelope and a type together, for each type. In all of them the envelope's members have the same
 * numbers. Immutable, shared by all scanners.
 */
final class RootRules {
    /**
     * The rule for an event of a type.
     *
     * @param narrowed the envelope's members, as bits, that the type asks more of than the envelope does
     */
    record TypeRule(EventType type, boolean possible, MembersRule members, long narrowed) {}

    private final MembersRule envelope;
    private final Map<String, TypeRule> types;
    private final int eventId;
    private final int eventName;
    private final int sessionId;

    private RootRules(MembersRule envelope, Map<String, TypeRule> types) {
        this.envelope = envelope;
        this.types = Map.copyOf(types);
        this.eventId = envelope.number("event_id");
        this.eventName = envelope.number("event_name");
        this.sessionId = envelope.number("session_id");
    }

    static RootRules compile(Documents documents, String envelopeFile, Map<String, EventType> types) {
        RuleCompiler compiler = new RuleCompiler(documents);
        Documents.Place envelopeSchema = documents.root(envelopeFile);
        MembersRule envelope = members(compiler.compile(List.of(envelopeSchema)));
        Map<String, TypeRule> rules = new HashMap<>();
        types.forEach((name, type) -> {
            Documents.Place schema = documents.root(name + TaxonomyCompiler.SUFFIX);
            Rule rule = compiler.compile(List.of(envelopeSchema, schema));
            MembersRule members = members(rule);
            boolean possible = (rule.kinds() & Kinds.OBJECT) != 0;
            rules.put(name, new TypeRule(type, possible, members, narrowed(envelope, members)));
        });
        return new RootRules(envelope, rules);
    }

    private static MembersRule members(Rule rule) {
        MembersRule members = rule.members();
        if (members == null) {
            throw new IllegalArgumentException("an envelope that EnvelopeLint let pass has properties");
        }
        return members;
    }

    /** Rules for the same schemas are the same object, see {@link RuleCompiler}. */
    @SuppressWarnings("ReferenceEquality")
    private static long narrowed(MembersRule envelope, MembersRule members) {
        long narrowed = 0;
        for (int number = 0; number < envelope.known(); number++) {
            if (envelope.rule(number) != members.rule(number)) {
                narrowed |= 1L << number;
            }
        }
        return narrowed;
    }

    MembersRule envelope() {
        return envelope;
    }

    @Nullable
    TypeRule type(String name) {
        return types.get(name);
    }

    int eventId() {
        return eventId;
    }

    int eventName() {
        return eventName;
    }

    int sessionId() {
        return sessionId;
    }
}

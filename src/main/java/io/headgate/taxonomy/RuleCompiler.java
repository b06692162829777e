package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.headgate.taxonomy.Documents.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles schemas into the {@link Rule} of a value that all of them apply to.
 *
 * <p>References and {@code allOf} are unfolded first, so that a rule is made of a flat list of schemas. The same list
 * gives the same rule, which is what ends the recursion of schemas that contain themselves.
 *
 * <p>The price of a wrong rule is an invalid event on the stream; the price of a missing one is time. So whatever is not
 * understood becomes {@code false} here, for which nothing is certain.
 */
final class RuleCompiler {
    private static final JsonNode NOTHING_CERTAIN = BooleanNode.FALSE;

    private final Documents documents;
    private final Map<Identities, Rule> made = new HashMap<>();

    RuleCompiler(Documents documents) {
        this.documents = documents;
    }

    /** A list of schemas, compared as objects and not as text. */
    private record Identities(List<JsonNode> schemas) {
        @Override
        @SuppressWarnings("ReferenceEquality") // an equal schema elsewhere may refer to other files
        public boolean equals(Object other) {
            if (!(other instanceof Identities that) || that.schemas.size() != schemas.size()) {
                return false;
            }
            for (int i = 0; i < schemas.size(); i++) {
                if (schemas.get(i) != that.schemas.get(i)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int hashCode() {
            int hash = 1;
            for (JsonNode schema : schemas) {
                hash = hash * 31 + System.identityHashCode(schema);
            }
            return hash;
        }
    }

    Rule compile(List<Place> conjunction) {
        List<Place> flat = new ArrayList<>();
        Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        conjunction.forEach(place -> unfold(place, flat, seen));
        if (flat.isEmpty()) {
            return Rule.ANY;
        }
        Identities identities = new Identities(flat.stream().map(Place::schema).toList());
        Rule known = made.get(identities);
        return known == null ? make(flat, identities) : known;
    }

    private void unfold(Place place, List<Place> flat, Set<JsonNode> seen) {
        JsonNode schema = place.schema();
        if (schema.isBoolean()) {
            if (!schema.booleanValue()) {
                flat.add(place);
            }
            return;
        }
        if (!seen.add(schema)) {
            return;
        }
        flat.add(place);
        JsonNode reference = schema.path("$ref");
        if (reference.isTextual()) {
            Optional<Place> target = documents.resolve(place.file(), reference.textValue());
            unfold(target.orElse(new Place(place.file(), NOTHING_CERTAIN)), flat, seen);
        }
        for (JsonNode part : schema.path("allOf")) {
            unfold(new Place(place.file(), part), flat, seen);
        }
    }

    private Rule make(List<Place> flat, Identities identities) {
        Facts facts = new Facts();
        Set<String> names = new LinkedHashSet<>();
        Set<String> required = new LinkedHashSet<>();
        for (Place place : flat) {
            facts.add(place.schema());
            place.schema().path("properties").fieldNames().forEachRemaining(names::add);
            place.schema().path("required").forEach(name -> required.add(name.asText()));
            names.addAll(required);
        }
        boolean tooMany = names.size() > MembersRule.KNOWN_MAX;
        List<String> known = names.stream().limit(MembersRule.KNOWN_MAX).toList();
        int kinds = tooMany ? facts.kinds() & ~Kinds.OBJECT : facts.kinds();
        ItemsRule items = facts.items();
        MembersRule members = facts.members(known, required);
        Rule rule = new Rule(kinds, facts.text(), facts.number(), items, members);
        made.put(identities, rule);
        if (items != null) {
            items.complete(compile(inner(flat, "items")));
        }
        if (members != null) {
            complete(members, known, flat);
        }
        return rule;
    }

    private void complete(MembersRule members, List<String> known, List<Place> flat) {
        for (int number = 0; number < known.size(); number++) {
            List<Place> schemas = new ArrayList<>();
            for (Place place : flat) {
                JsonNode named = place.schema().path("properties").path(known.get(number));
                JsonNode applies = named.isMissingNode() ? place.schema().path("additionalProperties") : named;
                if (!applies.isMissingNode()) {
                    schemas.add(new Place(place.file(), applies));
                }
            }
            members.complete(number, compile(schemas));
        }
        members.completeAdditional(compile(inner(flat, "additionalProperties")));
    }

    private static List<Place> inner(List<Place> flat, String keyword) {
        List<Place> inner = new ArrayList<>();
        for (Place place : flat) {
            JsonNode schema = place.schema().path(keyword);
            if (!schema.isMissingNode()) {
                inner.add(new Place(place.file(), schema));
            }
        }
        return inner;
    }
}

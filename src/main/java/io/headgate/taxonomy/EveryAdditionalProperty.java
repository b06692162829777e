package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbstractKeyword;
import com.networknt.schema.AdditionalPropertiesValidator;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code additionalProperties} for every member. The library passes over names that begin with a hash sign, so that a
 * closed object would take {@code "#anything"}.
 */
final class EveryAdditionalProperty extends AdditionalPropertiesValidator {
    private static final String HASH = "#";

    private final @Nullable JsonSchema additional;
    private final JsonSchema parent;

    private EveryAdditionalProperty(
            SchemaLocation location,
            JsonNodePath path,
            JsonNode keyword,
            JsonSchema parent,
            ValidationContext context) {
        super(location, path, keyword, parent, context);
        this.parent = parent;
        this.additional = keyword.isObject() ? context.newSchema(location, path, keyword, parent) : null;
    }

    @Override
    protected Set<ValidationMessage> validate(
            ExecutionContext context, JsonNode value, JsonNode root, JsonNodePath instance, boolean walk) {
        Set<ValidationMessage> faults = super.validate(context, value, root, instance, walk);
        if (!value.isObject()) {
            return faults;
        }
        Set<ValidationMessage> all = new LinkedHashSet<>(faults);
        for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.startsWith(HASH) && !declared(name)) {
                all.addAll(undeclared(context, value, root, instance, name));
            }
        }
        return all;
    }

    private boolean declared(String name) {
        JsonNode schema = parent.getSchemaNode();
        if (schema.path("properties").has(name)) {
            return true;
        }
        for (Iterator<String> patterns = schema.path("patternProperties").fieldNames(); patterns.hasNext(); ) {
            if (RegularExpression.compile(patterns.next(), validationContext).matches(name)) {
                return true;
            }
        }
        return false;
    }

    private Set<ValidationMessage> undeclared(
            ExecutionContext context, JsonNode value, JsonNode root, JsonNodePath instance, String name) {
        if (additional != null) {
            return additional.validate(context, value.path(name), root, instance.append(name));
        }
        if (schemaNode.booleanValue()) {
            return Set.of();
        }
        return Set.of(message()
                .instanceNode(value)
                .property(name)
                .instanceLocation(instance)
                .locale(context.getExecutionConfig().getLocale())
                .failFast(context.isFailFast())
                .arguments(name)
                .build());
    }

    /** The keyword, to be put in place of the library's own. */
    static final class Word extends AbstractKeyword {
        Word() {
            super("additionalProperties");
        }

        @Override
        public JsonValidator newValidator(
                SchemaLocation location,
                JsonNodePath path,
                JsonNode keyword,
                JsonSchema parent,
                ValidationContext context) {
            return new EveryAdditionalProperty(location, path, keyword, parent, context);
        }
    }
}

package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbstractKeyword;
import com.networknt.schema.BaseJsonValidator;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.ValidatorTypeCode;
import java.math.BigDecimal;
import java.util.Set;

/**
 * {@code multipleOf} by exact division. The library divides integers as doubles: 2^53+1 passes as a multiple of two, and
 * an integer of 400 digits throws.
 */
final class ExactMultipleOf extends BaseJsonValidator {
    private final BigDecimal divisor;

    private ExactMultipleOf(
            SchemaLocation location,
            JsonNodePath path,
            JsonNode keyword,
            JsonSchema parent,
            ValidationContext context) {
        super(location, path, keyword, parent, ValidatorTypeCode.MULTIPLE_OF, context);
        this.divisor = keyword.decimalValue();
    }

    @Override
    public Set<ValidationMessage> validate(
            ExecutionContext context, JsonNode value, JsonNode root, JsonNodePath instance) {
        if (!value.isNumber() || value.decimalValue().remainder(divisor).signum() == 0) {
            return Set.of();
        }
        return Set.of(message()
                .instanceNode(value)
                .instanceLocation(instance)
                .locale(context.getExecutionConfig().getLocale())
                .failFast(context.isFailFast())
                .arguments(divisor)
                .build());
    }

    /** The keyword, to be put in place of the library's own. */
    static final class Word extends AbstractKeyword {
        Word() {
            super("multipleOf");
        }

        @Override
        public JsonValidator newValidator(
                SchemaLocation location,
                JsonNodePath path,
                JsonNode keyword,
                JsonSchema parent,
                ValidationContext context) {
            return new ExactMultipleOf(location, path, keyword, parent, context);
        }
    }
}

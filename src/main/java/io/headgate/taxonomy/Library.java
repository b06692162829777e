package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.Keyword;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.Vocabularies;
import com.networknt.schema.Vocabulary;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.InputStreamSource;
import com.networknt.schema.serialization.JsonNodeReader;
import io.headgate.event.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The validator library (networknt), set up the one way that Headgate uses it: draft 2020-12, formats asserted, patterns
 * on RE2/J, every fault collected, English, and nothing ever fetched: a reference leads to the documents handed in, to
 * the drafts' own metaschemas in the library's jar, or nowhere.
 *
 * <p>Two keywords are replaced, because the library's own break its promise: see {@link EveryAdditionalProperty} and
 * {@link ExactMultipleOf}.
 */
final class Library {
    private static final String METASCHEMAS = "classpath:draft";

    private final Map<String, JsonNode> documents;
    private final JsonSchemaFactory factory;
    private final SchemaValidatorsConfig config;

    /** @param documents schemas by their absolute address */
    Library(Map<String, JsonNode> documents) {
        this.documents = Map.copyOf(documents);
        this.config = SchemaValidatorsConfig.builder()
                .formatAssertionsEnabled(true)
                .regularExpressionFactory(Library::linearTime)
                .failFast(false)
                .locale(Locale.ENGLISH)
                .pathType(PathType.JSON_POINTER)
                .build();
        JsonMetaSchema dialect = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                .vocabularyFactory(Library::mended)
                .format(new LinearHostname())
                // SchemaLint has refused what is neither a keyword nor a note of somebody's own
                .unknownKeywordFactory((name, context) -> new NonValidationKeyword(name))
                .build();
        this.factory = JsonSchemaFactory.builder()
                .defaultMetaSchemaIri(SchemaId.V202012)
                .metaSchema(dialect)
                .schemaLoaders(loaders -> loaders.add(this::load))
                .jsonNodeReader(new ExactReader())
                .build();
    }

    /** The schema at that address, with all that it refers to; {@link JsonSchemaException} if it cannot be built. */
    JsonSchema schema(String address) {
        JsonSchema schema = factory.getSchema(SchemaLocation.of(address), config);
        // the factory does this too, but keeps what goes wrong to itself
        schema.initializeValidators();
        return schema;
    }

    /** The metaschema that every schema file is held to. */
    JsonSchema metaSchema() {
        return schema(SchemaId.V202012);
    }

    static Set<ValidationMessage> validate(JsonSchema schema, JsonNode value) {
        return schema.validate(value);
    }

    private @Nullable InputStreamSource load(AbsoluteIri address) {
        JsonNode document = documents.get(address.toString());
        if (document != null) {
            return () -> new DocumentStream(document);
        }
        if (address.toString().startsWith(METASCHEMAS)) {
            return null;
        }
        throw new JsonSchemaException("nothing is fetched, and no file of the taxonomy is called " + address);
    }

    /** One of the draft's vocabularies with the keywords replaced; keywords set on the dialect itself would not win. */
    private static @Nullable Vocabulary mended(String address) {
        Vocabulary vocabulary = Vocabularies.getVocabulary(address);
        if (vocabulary == null) {
            return null;
        }
        Keyword[] keywords =
                vocabulary.getKeywords().stream().map(Library::mended).toArray(Keyword[]::new);
        return new Vocabulary(address, keywords);
    }

    private static Keyword mended(Keyword keyword) {
        return switch (keyword.getValue()) {
            case "additionalProperties" -> new EveryAdditionalProperty.Word();
            case "multipleOf" -> new ExactMultipleOf.Word();
            default -> keyword;
        };
    }

    private static RegularExpression linearTime(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return text -> pattern.matcher(text).find();
    }

    /**
     * Carries a document through the library, which wants to read a stream. Written out and read again it would not be the
     * same: a lone surrogate has no form in UTF-8, and 1e1000 has too many digits.
     */
    private static final class DocumentStream extends InputStream {
        private final JsonNode document;

        DocumentStream(JsonNode document) {
            this.document = document;
        }

        @Override
        public int read() {
            return -1;
        }
    }

    /** Hands back documents as they are, and reads metaschemas as events are read. */
    private static final class ExactReader implements JsonNodeReader {
        private final StrictJson json = new StrictJson();

        @Override
        public JsonNode readTree(String content, InputFormat format) throws IOException {
            return TreeReader.read(json, Slice.of(content.getBytes(StandardCharsets.UTF_8)))
                    .root();
        }

        @Override
        public JsonNode readTree(InputStream content, InputFormat format) throws IOException {
            if (content instanceof DocumentStream stream) {
                return stream.document;
            }
            return TreeReader.read(json, Slice.of(content.readAllBytes())).root();
        }
    }
}

package io.headgate.taxonomy;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;

/**
 * The one way in which JSON is read: RFC 8259 to the letter, in UTF-8, nested at most {@value #DEPTH_MAX} deep.
 *
 * <p>Refuses comments, single quotes, NaN, leading zeros, trailing commas, a byte order mark. Does not look for
 * duplicate keys, for Jackson's own search costs nearly as much as the tokens: {@link EventScanner} does that. Does not
 * check the UTF-8 inside strings that nobody reads: {@link Utf8} does that, once for a whole body. Has no limit on the
 * length of a number, a name or a string but that of the body.
 *
 * <p>Safe for use by any thread. Parsers share the table of member names, which Jackson bounds and guards against
 * names chosen to collide.
 */
public final class StrictJson {
    /** Objects and arrays inside one another, the outermost counted. */
    public static final int DEPTH_MAX = 32;

    private final JsonFactory factory = new Utf8Factory(new JsonFactoryBuilder()
            // interned names live in a table of the whole process, which strangers could fill
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build()));

    /**
     * A parser over a part of the array, before its first token. The array is neither copied nor written to; it must be
     * UTF-8 by {@link Utf8#firstMalformed}.
     */
    public JsonParser parser(byte[] utf8, int offset, int length) throws IOException {
        return factory.createParser(utf8, offset, length);
    }

    /** Skips Jackson's guess at the encoding, which takes a zero byte among the first four for UTF-16 or UTF-32. */
    private static final class Utf8Factory extends JsonFactory {
        Utf8Factory(JsonFactoryBuilder builder) {
            super(builder);
        }

        @Override
        protected JsonParser _createParser(byte[] data, int offset, int length, IOContext context) {
            context.setEncoding(JsonEncoding.UTF8);
            ByteQuadsCanonicalizer names = _byteSymbolCanonicalizer.makeChildOrPlaceholder(_factoryFeatures);
            return new UTF8StreamJsonParser(
                    context, _parserFeatures, null, _objectCodec, names, data, offset, offset + length, 0, false);
        }
    }
}

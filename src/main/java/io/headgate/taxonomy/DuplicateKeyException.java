package io.headgate.taxonomy;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;

/**
 * An object names a member twice. Which of the two counts differs from reader to reader, so neither may be stored.
 * The location is that of the second one; the message does not repeat the name, which is the client's.
 */
public final class DuplicateKeyException extends JsonParseException {
    DuplicateKeyException(JsonParser parser) {
        super(parser, "an object has the same member twice");
    }
}

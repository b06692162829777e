package io.headgate.taxonomy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one event from a parser in one pass. One instance belongs to one thread. */
public final class EventScanner {
    private final RootRules rules;
    private @Nullable String eventId;
    private @Nullable String eventName;
    private @Nullable String sessionId;
    private boolean batchMember;

    EventScanner(RootRules rules) {
        this.rules = rules;
    }

    /** Reads the event whose START_OBJECT is the parser's current token, through its END_OBJECT. */
    public void scan(JsonParser parser) throws IOException {
        eventId = null;
        eventName = null;
        sessionId = null;
        batchMember = false;
        Set<String> names = new HashSet<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (!names.add(name)) {
                throw new DuplicateKeyException(parser);
            }
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING) {
                switch (name) {
                    case "event_id" -> eventId = parser.getText();
                    case "event_name" -> eventName = parser.getText();
                    case "session_id" -> sessionId = parser.getText();
                    default -> {}
                }
            }
            batchMember |= name.equals("batch");
            skip(parser);
        }
    }

    /** Consumes the value whose first token is the parser's current one. */
    public void skip(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Set<String> names = new HashSet<>();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                if (!names.add(name)) {
                    throw new DuplicateKeyException(parser);
                }
                parser.nextToken();
                skip(parser);
            }
        } else if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                skip(parser);
            }
        }
    }

    public @Nullable String eventId() {
        return eventId;
    }

    public @Nullable String eventName() {
        return eventName;
    }

    public @Nullable String sessionId() {
        return sessionId;
    }

    public @Nullable EventType type() {
        return eventName == null ? null : rules.types().get(eventName);
    }

    public boolean certainlyValid() {
        return false;
    }

    public boolean hasBatchMember() {
        return batchMember;
    }
}

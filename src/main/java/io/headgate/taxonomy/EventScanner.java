package io.headgate.taxonomy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one event after the other from a token stream: whether it is certainly valid, and the few texts of it that the
 * gateway needs, in one pass and without a tree.
 *
 * <p>"Certainly valid" means that the validator library would call it valid too. Anything else means nothing:
 * {@link Taxonomy#explain} decides. A member that the type narrows and that stood before {@code event_name} is one reason
 * for that, so senders that name the type first are served fastest.
 *
 * <p>One instance belongs to one thread. What the getters tell is of the last event scanned.
 */
public final class EventScanner {
    private static final String WRAPPER = "batch";

    private final RootRules rules;
    private final Acceptor acceptor = new Acceptor();

    private @Nullable String eventId;
    private @Nullable String eventName;
    private @Nullable String sessionId;
    private RootRules.@Nullable TypeRule type;
    private boolean certain;
    private boolean batchMember;

    EventScanner(RootRules rules) {
        this.rules = rules;
    }

    /**
     * Reads the event that the parser stands on the START_OBJECT of, through its END_OBJECT.
     *
     * @throws DuplicateKeyException if any object in it has a member twice
     * @throws IOException as the parser does, on a fault of syntax; the parser is of no more use then
     */
    public void scan(JsonParser parser) throws IOException {
        reset();
        MembersRule members = rules.envelope();
        MemberNames names = acceptor.names();
        int start = names.open();
        Set<String> many = null;
        long seen = 0;
        int count = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            int number = members.number(name);
            Rule member;
            if (number >= 0) {
                long bit = 1L << number;
                if ((seen & bit) != 0) {
                    throw new DuplicateKeyException(parser);
                }
                if (token == JsonToken.VALUE_STRING) {
                    note(parser, number, seen, count);
                    members = type == null ? members : type.members();
                }
                seen |= bit;
                member = members.rule(number);
            } else {
                many = names.add(parser, name, start, many);
                batchMember |= name.equals(WRAPPER);
                member = members.additional();
            }
            count++;
            certain &= acceptor.value(parser, token, certain ? member : Rule.ANY);
        }
        names.close(start);
        certain &= type != null && type.possible() && members.fits(seen, count);
    }

    /**
     * Reads the value that the parser stands on, whatever it is, to its end; what {@link #scan} throws, this throws.
     */
    public void skip(JsonParser parser) throws IOException {
        acceptor.accepts(parser, Rule.ANY);
    }

    private void reset() {
        acceptor.names().reset();
        eventId = null;
        eventName = null;
        sessionId = null;
        type = null;
        certain = true;
        batchMember = false;
    }

    /** Keeps a text that the gateway needs; the event's name also brings its type. */
    private void note(JsonParser parser, int number, long seen, int count) throws IOException {
        if (number == rules.eventName()) {
            String name = parser.getText();
            eventName = name;
            type = rules.type(name);
            // what came before was held to the envelope only; an unknown member may be known to the type
            boolean allKnown = Long.bitCount(seen) == count;
            certain &= type != null && allKnown && (seen & type.narrowed()) == 0;
        } else if (number == rules.sessionId()) {
            sessionId = parser.getText();
        } else if (number == rules.eventId()) {
            String id = parser.getText();
            eventId = id;
            certain &= !EventIds.nilOrMax(id);
        }
    }

    /** The text of {@code event_id}, if there is one; not yet known to be a UUID unless the event is valid. */
    public @Nullable String eventId() {
        return eventId;
    }

    /** The text of {@code event_name}, if there is one. */
    public @Nullable String eventName() {
        return eventName;
    }

    /** The text of {@code session_id}, if there is one, its escapes decoded. */
    public @Nullable String sessionId() {
        return sessionId;
    }

    /** The type that {@code event_name} names, if the taxonomy has it. */
    public @Nullable EventType type() {
        return type == null ? null : type.type();
    }

    /** Whether the event is of a known type and valid beyond doubt. */
    public boolean certainlyValid() {
        return certain;
    }

    /** Whether the object has a member {@code batch}, and so may be a wrapper of events and no event itself. */
    public boolean hasBatchMember() {
        return batchMember;
    }
}

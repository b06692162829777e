package io.headgate.taxonomy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value from the token stream and says whether it is certainly valid by a rule, without building anything.
 *
 * <p>The value is always read to its end, and a name twice in one object is always refused, whatever becomes of the
 * certainty. Recursion ends at {@link StrictJson#DEPTH_MAX}, where the parser stops.
 *
 * <p>One instance belongs to one thread.
 */
final class Acceptor {
    private final MemberNames names = new MemberNames();

    /** The value that the parser stands on, alone. */
    boolean accepts(JsonParser parser, Rule rule) throws IOException {
        names.reset();
        return value(parser, parser.currentToken(), rule);
    }

    MemberNames names() {
        return names;
    }

    /** The value that begins with this token. */
    boolean value(JsonParser parser, JsonToken token, Rule rule) throws IOException {
        return switch (token) {
            case VALUE_STRING ->
                is(Kinds.STRING, rule) && (rule.text() == null || rule.text().accepts(parser));
            case VALUE_NUMBER_INT -> intAccepted(parser, rule);
            case VALUE_NUMBER_FLOAT -> floatAccepted(parser, rule);
            case VALUE_TRUE -> is(Kinds.TRUE, rule);
            case VALUE_FALSE -> is(Kinds.FALSE, rule);
            case VALUE_NULL -> is(Kinds.NULL, rule);
            case START_OBJECT -> object(parser, rule);
            case START_ARRAY -> array(parser, rule);
            default -> throw new IllegalStateException("the parser does not stand on a value but on " + token);
        };
    }

    private static boolean is(int kind, Rule rule) {
        return (rule.kinds() & kind) != 0;
    }

    private static boolean intAccepted(JsonParser parser, Rule rule) throws IOException {
        NumberRule number = rule.number();
        return is(Kinds.INT, rule)
                && parser.getTextLength() <= TreeReader.DIGITS_MAX
                && (number == null || number.acceptsInt(parser));
    }

    private static boolean floatAccepted(JsonParser parser, Rule rule) throws IOException {
        NumberRule number = rule.number();
        return is(Kinds.FLOAT, rule) && certainlyReadable(parser) && (number == null || number.acceptsFloat(parser));
    }

    /** Whether {@link TreeReader} would take this float; its exponent has three digits at most. */
    private static boolean certainlyReadable(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length > TreeReader.DIGITS_MAX) {
            return false;
        }
        char[] chars = parser.getTextCharacters();
        int end = parser.getTextOffset() + length;
        for (int i = parser.getTextOffset(); i < end; i++) {
            if (chars[i] == 'e' || chars[i] == 'E') {
                boolean signed = chars[i + 1] == '-' || chars[i + 1] == '+';
                return end - i - 1 - (signed ? 1 : 0) <= 3;
            }
        }
        return true;
    }

    private boolean object(JsonParser parser, Rule rule) throws IOException {
        MembersRule members = rule.members();
        if (members == null || !is(Kinds.OBJECT, rule)) {
            freeObject(parser);
            return is(Kinds.OBJECT, rule);
        }
        boolean certain = true;
        long seen = 0;
        int count = 0;
        int start = names.open();
        Set<String> many = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            int number = members.number(name);
            Rule member;
            if (number >= 0) {
                long bit = 1L << number;
                if ((seen & bit) != 0) {
                    throw new DuplicateKeyException(parser);
                }
                seen |= bit;
                member = members.rule(number);
            } else {
                many = names.add(parser, name, start, many);
                member = members.additional();
            }
            count++;
            certain &= value(parser, parser.nextToken(), certain ? member : Rule.ANY);
        }
        names.close(start);
        return certain && members.fits(seen, count);
    }

    private void freeObject(JsonParser parser) throws IOException {
        int start = names.open();
        @Nullable Set<String> many = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            many = names.add(parser, name, start, many);
            value(parser, parser.nextToken(), Rule.ANY);
        }
        names.close(start);
    }

    private boolean array(JsonParser parser, Rule rule) throws IOException {
        boolean certain = is(Kinds.ARRAY, rule);
        ItemsRule items = rule.items();
        Rule item = items == null ? Rule.ANY : items.item();
        int count = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            certain &= value(parser, token, certain ? item : Rule.ANY);
            count++;
        }
        return certain && (items == null || items.fits(count));
    }
}

package io.headgate.taxonomy;

import com.fasterxml.jackson.core.JsonParser;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a string must be to be certainly valid. Lengths are in code points. */
final class TextRule {
    private static final int COMPARED_ONE_BY_ONE_MAX = 16;

    private final int lengthMin;
    private final int lengthMax;
    private final String @Nullable [] choices;
    private final @Nullable Set<String> manyChoices;
    private final String[] excluded;
    private final PlainPattern[] plainPatterns;
    private final List<Pattern> patterns;
    private final boolean uuid;
    private final boolean dateTime;

    TextRule(
            int lengthMin,
            int lengthMax,
            @Nullable Set<String> choices,
            Set<String> excluded,
            List<String> patterns,
            boolean uuid,
            boolean dateTime) {
        this.lengthMin = lengthMin;
        this.lengthMax = lengthMax;
        boolean few = choices != null && choices.size() <= COMPARED_ONE_BY_ONE_MAX;
        this.choices = choices != null && few ? choices.toArray(String[]::new) : null;
        this.manyChoices = choices != null && !few ? Set.copyOf(choices) : null;
        this.excluded = excluded.toArray(String[]::new);
        this.plainPatterns =
                patterns.stream().flatMap(p -> PlainPattern.of(p).stream()).toArray(PlainPattern[]::new);
        this.patterns = patterns.stream()
                .filter(p -> PlainPattern.of(p).isEmpty())
                .map(Pattern::compile)
                .toList();
        this.uuid = uuid;
        this.dateTime = dateTime;
    }

    /** Whether the string that the parser stands on is certainly valid. Makes a {@link String} only if it must. */
    boolean accepts(JsonParser parser) throws IOException {
        char[] chars = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        int length = parser.getTextLength();
        return lengthFits(chars, offset, length)
                && (choices == null || isOneOf(choices, chars, offset, length))
                && (excluded.length == 0 || !isOneOf(excluded, chars, offset, length))
                && (!uuid || Formats.certainlyUuid(chars, offset, length))
                && (!dateTime || Formats.certainlyDateTime(chars, offset, length))
                && (plainPatterns.length == 0 || plainlyMatches(chars, offset, length))
                && (manyChoices == null || manyChoices.contains(parser.getText()))
                && (patterns.isEmpty() || matches(parser.getText()));
    }

    private boolean lengthFits(char[] chars, int offset, int length) {
        // a code point is one char or two: most strings need no counting
        if (length <= lengthMax && (lengthMin == 0 || (length + 1) / 2 >= lengthMin)) {
            return true;
        }
        if (length < lengthMin) {
            return false;
        }
        int points = Character.codePointCount(chars, offset, length);
        return points >= lengthMin && points <= lengthMax;
    }

    private static boolean isOneOf(String[] candidates, char[] chars, int offset, int length) {
        for (String candidate : candidates) {
            if (candidate.length() == length && same(candidate, chars, offset)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(String candidate, char[] chars, int offset) {
        for (int i = 0; i < candidate.length(); i++) {
            if (candidate.charAt(i) != chars[offset + i]) {
                return false;
            }
        }
        return true;
    }

    private boolean plainlyMatches(char[] chars, int offset, int length) {
        for (PlainPattern pattern : plainPatterns) {
            if (!pattern.matches(chars, offset, length)) {
                return false;
            }
        }
        return true;
    }

    private boolean matches(String text) {
        for (Pattern pattern : patterns) {
            if (!pattern.matcher(text).find()) {
                return false;
            }
        }
        return true;
    }
}

package io.headgate.outbound;

import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What must never be seen of the other side: its keys, and its address, whose path alone lets anybody post to Slack. A server
 * may well repeat them in an error. Immutable.
 */
public final class Secrets {
    /** A shorter part of a path is a word rather than a key, and hiding it would tear sentences. */
    private static final int PART_CHARS_MIN = 8;

    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]+");
    private static final String HIDDEN = "***";

    /** The longest first, for one may be a part of another. */
    private final List<String> hidden;

    /** @param keys whatever else is secret; empty ones are none */
    public Secrets(URI url, Collection<String> keys) {
        this.hidden = Stream.concat(keys.stream(), ofUrl(url))
                .filter(secret -> !secret.isBlank())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Stream<String> ofUrl(URI url) {
        List<String> parts = Stream.of(url.getRawPath(), url.getPath(), url.getRawQuery(), url.getQuery())
                .filter(Objects::nonNull)
                .toList();
        Stream<String> pieces = parts.stream()
                .flatMap(part -> Stream.of(part.split("[/?&=;]", -1)))
                .filter(piece -> piece.length() >= PART_CHARS_MIN);
        Stream<String> whole = Stream.concat(Stream.of(url.toString()), parts.stream())
                .filter(part -> part.length() >= PART_CHARS_MIN);
        return Stream.concat(whole, pieces);
    }

    /** The same text with every secret in it replaced. */
    public String hide(String text) {
        String shown = text;
        for (String secret : hidden) {
            shown = shown.replace(secret, HIDDEN);
        }
        return shown;
    }

    /**
     * The beginning of what a server said, on one line: what cannot be printed becomes a space, secrets are hidden, and it
     * is cut after that many characters, in this order, so that no secret is cut in two and missed.
     */
    public String excerpt(String said, int charsMax) {
        String line = UNPRINTABLE.matcher(said).replaceAll(" ").strip();
        String shown = hide(line);
        return shown.codePointCount(0, shown.length()) <= charsMax
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, charsMax)) + "...";
    }
}

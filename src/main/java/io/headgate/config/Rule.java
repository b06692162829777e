package io.headgate.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a setting may be.
 *
 * @param allowed in words, for a fault
 * @param parse the value, or empty when the text is not allowed
 */
record Rule<T>(String allowed, Function<String, Optional<T>> parse) {
    private static final Pattern WHOLE = Pattern.compile("0|[1-9]\\d{0,17}");
    private static final Pattern DURATION = Pattern.compile("(0|[1-9]\\d{0,9})(ms|s|m|h|d)");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,18})?");
    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)+");
    private static final int POINTER_CHARS_MAX = 500;
    private static final Pattern BYTES = Pattern.compile("(0|[1-9]\\d{0,17})(KiB|MiB|GiB)?");
    private static final Pattern PERCENT = Pattern.compile("([1-9]\\d?)%");
    private static final Pattern SHARE = Pattern.compile("0(\\.\\d{1,6})?");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Integer> SHIFT = Map.of("KiB", 10, "MiB", 20, "GiB", 30);

    static Rule<Long> whole(long min, long max) {
        return new Rule<>("a whole number from " + min + " to " + max, text -> Optional.of(text)
                .filter(number -> WHOLE.matcher(number).matches())
                .map(Long::parseLong)
                .filter(number -> number >= min && number <= max));
    }

    static Rule<Integer> integer(int min, int max) {
        return whole(min, max).map(Math::toIntExact);
    }

    /** Bytes: {@code 65536} or {@code 64KiB}. */
    static Rule<Long> bytes(long min, long max) {
        return new Rule<>("bytes from " + min + " to " + max + ", such as 65536 or 64KiB", text -> parseBytes(text)
                .filter(bytes -> bytes >= min && bytes <= max));
    }

    /** Bytes that fit an array. */
    static Rule<Integer> arrayBytes(int min, int max) {
        return bytes(min, max).map(Math::toIntExact);
    }

    /** Bytes, or a share of the given whole in percent. */
    static Rule<Long> bytesOrPercent(long whole) {
        return new Rule<>(
                "bytes from 1, such as 64MiB, or 1% to 99% of the largest heap",
                text -> {
                    Matcher percent = PERCENT.matcher(text);
                    return percent.matches()
                            ? Optional.of(percent(whole, Long.parseLong(percent.group(1))))
                            : parseBytes(text).filter(bytes -> bytes > 0);
                });
    }

    static long percent(long whole, long percent) {
        return whole / 100 * percent; // in this order it cannot overflow
    }

    static Rule<Duration> duration(Duration min, Duration max) {
        return new Rule<>(
                "a duration from " + words(min) + " to " + words(max) + ", such as 500ms, 10s, 5m or 24h",
                text -> parseDuration(text)
                        .filter(duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0));
    }

    /** A duration of which 0, with or without a unit, means never. */
    static Rule<Duration> durationOrNever(Duration min, Duration max) {
        Rule<Duration> rule = duration(min, max);
        return new Rule<>(
                rule.allowed() + ", or 0 for never",
                text -> text.equals("0")
                        ? Optional.of(Duration.ZERO)
                        : parseDuration(text).filter(Duration::isZero).or(() -> rule.parse()
                                .apply(text)));
    }

    /** A duration without a fraction of a second. */
    static Rule<Duration> wholeSeconds(int min, int max) {
        return new Rule<>("whole seconds from " + min + "s to " + max + "s", text -> parseDuration(text)
                .filter(duration -> duration.toMillisPart() == 0)
                .filter(duration -> duration.toSeconds() >= min && duration.toSeconds() <= max));
    }

    /** A share, from 0 to below 1. */
    static Rule<Double> share() {
        return new Rule<>("a share from 0 to 0.99, such as 0.05", text -> Optional.of(text)
                .filter(share -> SHARE.matcher(share).matches())
                .map(Double::valueOf)
                .filter(share -> share <= 0.99));
    }

    /** One of these names. */
    static <T> Rule<T> oneOf(Map<String, T> values) {
        String names = values.keySet().stream().sorted().collect(Collectors.joining(" or "));
        return new Rule<>(names, text -> Optional.ofNullable(values.get(text)));
    }

    static Rule<Boolean> yesOrNo() {
        return new Rule<>("true or false", text -> Optional.of(text)
                .filter(List.of("true", "false")::contains)
                .map(Boolean::valueOf));
    }

    static Rule<String> matching(String regex, String allowed) {
        Pattern pattern = Pattern.compile(regex);
        return new Rule<>(allowed, text -> Optional.of(text)
                .filter(value -> pattern.matcher(value).matches()));
    }

    /** What things are called that appear in labels, in file names and in keys. */
    static Rule<String> name() {
        return matching("[A-Za-z0-9._-]{1,64}", "1 to 64 letters, digits, dots, dashes and underscores");
    }

    /** A number as JSON writes it, without an exponent. */
    static Rule<String> number() {
        return new Rule<>("a number such as 100 or -0.5", text -> Optional.of(text)
                .filter(number -> NUMBER.matcher(number).matches()));
    }

    /** A JSON Pointer (RFC 6901) to something inside a document. */
    static Rule<String> pointer() {
        return new Rule<>(
                "a JSON Pointer such as /context/page, of at most " + POINTER_CHARS_MAX + " characters",
                text -> Optional.of(text)
                        .filter(pointer -> pointer.length() <= POINTER_CHARS_MAX)
                        .filter(pointer -> POINTER.matcher(pointer).matches()));
    }

    /** An address that HTTP requests may go to. */
    static Rule<String> httpAddress() {
        return new Rule<>("an address such as https://host/path, without user and fragment", text -> {
            try {
                URI uri = new URI(text);
                boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
                boolean whole = http && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null;
                return whole ? Optional.of(text) : Optional.empty();
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        });
    }

    /** The same, or nothing at all. */
    static Rule<String> orNothing(Rule<String> rule) {
        return new Rule<>(
                rule.allowed() + ", or \"\"",
                text -> text.isEmpty() ? Optional.of(text) : rule.parse().apply(text));
    }

    /** A moment, RFC 3339, as milliseconds since 1970. */
    static Rule<Long> moment() {
        return new Rule<>("a moment such as 2026-12-24T18:00:00Z", text -> {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }

    static Rule<Path> path(String allowed) {
        return new Rule<>(allowed, text -> {
            try {
                return Optional.of(text).filter(name -> !name.isBlank()).map(Path::of);
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        });
    }

    private <R> Rule<R> map(Function<T, R> change) {
        return new Rule<>(allowed, text -> parse.apply(text).map(change));
    }

    private static Optional<Long> parseBytes(String text) {
        Matcher matcher = BYTES.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        int shift = unit == null ? 0 : SHIFT.getOrDefault(unit, 0);
        return number > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(number << shift);
    }

    private static Optional<Duration> parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = MILLIS.getOrDefault(matcher.group(2), 1L);
        return Optional.of(Duration.ofMillis(Long.parseLong(matcher.group(1)) * unit));
    }

    /** A duration as it is written. */
    static String words(Duration duration) {
        long millis = duration.toMillis();
        for (String unit : List.of("d", "h", "m", "s")) {
            long of = MILLIS.getOrDefault(unit, 1L);
            if (millis >= of && millis % of == 0) {
                return millis / of + unit;
            }
        }
        return millis + "ms";
    }
}

package io.headgate.outbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the other side says about when to come again: seconds or an HTTP date. */
final class RetryAfterHeader {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

    private RetryAfterHeader() {}

    /** From now on, 0 to {@code max}; null when there is none, or none that can be read. */
    static @Nullable Duration parse(@Nullable String header, long nowMillis, Duration max) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            return within(Duration.ofSeconds(Long.parseLong(text)), max);
        }
        try {
            return within(Duration.between(Instant.ofEpochMilli(nowMillis), HTTP_DATE.parse(text, Instant::from)), max);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration within(Duration wait, Duration max) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(max) < 0 ? wait : max;
    }
}

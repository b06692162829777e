package io.headgate.manage;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long something an operator asks for is to last: {@code for=30m}. */
final class Lengths {
    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private Lengths() {}

    /** Of so many seconds, minutes, hours or days; empty when the text is no such length, or longer than {@code max}. */
    static Optional<Duration> read(String text, Duration max) {
        Matcher matcher = LENGTH.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        Duration length =
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
        return Optional.of(length).filter(asked -> asked.compareTo(max) <= 0);
    }
}

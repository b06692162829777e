package io.headgate.destination;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The events of one type that were received in one hour of UTC, and the directory in which they lie.
 *
 * <pre>
 *   event_name=page_view/date=2026-11-21/hour=10
 * </pre>
 *
 * @param directory of the type, a name that is safe on any file system
 * @param startMillis when the hour begins, in milliseconds since 1970
 */
record ArchiveHour(String directory, long startMillis) {
    static final long MILLIS = Duration.ofHours(1).toMillis();

    private static final String NAME = "event_name=";
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("'date='uuuu-MM-dd'/hour='HH", Locale.ROOT);

    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

    /** File systems take 255 bytes. */
    private static final int NAME_CHARS_MAX = 200;

    private static final int HASH_BYTES = 8;

    static ArchiveHour of(Outgoing event) {
        return new ArchiveHour(NAME + safe(event.name()), Math.floorDiv(event.receivedMillis(), MILLIS) * MILLIS);
    }

    /** Below the archive's directory. */
    Path path() {
        LocalDateTime hour = LocalDateTime.ofInstant(Instant.ofEpochMilli(startMillis), ZoneOffset.UTC);
        return Path.of(directory, HOUR.format(hour).split("/", -1));
    }

    long endMillis() {
        return startMillis + MILLIS;
    }

    /** When the hour of such a directory, {@code date=…/hour=…}, ends; empty when it is no such directory. */
    static OptionalLong endOf(Path date, Path hour) {
        try {
            LocalDateTime start = LocalDateTime.parse(date.getFileName() + "/" + hour.getFileName(), HOUR);
            return OptionalLong.of(start.toInstant(ZoneOffset.UTC).toEpochMilli() + MILLIS);
        } catch (DateTimeParseException e) {
            return OptionalLong.empty();
        }
    }

    /** Escaped as Hive escapes names of directories; one that is too long then ends in a hash of the whole. */
    private static String safe(String name) {
        StringBuilder safe = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > 0 && PLAIN.indexOf(b) >= 0;
            safe.append(
                    plain
                            ? String.valueOf((char) b)
                            : "%" + HexFormat.of().withUpperCase().toHexDigits(b));
        }
        if (safe.length() <= NAME_CHARS_MAX) {
            return safe.toString();
        }
        byte[] hash = BatchKey.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
        return safe.substring(0, NAME_CHARS_MAX) + "~" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    }
}

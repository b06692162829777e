package io.headgate.destination;

import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of a table, of its partitions, and of the table that keeps its version, each quoted as SQL has it.
 *
 * @param schema empty: the first of the search path
 */
record PgTable(String schema, String name) {
    /** In words for people. */
    static final String FORM =
            "table or schema.table, of small letters, digits and underscores, the table of 50 characters at most";

    /** PostgreSQL cuts names at 63 bytes without a word; a partition's has 8 more than its table's. */
    private static final Pattern NAME = Pattern.compile("(?:([a-z_][a-z0-9_]{0,62})\\.)?([a-z_][a-z0-9_]{0,49})");

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("'_'uuuu'_'MM", Locale.ROOT);

    /** @throws IllegalArgumentException when it is not {@link #FORM} */
    static PgTable of(String text) {
        Matcher name = NAME.matcher(text);
        if (!name.matches()) {
            throw new IllegalArgumentException("table cannot be " + text + ": " + FORM);
        }
        return new PgTable(Optional.ofNullable(name.group(1)).orElse(""), name.group(2));
    }

    String quoted() {
        return quoted(name);
    }

    String quoted(YearMonth month) {
        return quoted(partition(month));
    }

    /** Where the versions of all tables of this schema are kept. */
    String versions() {
        return quoted("headgate_schema");
    }

    String partition(YearMonth month) {
        return name + MONTH.format(month);
    }

    /** Of which month the partition of this name is; empty when it is none of ours. */
    Optional<YearMonth> month(String partition) {
        try {
            return partition.startsWith(name)
                    ? Optional.of(YearMonth.parse(partition.substring(name.length()), MONTH))
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private String quoted(String relation) {
        return schema.isEmpty() ? quote(relation) : quote(schema) + "." + quote(relation);
    }

    private static String quote(String identifier) {
        return '"' + identifier + '"';
    }
}

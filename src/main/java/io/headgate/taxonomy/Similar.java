package io.headgate.taxonomy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
final class Similar {
    /** Longer names are not looked at: the work grows with the product of the lengths, and one of them is a stranger's. */
    private static final int NAME_CHARS_MAX = 64;

    private Similar() {}

    /** The nearest of the known names, if it is within a third of the name's length in single-character edits. */
    static Optional<String> to(String name, List<String> known) {
        if (name.length() > NAME_CHARS_MAX) {
            return Optional.empty();
        }
        String nearest = null;
        int least = Math.max(1, name.length() / 3) + 1;
        for (String candidate : known) {
            if (candidate.length() <= NAME_CHARS_MAX) {
                int edits = edits(plain(name), plain(candidate));
                if (edits < least) {
                    least = edits;
                    nearest = candidate;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** {@code deviceType} and {@code device-type} are both meant as {@code device_type}. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Levenshtein's distance, one row at a time. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

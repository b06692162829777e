package io.headgate.destination;

import io.headgate.outbound.Breakage;
import io.headgate.outbound.Secrets;
import io.vertx.pgclient.PgException;
import java.util.Set;

/**
 * What a failed statement means. Refused is what blames the data and will be the same each time: SQLSTATE of the classes 22
 * (data exception) and 23 (a constraint), and 54000 (a value too large for an index). All else may work later.
 */
final class PgFailure {
    private static final Set<String> BLAMES_THE_DATA = Set.of("22", "23");
    private static final String TOO_LARGE = "54000";
    private static final String CHECK_VIOLATION = "23514";

    private PgFailure() {}

    static Answer answer(String request, Throwable why, Secrets secrets) {
        String words = words(why, secrets);
        return why instanceof PgException e && blamesTheData(e) && !isWithoutPartition(why)
                ? new Answer.Refused(request, words)
                : new Answer.Failed(request, words, null);
    }

    /** Whether the row's month has no partition: PostgreSQL calls that a check, which has no name. */
    static boolean isWithoutPartition(Throwable why) {
        return why instanceof PgException e
                && CHECK_VIOLATION.equals(e.getSqlState())
                && (e.getConstraint() == null || e.getConstraint().isEmpty());
    }

    static String words(Throwable why, Secrets secrets) {
        String words = why instanceof PgException e
                ? e.getSqlState() + " " + e.getErrorMessage()
                : Breakage.words(why, "the connection broke off: " + why.getMessage());
        return secrets.excerpt(words, Answer.ANSWER_CHARS_MAX - 3);
    }

    private static boolean blamesTheData(PgException e) {
        String state = String.valueOf(e.getSqlState());
        return TOO_LARGE.equals(state) || BLAMES_THE_DATA.contains(state.substring(0, Math.min(2, state.length())));
    }
}

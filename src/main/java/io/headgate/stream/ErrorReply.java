package io.headgate.stream;

import io.headgate.event.Outcome;
import io.headgate.stream.WriteFault.Kind;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What Redis's error replies mean for the events of a write. Told apart by the first word; Redis 6.2 hides it behind
 * the script's line number, and has sentences without one for what an access list forbids inside a script.
 *
 * @param kind what to call it
 * @param events what it means for the events of a call that it was the whole answer to
 * @param reconnect whether this connection will not take writes again, so that a new one should be tried
 */
record ErrorReply(Kind kind, Outcome events, boolean reconnect) {
    private record Row(String word, ErrorReply meaning) {}

    private static final ErrorReply NOT_NOW = new ErrorReply(Kind.NOT_APPLIED, Outcome.NOT_STORED, false);
    private static final ErrorReply NOT_HERE = new ErrorReply(Kind.NOT_APPLIED, Outcome.NOT_STORED, true);
    private static final ErrorReply NOT_YOU = new ErrorReply(Kind.DENIED, Outcome.NOT_STORED, true);
    /** Whatever else: a fault of the script, a wrong type. What ran before it is unknown. */
    private static final ErrorReply BROKEN = new ErrorReply(Kind.BROKEN, Outcome.UNKNOWN, false);

    private static final List<Row> TABLE = List.of(
            new Row("LOADING", NOT_NOW),
            new Row("BUSY", NOT_NOW),
            new Row("MISCONF", NOT_NOW),
            new Row("NOREPLICAS", NOT_NOW),
            new Row("OOM", NOT_NOW),
            new Row("TRYAGAIN", NOT_NOW),
            new Row("NOSCRIPT", NOT_NOW),
            new Row("READONLY", NOT_HERE),
            new Row("MASTERDOWN", NOT_HERE),
            new Row("CLUSTERDOWN", NOT_HERE),
            new Row("MOVED", NOT_HERE),
            new Row("ASK", NOT_HERE),
            new Row("NOAUTH", NOT_YOU),
            new Row("WRONGPASS", NOT_YOU),
            new Row("NOPERM", NOT_YOU));

    private static final Pattern LINE_NUMBER = Pattern.compile("^@?\\w+: ?\\d+: ?");
    /** What the client says in Redis's name when the connection broke. */
    private static final String CLOSED = "CONNECTION_CLOSED";

    private static final List<String> DENIED_SENTENCES =
            List.of("ACL failure in script", "The user executing the script can't");

    /** Whether a command failed because Redis answered an error, and not because no answer came. */
    static boolean isReply(Throwable cause) {
        return cause instanceof Response && !CLOSED.equals(cause.getMessage());
    }

    /** The meaning of an error that is the whole answer to a command. */
    static ErrorReply of(String message) {
        String plain = plain(message);
        int space = plain.indexOf(' ');
        String word = space < 0 ? plain : plain.substring(0, space);
        for (Row row : TABLE) {
            if (row.word.equals(word)) {
                return row.meaning;
            }
        }
        return DENIED_SENTENCES.stream().anyMatch(plain::contains) ? NOT_YOU : BROKEN;
    }

    /** The fault of one event inside the script, which stopped there: neither it nor what follows was stored. */
    static WriteFault inScript(String message) {
        return of(message).fault(message);
    }

    WriteFault fault(String message) {
        return new WriteFault(kind, "Redis answered: " + plain(message));
    }

    private static String plain(String message) {
        String plain = LINE_NUMBER.matcher(message).replaceFirst("");
        return plain.startsWith("-") ? plain.substring(1) : plain;
    }
}

package io.headgate.stream;

import io.headgate.event.Outcome;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import org.jspecify.annotations.Nullable;

/**
 * What one call of the append script came to.
 *
 * @param verdicts a character for each decided event, {@code s} stored or {@code d} duplicate; null: all were stored
 * @param rest the outcome of the events after those
 * @param fault why there are such; null exactly when there are none
 */
record CallResult(@Nullable String verdicts, Outcome rest, @Nullable WriteFault fault) {
    /** No event of the call came to the stream, or none is known to have. */
    static CallResult failed(Outcome rest, WriteFault fault) {
        return new CallResult("", rest, fault);
    }

    /** The script's answer to a call of this many events. */
    static CallResult of(@Nullable Response response, int events) {
        if (response == null) {
            return nonsense("no value");
        }
        if (response.type() == ResponseType.MULTI) {
            return response.size() == 2
                    ? stopped(response.get(0).toString(), response.get(1).toString(), events)
                    : nonsense("an array of " + response.size());
        }
        String verdicts = response.toString();
        if (verdicts.isEmpty()) {
            return new CallResult(null, Outcome.STORED, null);
        }
        return verdicts.length() == events && known(verdicts)
                ? new CallResult(verdicts, Outcome.STORED, null)
                : nonsense(verdicts.length() + " verdicts for " + events + " events");
    }

    Outcome outcome(int index) {
        if (verdicts == null) {
            return Outcome.STORED;
        }
        if (index >= verdicts.length()) {
            return rest;
        }
        return verdicts.charAt(index) == 's' ? Outcome.STORED : Outcome.DUPLICATE;
    }

    private static CallResult stopped(String verdicts, String error, int events) {
        return verdicts.length() < events && known(verdicts)
                ? new CallResult(verdicts, Outcome.NOT_STORED, ErrorReply.inScript(error))
                : nonsense(verdicts.length() + " verdicts before an error for " + events + " events");
    }

    private static boolean known(String verdicts) {
        return verdicts.chars().allMatch(c -> c == 's' || c == 'd');
    }

    /** An answer that the script does not give: whatever runs there, nothing is known. */
    private static CallResult nonsense(String what) {
        return failed(
                Outcome.UNKNOWN,
                new WriteFault(WriteFault.Kind.BROKEN, "an answer that the script does not give: " + what));
    }
}

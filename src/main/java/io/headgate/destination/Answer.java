package io.headgate.destination;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one attempt to deliver a batch; without any secret of the destination, so it may be logged and shown. */
public sealed interface Answer {
    /** The destination has confirmed all of it. */
    record Delivered() implements Answer {}

    /**
     * Something in this batch is refused and will be each time: for a batch of one that event, for a larger one nobody
     * knows which, so its parts are to be tried by themselves. Nothing of the batch was taken, as far as is known.
     *
     * @param request what was asked, in a line: {@code POST https://crm.example/hook}; without secrets
     * @param answer what came back, in a line: {@code 422 no such field}; cut at {@value Answer#ANSWER_CHARS_MAX} characters
     */
    record Refused(String request, String answer) implements Answer {}

    /**
     * It may work later: no connection, no answer in time, busy, a fault of the other side. It may have been delivered all
     * the same.
     *
     * @param request as in {@link Refused}
     * @param answer as in {@link Refused}, or why there is none
     * @param retryAfter how long the other side wants to be left alone, where it said so; at most an hour
     */
    record Failed(String request, String answer, @Nullable Duration retryAfter) implements Answer {}

    /** Characters kept of what a destination answered. */
    int ANSWER_CHARS_MAX = 500;
}

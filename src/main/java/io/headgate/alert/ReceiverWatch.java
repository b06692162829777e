package io.headgate.alert;

import io.headgate.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * {@code ReceiverFailing}, one for each receiver: a message has waited for it for {@value #FAILING_MINUTES} minutes since it
 * refused it first, or it has refused one for good within the last {@value #REFUSED_MINUTES} minutes and taken none since.
 * Over when neither is so and it has taken a message, or nothing waits for it. Told to the other receivers.
 */
final class ReceiverWatch {
    static final int FAILING_MINUTES = 5;
    static final int REFUSED_MINUTES = 60;

    private final Clock clock;
    private final long startNanos;
    private final Map<String, Refused> refused = new HashMap<>();

    ReceiverWatch(Clock clock) {
        this.clock = clock;
        this.startNanos = clock.nanos();
    }

    /** What was refused for good so far, and when that was seen last. */
    private record Refused(long count, long atNanos, long atMillis) {}

    /** {@code waits}: whether messages are on their way to the receiver of this name. */
    void look(List<ReceiverStatus> receivers, Predicate<String> waits, Bell bell) {
        for (ReceiverStatus receiver : receivers) {
            if (refuses(receiver)
                    || receiver.failingMillis()
                            >= Duration.ofMinutes(FAILING_MINUTES).toMillis()) {
                bell.firing(
                        AlertName.RECEIVER_FAILING,
                        receiver.name(),
                        Priority.P1,
                        clock.wallMillis() - receiver.failingMillis(),
                        "Alerts do not reach " + receiver.name() + " (" + receiver.type() + ")",
                        List.of("Its last answer: " + receiver.lastAnswer() + ". " + receiver.waiting()
                                + " messages wait."),
                        null);
            } else if (receiver.failingMillis() == 0 && receiver.lastSuccessMillis() > 0) {
                bell.well(AlertName.RECEIVER_FAILING, receiver.name(), "it takes alerts again");
            } else if (!waits.test(receiver.name()) && passed(startNanos, FAILING_MINUTES)) {
                bell.well(AlertName.RECEIVER_FAILING, receiver.name(), "no message waits for it any more");
            }
        }
    }

    private boolean refuses(ReceiverStatus receiver) {
        Refused before = refused.getOrDefault(receiver.name(), new Refused(0, 0, 0));
        if (receiver.givenUp() > before.count()) {
            before = new Refused(receiver.givenUp(), clock.nanos(), clock.wallMillis());
            refused.put(receiver.name(), before);
        }
        return before.count() > 0
                && receiver.lastSuccessMillis() <= before.atMillis()
                && !passed(before.atNanos(), REFUSED_MINUTES);
    }

    private boolean passed(long sinceNanos, int minutes) {
        return clock.nanos() - sinceNanos >= Duration.ofMinutes(minutes).toNanos();
    }
}

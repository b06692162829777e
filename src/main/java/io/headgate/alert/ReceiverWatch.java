package io.headgate.alert;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ReceiverFailing}, one for each receiver: it has taken nothing for {@value #FAILING_MINUTES} minutes, or has refused a
 * message for good. Over when it takes one; told to the other receivers.
 */
final class ReceiverWatch {
    static final int FAILING_MINUTES = 5;

    private final Map<String, Long> givenUp = new HashMap<>();

    void look(List<ReceiverStatus> receivers, long nowMillis, Bell bell) {
        for (ReceiverStatus receiver : receivers) {
            long before = givenUp.getOrDefault(receiver.name(), 0L);
            boolean refused = receiver.failingMillis() > 0 && receiver.givenUp() > before;
            if (refused
                    || receiver.failingMillis()
                            >= Duration.ofMinutes(FAILING_MINUTES).toMillis()) {
                bell.firing(
                        AlertName.RECEIVER_FAILING,
                        receiver.name(),
                        Priority.P1,
                        nowMillis - receiver.failingMillis(),
                        "Alerts do not reach " + receiver.name() + " (" + receiver.type() + ")",
                        List.of("Its last answer: " + receiver.lastAnswer() + ". " + receiver.waiting()
                                + " messages wait."),
                        null);
            } else if (receiver.failingMillis() == 0 && (receiver.lastSuccessMillis() > 0 || receiver.waiting() == 0)) {
                givenUp.put(receiver.name(), receiver.givenUp());
                bell.well(AlertName.RECEIVER_FAILING, receiver.name(), "it takes alerts again");
            }
        }
    }
}

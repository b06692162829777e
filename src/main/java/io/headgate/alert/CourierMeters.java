package io.headgate.alert;

import io.headgate.meter.Meters;
import io.headgate.meter.Tally;
import io.headgate.outbound.PostResult;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is counted of one receiver. Written by the loop of the alerting, read by anybody. */
final class CourierMeters {
    private final Map<String, Tally> attempts;
    private final Tally delivered;
    private final Tally givenUp;
    private volatile int waiting;

    CourierMeters(String receiver, Meters meters) {
        this.attempts = PostResult.KINDS.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        kind -> meters.tally(
                                "headgate_alert_attempts",
                                "Attempts to tell a receiver, by its answer",
                                "receiver",
                                receiver,
                                "result",
                                kind)));
        this.delivered = meters.tally("headgate_alert_delivered", "Notices that a receiver took", "receiver", receiver);
        this.givenUp = meters.tally(
                "headgate_alert_given_up", "Notices that a receiver refused for good", "receiver", receiver);
        meters.gauge(
                "headgate_alert_waiting",
                "Notices that a receiver does not have yet",
                () -> waiting,
                "receiver",
                receiver);
    }

    void count(PostResult result) {
        Objects.requireNonNull(attempts.get(result.kind())).increment();
    }

    void countDelivered() {
        delivered.increment();
    }

    void countGivenUp() {
        givenUp.increment();
    }

    void waiting(int now) {
        waiting = now;
    }

    int waiting() {
        return waiting;
    }

    long attempts() {
        return attempts.values().stream().mapToLong(Tally::value).sum();
    }

    long delivered() {
        return delivered.value();
    }

    long givenUp() {
        return givenUp.value();
    }
}

package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.event.Outcome;
import io.headgate.ingest.Answer;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Answers that nobody takes fill no memory. */
class AnswerBytesTest {
    private static final byte[] REQUEST = Client.postJson("{}");

    @Test
    void noAnswerIsMadeForAClientThatHasGone() {
        AtomicBoolean told = new AtomicBoolean();
        List<Answer.Result> results = new AbstractList<>() {
            @Override
            public Answer.Result get(int index) {
                told.set(true);
                return new Answer.Result(null, Outcome.STORED);
            }

            @Override
            public int size() {
                return 1;
            }
        };
        try (OpenDoor gate = OpenDoor.open()) {
            gate.road.hold = true;
            try (Client client = gate.client()) {
                client.send(Client.post(
                        "Content-Type: application/json\r\nPrefer: return=representation\r\n", Client.ascii("{}")));
                OpenDoor.eventually(() -> gate.road.held.size() == 1);
            }
            OpenDoor.eventually(() -> gate.connections() == 0);

            gate.road.held.remove().complete(new Answer.Verdicts(1, 1, 0, 0, results, List.of()));

            OpenDoor.eventually(() -> gate.ended(Reason.CLIENT_GONE) == 1);
            assertThat(told).isFalse();
            assertThat(gate.inFlight()).isZero();
        }
    }

    @Test
    void anAnswerThatNobodyTakesIsNotKept() {
        try (OpenDoor gate = OpenDoor.open();
                Client client = gate.client()) {
            gate.road.answer = new Answer.Malformed("x".repeat(20_000_000));
            client.send(REQUEST);
            OpenDoor.eventually(() -> gate.inFlight() > 20_000_000);

            gate.clock.pass(Connection.ANSWER_TAKEN.plusSeconds(1));

            OpenDoor.eventually(() -> gate.inFlight() == 0 && gate.connections() == 0);
            assertThat(gate.metric("headgate_http_connections_closed_total{reason=\"answer_not_taken\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aClientThatTakesNoAnswersIsNotReadFurther() {
        byte[] many = repeated(REQUEST, 500);
        try (OpenDoor gate = OpenDoor.open();
                Client client = gate.client()) {
            gate.road.answer = new Answer.Malformed("x".repeat(100_000));
            client.send(many);
            awaitStandstill(gate);

            assertThat(gate.road.taken).isNotEmpty().hasSizeLessThan(250);
            for (int i = 0; i < 500; i++) {
                assertThat(client.reply().body()).hasSizeGreaterThan(100_000);
            }
            assertThat(gate.road.taken).hasSize(500);
            OpenDoor.eventually(() -> gate.inFlight() == 0);
        }
    }

    @Test
    void answersOfSomeKibibytesCountUntilTheClientTakesThem() {
        byte[] many = repeated(REQUEST, 2_000);
        try (OpenDoor gate = OpenDoor.open();
                Client client = gate.client()) {
            gate.road.answer = new Answer.Malformed("x".repeat(12_000));
            client.send(many);
            awaitStandstill(gate);

            assertThat(gate.road.taken).hasSizeLessThan(2_000);
            assertThat(gate.inFlight()).isGreaterThan(12_000);
            for (int i = 0; i < 2_000; i++) {
                assertThat(client.reply().status()).isEqualTo(400);
            }
            OpenDoor.eventually(() -> gate.inFlight() == 0);
        }
    }

    private static byte[] repeated(byte[] request, int times) {
        byte[] many = new byte[request.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(request, 0, many, i * request.length, request.length);
        }
        return many;
    }

    /** Until a while has passed in which nothing more was taken. */
    private static void awaitStandstill(OpenDoor gate) {
        AtomicInteger before = new AtomicInteger(-1);
        OpenDoor.eventually(() -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            return before.getAndSet(gate.road.taken.size()) == gate.road.taken.size();
        });
    }
}

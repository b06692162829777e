package io.headgate.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TailTest {
    private static final int RECORD_BYTES = 100 + 64;

    private final Tail tail = new Tail(3 * RECORD_BYTES);

    @Test
    void itGivesRecordsFromTheNumberAskedForOn() {
        tail.add(1, List.of(record(1), record(2)));
        tail.add(3, List.of(record(3)));

        assertThat(numbers(tail.from(1, 2))).containsExactly(1, 2);
        assertThat(numbers(tail.from(1, 9))).containsExactly(1, 2, 3);
        assertThat(numbers(tail.from(3, 9))).containsExactly(3);
        assertThat(tail.from(4, 9)).isEmpty();
    }

    @Test
    void theOldestAreForgottenFirstAndOnePastTheLimit() {
        tail.add(1, List.of(record(1), record(2), record(3)));
        assertThat(numbers(tail.from(1, 9))).containsExactly(1, 2, 3);

        tail.add(4, List.of(record(4)));

        assertThat(tail.from(1, 9)).isEmpty();
        assertThat(numbers(tail.from(2, 9))).containsExactly(2, 3, 4);
    }

    @Test
    void aGapInTheNumbersIsNeverBridged() {
        tail.add(1, List.of(record(1)));
        tail.add(5, List.of(record(5)));

        assertThat(tail.from(1, 9)).isEmpty();
        assertThat(tail.from(4, 9)).isEmpty();
        assertThat(numbers(tail.from(5, 9))).containsExactly(5);
    }

    private static byte[] record(int number) {
        byte[] payload = new byte[100];
        payload[0] = (byte) number;
        return payload;
    }

    private static List<Integer> numbers(List<byte[]> payloads) {
        return payloads.stream().map(payload -> (int) payload[0]).toList();
    }
}

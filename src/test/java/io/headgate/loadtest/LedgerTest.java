package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each answer is held against the plan, and the smallest difference is told. */
class LedgerTest {
    /** The first batch of the mixed plan: 50 events, of which 5 are invalid and 3 repeat their neighbour. */
    private static final int BATCH = 1;

    private final Plan plan =
            new Plan(1, Scenario.MIXED.shape, Scenario.MIXED.cycle(), List.of(new Request.Source("demo", "demo")));
    private final Ledger ledger = new Ledger(plan);
    private final Request batch = plan.request(BATCH);

    @Test
    void anAnswerAsPlannedIsOne() {
        ledger.sent(batch);

        assertThat(answered(0, 202, answer(42, 3, 0, 5))).isTrue();
        assertThat(ledger.stored().cardinality()).isEqualTo(42);
        assertThat(ledger.posts()).isEqualTo(ledger.answers()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"41,3,5", "43,3,5", "41,4,5", "43,2,5", "42,3,4", "43,3,4", "42,3,6"})
    void oneEventMoreOrLessIsTold(int accepted, int duplicate, int rejected) {
        ledger.sent(batch);

        assertThat(answered(0, 202, answer(accepted, duplicate, 0, rejected))).isFalse();
        assertThat(ledger.unplanned()).isEqualTo(1);
        assertThat(ledger.stored().cardinality()).isZero();
    }

    @Test
    void sentAgainWholeAllValidOnesAreDuplicates() {
        ledger.sent(batch);

        assertThat(answered(0, 202, answer(42, 3, 0, 5))).isTrue();
        assertThat(answered(1, 202, answer(0, 45, 0, 5))).isTrue();
        assertThat(answered(1, 202, answer(1, 44, 0, 5))).isFalse();
    }

    @Test
    void duplicatesAreNotComparedWhereTheJournalTookAnEvent() {
        ledger.sent(batch);

        assertThat(answered(0, 202, answer(45, 0, 45, 5))).isTrue();
        assertThat(answered(1, 202, answer(7, 38, 0, 5))).isTrue();
        assertThat(ledger.duplicatesUnknown()).isEqualTo(3 + 45);
    }

    @Test
    void aRejectionOfTheWrongEventIsTold() {
        String wrong = answer(42, 3, 0, 5).replace("\"index\":4,", "\"index\":3,");

        assertThat(answered(0, 202, wrong)).isFalse();
    }

    @Test
    void aRejectionForTheWrongReasonIsTold() {
        assertThat(answered(0, 202, answer(42, 3, 0, 5).replaceFirst("\"code\":\"[a-z_]*\"", "\"code\":\"too_large\"")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 400, 422, 429, 503})
    void anyOtherStatusIsTold(int status) {
        assertThat(answered(0, status, answer(42, 3, 0, 5))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"received\":50}"})
    void aBodyThatIsNoAnswerIsTold(String body) {
        assertThat(answered(0, 202, body)).isFalse();
    }

    private boolean answered(int post, int status, String body) {
        return ledger.answered(batch, post, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private String answer(int accepted, int duplicate, int journaled, int rejected) {
        String errors =
                IntStream.range(0, rejected).mapToObj(i -> error(4 + 10 * i)).collect(Collectors.joining(","));
        return "{\"received\":%d,\"accepted\":%d,\"duplicate\":%d,\"rejected\":%d,\"stored\":{\"stream\":%d,\"journal\":%d},\"errors\":[%s]}"
                .formatted(
                        accepted + duplicate + rejected,
                        accepted,
                        duplicate,
                        rejected,
                        accepted - journaled,
                        journaled,
                        errors);
    }

    private String error(int index) {
        Fault fault = Fault.of(batch.first() + index);
        return "{\"index\":%d,\"code\":\"%s\",\"keyword\":\"%s\"}".formatted(index, fault.code, fault.keyword);
    }
}

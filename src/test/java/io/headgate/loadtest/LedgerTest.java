package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.loadtest.Plan.Fate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each answer is held against the plan, and the smallest difference is told. */
class LedgerTest {
    private static final int BATCH = 50;

    private final Plan plan =
            new Plan(1, Scenario.MIXED.shape, Scenario.MIXED.cycle(), List.of(new Request.Source("demo", "demo")));
    private final Ledger ledger = new Ledger(plan);
    /** The first batch that has everything: new events, repeated ones, and invalid ones. */
    private final Request batch = IntStream.range(0, 100)
            .mapToObj(plan::request)
            .filter(request -> request.events() == BATCH && fates(request, Fate.REPEAT) > 1)
            .filter(request -> fates(request, Fate.INVALID) > 2)
            .findFirst()
            .orElseThrow();

    private final int fresh = fates(batch, Fate.NEW);
    private final int repeats = fates(batch, Fate.REPEAT);
    private final int invalid = fates(batch, Fate.INVALID);

    @Test
    void anAnswerAsPlannedIsOne() {
        ledger.sent(batch);

        assertThat(answered(0, 202, planned())).isTrue();
        assertThat(ledger.stored().cardinality()).isEqualTo(fresh);
        assertThat(ledger.posts()).isEqualTo(ledger.answers()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"-1,0,0", "1,0,0", "-1,1,0", "1,-1,0", "0,0,-1", "1,0,-1", "0,0,1"})
    void oneEventMoreOrLessIsTold(int accepted, int duplicate, int rejected) {
        ledger.sent(batch);

        assertThat(answered(0, 202, answer(fresh + accepted, repeats + duplicate, 0, invalid + rejected)))
                .isFalse();
        assertThat(ledger.unplanned()).isEqualTo(1);
        assertThat(ledger.stored().cardinality()).isZero();
    }

    @Test
    void sentAgainWholeAllValidOnesAreDuplicates() {
        ledger.sent(batch);

        assertThat(answered(0, 202, planned())).isTrue();
        assertThat(answered(1, 202, answer(0, fresh + repeats, 0, invalid))).isTrue();
        assertThat(answered(1, 202, answer(1, fresh + repeats - 1, 0, invalid))).isFalse();
    }

    @Test
    void duplicatesAreNotComparedWhereTheJournalTookAnEvent() {
        ledger.sent(batch);

        assertThat(answered(0, 202, answer(fresh + repeats, 0, fresh + repeats, invalid)))
                .isTrue();
        assertThat(answered(1, 202, answer(7, fresh + repeats - 7, 0, invalid))).isTrue();
        assertThat(ledger.duplicatesUnknown()).isEqualTo(repeats + fresh + repeats);
    }

    @Test
    void anAcceptedEventThatIsNowhereIsTold() {
        String nowhere = planned().replace("\"stream\":" + fresh, "\"stream\":" + (fresh - 1));

        assertThat(answered(0, 202, nowhere)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "\"index\":[0-9]+, \"index\":99",
        "\"event_id\":\"[^\"]*\", \"event_id\":\"\"",
        "\"code\":\"[a-z_]*\", \"code\":\"too_large\"",
        "\"pointer\":\"[^\"]*\", \"pointer\":\"/properties\"",
        "\"keyword\":\"[^\"]*\", \"keyword\":\"pattern\"",
    })
    void aRejectionOfTheWrongEventOrForTheWrongReasonIsTold(String right, String wrong) {
        assertThat(answered(0, 202, planned().replaceFirst(right, wrong))).isFalse();
    }

    @Test
    void aRejectionThatIsToldTwiceIsTold() {
        String once = errors(invalid);
        String twice = once + "," + once.substring(0, once.indexOf('}') + 1);

        assertThat(answered(0, 202, planned().replace(once, twice))).isFalse();
    }

    @Test
    void rejectionsMayBeToldInAnyOrder() {
        String first = errors(1);
        String rest = errors(invalid).substring(first.length() + 1);

        assertThat(answered(0, 202, planned().replace(first + "," + rest, rest + "," + first)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 400, 422, 429, 503})
    void anyOtherStatusIsTold(int status) {
        assertThat(answered(0, status, planned())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"received\":50}"})
    void aBodyThatIsNoAnswerIsTold(String body) {
        assertThat(answered(0, 202, body)).isFalse();
    }

    private boolean answered(int post, int status, String body) {
        return ledger.answered(batch, post, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private String planned() {
        return answer(fresh, repeats, 0, invalid);
    }

    private String answer(int accepted, int duplicate, int journaled, int rejected) {
        return "{\"received\":%d,\"accepted\":%d,\"duplicate\":%d,\"rejected\":%d,\"stored\":{\"stream\":%d,\"journal\":%d},\"errors\":[%s]}"
                .formatted(
                        accepted + duplicate + rejected,
                        accepted,
                        duplicate,
                        rejected,
                        accepted - journaled,
                        journaled,
                        errors(rejected));
    }

    /** The first so many planned ones; one more than there are is of an event that is valid. */
    private String errors(int count) {
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < batch.events() && errors.size() < count; i++) {
            if (plan.fate(batch.first() + i) == Fate.INVALID || count > invalid) {
                errors.add(error(i));
            }
        }
        return String.join(",", errors);
    }

    private String error(int index) {
        Fault fault = plan.fault(batch.first() + index);
        return "{\"index\":%d,\"event_id\":\"%s\",\"code\":\"%s\",\"pointer\":\"%s\",\"keyword\":\"%s\"}"
                .formatted(index, plan.id(batch.first() + index), fault.code, fault.pointer, fault.keyword);
    }

    private int fates(Request request, Fate fate) {
        return (int) LongStream.range(request.first(), request.first() + request.events())
                .filter(event -> plan.fate(event) == fate)
                .count();
    }
}

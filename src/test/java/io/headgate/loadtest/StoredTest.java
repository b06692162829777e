package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One event in a hundred thousand that is lost, there twice, or not what was posted, fails. */
class StoredTest {
    private static final int BATCH = 1_000;
    private static final int EVENTS = 100_000;
    private static final int ONE = 54_321;
    private static final int PARTITIONS = 4;

    private final Plan plan =
            new Plan(1, Scenario.BATCHES.shape, new int[] {BATCH}, List.of(new Request.Source("shop", "k")));
    private final Ledger ledger = new Ledger(plan);
    private final Stored stored = new Stored(plan, ledger, PARTITIONS);

    @BeforeEach
    void allAreSentAndAnsweredAsAccepted() {
        for (int i = 0; i < EVENTS / BATCH; i++) {
            Request request = plan.request(i);
            ledger.sent(request);
            String answer =
                    "{\"received\":1000,\"accepted\":1000,\"duplicate\":0,\"rejected\":0,\"stored\":{\"stream\":1000,\"journal\":0}}";
            assertThat(ledger.answered(request, 0, 202, answer.getBytes(StandardCharsets.UTF_8)))
                    .isTrue();
        }
    }

    @Test
    void eachOncePasses() {
        entries(-1);

        assertThat(stored.check().pass()).isTrue();
        assertThat(stored.check().detail()).contains("entries=100000", "lost=0", "twice=0", "foreign=0");
    }

    @Test
    void oneLostFails() {
        entries(ONE);

        assertThat(stored.check().pass()).isFalse();
        assertThat(stored.check().detail()).contains("lost=1", "event " + ONE + " lost");
    }

    @Test
    void oneTwiceFails() {
        entries(-1);
        entry(ONE);

        assertThat(stored.check().pass()).isFalse();
        assertThat(stored.check().detail()).contains("lost=0 twice=1");
    }

    @Test
    void oneByteChangedFails() {
        entries(ONE);
        byte[] changed = plan.bytes(ONE);
        changed[changed.length - 10] ^= 1;
        stored.entry(partition(ONE), "1-1", plan.name(ONE), "shop", changed);

        assertThat(stored.check().pass()).isFalse();
        assertThat(stored.check().detail()).contains("lost=1", "foreign=1");
    }

    @Test
    void oneOfAnotherSourceOrNameFails() {
        entries(ONE);
        stored.entry(partition(ONE), "1-1", plan.name(ONE), "blog", plan.bytes(ONE));
        stored.entry(partition(ONE), "1-2", "trial_expired", "shop", plan.bytes(ONE));

        assertThat(stored.check().detail()).contains("lost=1", "foreign=2");
    }

    @Test
    void oneOnTheStreamOfAnotherSessionFails() {
        entries(ONE);
        int other = (partition(ONE) + 1) % PARTITIONS;
        stored.entry(other, "1-1", plan.name(ONE), "shop", plan.bytes(ONE));

        assertThat(stored.check().pass()).isFalse();
        assertThat(stored.check().detail()).contains("lost=1", "foreign=1");
    }

    @Test
    void oneThatWasNeverSentFails() {
        entries(-1);
        stored.entry(partition(EVENTS), "1-1", plan.name(EVENTS), "shop", plan.bytes(EVENTS));

        assertThat(stored.check().pass()).isFalse();
        assertThat(stored.check().detail()).contains("lost=0", "foreign=1");
    }

    @Test
    void oneWhosePostWasNotAnsweredMayBeThere() {
        entries(-1);
        ledger.sent(plan.request(EVENTS / BATCH));
        entry(EVENTS);

        assertThat(stored.check().pass()).isTrue();
        assertThat(stored.check().detail()).contains("stored_without_answer=1");
    }

    @Test
    void nothingAtAllIsNoPass() {
        Ledger empty = new Ledger(plan);

        assertThat(new Stored(plan, empty, PARTITIONS).check().pass()).isFalse();
    }

    private void entries(int without) {
        for (int event = 0; event < EVENTS; event++) {
            if (event != without) {
                entry(event);
            }
        }
    }

    private int partition(long event) {
        return plan.partition(event, PARTITIONS);
    }

    private void entry(long event) {
        stored.entry(partition(event), "1-0", plan.name(event), "shop", plan.bytes(event));
    }
}

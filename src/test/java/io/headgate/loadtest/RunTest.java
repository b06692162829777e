package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A request is due when its user is, however late Gatling is with either the first or another. */
class RunTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    /** A user each 10 ms, for a second. */
    private static final Scenario.Shape OPEN = new Scenario.Shape(true, false, 100, 0, 0, 1);

    private static final Scenario.Shape CLOSED = new Scenario.Shape(true, false, 0, 2, 0, 1);

    private final long now = System.nanoTime();

    @Test
    void aLateUserWasDueBefore() {
        Run run = run(OPEN, 1);

        send(run, 0);
        long due = send(run, 16);

        assertThat(due).isEqualTo(now + 10 * MILLI);
    }

    @Test
    void aLateFirstUserWasDueBeforeToo() {
        Run run = run(OPEN, 1);
        Request first = run.next();
        run.sending(first, 0, now + 50 * MILLI);

        send(run, 10);

        assertThat(run.due(first, 0, now + 50 * MILLI)).isEqualTo(now);
    }

    @Test
    void aLaterLateUserDoesNotMoveTheStart() {
        Run run = run(OPEN, 1);

        send(run, 0);
        send(run, 500);

        assertThat(send(run, 20)).isEqualTo(now + 20 * MILLI);
    }

    @Test
    void aLaterPostOfARequestWasDueWhenItWasSent() {
        Run run = run(OPEN, 1);
        Request request = run.next();
        run.sending(request, 0, now);

        run.sending(request, 1, now + 30 * MILLI);

        assertThat(run.due(request, 1, now + 30 * MILLI)).isEqualTo(now + 30 * MILLI);
        assertThat(run.due(request, 0, now)).isEqualTo(now);
    }

    @Test
    void aRequestPastTheLastUserWasDueWhenItWasSent() {
        Run run = run(OPEN, 1);
        for (int i = 0; i < run.planned(); i++) {
            send(run, 10L * i);
        }

        assertThat(send(run, 7_777)).isEqualTo(now + 7_777 * MILLI);
        assertThat(run.posted()).isEqualTo(run.planned() + 1).isEqualTo(101);
    }

    @Test
    void ofAClosedShapeEachWasDueWhenItWasSent() {
        Run run = run(CLOSED, 1);

        assertThat(send(run, 3)).isEqualTo(now + 3 * MILLI);
        assertThat(send(run, 900)).isEqualTo(now + 900 * MILLI);
        assertThat(run.planned()).isEqualTo(-1);
    }

    @Test
    void itIsOverBeforeTheNumbersOfEventsAre() {
        assertThat(run(CLOSED, (int) Plan.EVENTS_MAX).over()).isFalse();
        assertThat(run(CLOSED, (int) Plan.EVENTS_MAX + 1).over()).isTrue();
    }

    @Test
    void moreEventsThanThereAreNumbersForAreRefused() {
        assertThatThrownBy(() -> run(OPEN, (int) (Plan.EVENTS_MAX / 99)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100 requests");
    }

    /** Sends the next request this long after now; when it was due. */
    private long send(Run run, long millis) {
        Request request = run.next();
        long sent = now + millis * MILLI;
        run.sending(request, 0, sent);
        return run.due(request, 0, sent);
    }

    private static Run run(Scenario.Shape shape, int batch) {
        Plan plan = new Plan(1, shape, new int[] {batch}, List.of(new Request.Source("demo", "demo")));
        return new Run("test", shape, URI.create("http://127.0.0.1:1"), plan, new Ledger(plan), new Timings());
    }
}

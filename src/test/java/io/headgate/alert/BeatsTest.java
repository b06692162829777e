package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The heartbeat is sent only while a page could be. */
class BeatsTest {
    private static final Duration EVERY = Duration.ofSeconds(60);

    private final Loop loop = new Loop();
    private final PlayingReceiver outside = PlayingReceiver.playing(answer(200));
    private final Beats beats =
            new Beats(loop.vertx, Optional.of(new HeartbeatSettings(outside.url("/beat"), EVERY)), loop.clock, loop);

    @AfterEach
    void close() {
        Loop.await(loop.on(beats::stop));
        outside.close();
        loop.close();
    }

    @Test
    void itIsSentAtTheFirstLookThatIsWholeAndThenByItsSchedule() {
        look(true, true, false);
        outside.request(1);
        Eventually.isTrue(() -> !underWay());
        loop.clock.pass(EVERY.minusMillis(1));
        look(true, true, false);
        assertThat(underWay()).isFalse();

        loop.clock.pass(Duration.ofMillis(30));
        look(true, true, false);
        outside.request(2);
        Eventually.isTrue(() -> !underWay());
        // the look before was late, which does not put the next one off
        loop.clock.pass(EVERY.minusMillis(29));
        look(true, true, false);

        assertThat(outside.request(3).method()).isEqualTo("GET");
    }

    @Test
    void itIsHeldBackWhileAPartOfTheWatchFailsTheJournalCannotBeWrittenOrAllReceiversFail() {
        assertThat(heldBack(false, true, false)).isEqualTo("a part of the watch fails");
        assertThat(heldBack(true, false, false)).isEqualTo("the journal cannot be written");
        assertThat(heldBack(true, true, true)).isEqualTo("all receivers fail");

        assertThat(heldBack(true, true, false)).isNull();
        outside.request(1);
    }

    private String heldBack(boolean whole, boolean journalWritable, boolean allReceiversFail) {
        look(whole, journalWritable, allReceiversFail);
        assertThat(underWay()).isEqualTo(whole && journalWritable && !allReceiversFail);
        return loop.on(() -> beats.status().orElseThrow().heldBack());
    }

    private void look(boolean whole, boolean journalWritable, boolean allReceiversFail) {
        loop.run(() -> beats.look(whole, journalWritable, allReceiversFail));
    }

    /** Whether a beat has begun that is not answered: then its deadline is set. */
    private boolean underWay() {
        return loop.timers() > 0;
    }
}

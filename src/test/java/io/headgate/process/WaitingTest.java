package io.headgate.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.stream.Input;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits comes in turn, and in an ordered lane behind those of its session. */
class WaitingTest {
    @Test
    void theFirstThatIsDueComesFirstAndOfThoseDueAtOnceTheFirstThatCame() {
        Waiting waiting = new Waiting(false);
        waiting.add(ref("late", "a"), 30);
        waiting.add(ref("one", "a"), 10);
        waiting.add(ref("two", "a"), 10);

        assertThat(waiting.due(9, 10)).isEmpty();
        assertThat(waiting.nextNanos(9)).isEqualTo(1);
        assertThat(ids(waiting.due(10, 1))).containsExactly("one");
        assertThat(ids(waiting.due(30, 10))).containsExactly("two", "late");
        assertThat(waiting.size()).isZero();
        assertThat(waiting.nextNanos(30)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void inputsAreNotMixed() {
        Waiting waiting = new Waiting(false);
        waiting.add(new Ref(Input.EVENTS, "1", 0, "a"), 0);
        waiting.add(new Ref(Input.AGAIN, "2", 0, "a"), 0);

        assertThat(ids(waiting.due(0, 10))).containsExactly("1");
        assertThat(ids(waiting.due(0, 10))).containsExactly("2");
    }

    @Test
    void inAnOrderedLaneTheNextOfASessionIsDueWhenTheFirstIsThrough() {
        Waiting waiting = new Waiting(true);
        Ref first = ref("1", "a");
        waiting.add(first, 5);
        waiting.addBehind(ref("2", "a"));
        waiting.addBehind(ref("3", "a"));

        assertThat(waiting.size()).isEqualTo(3);
        assertThat(ids(waiting.due(100, 10))).containsExactly("1");
        assertThat(waiting.holds("a")).isTrue();
        waiting.add(first, 200); // it failed once more
        assertThat(waiting.due(100, 10)).isEmpty();
        assertThat(ids(waiting.due(200, 10))).containsExactly("1");
        waiting.through(first, 200);
        assertThat(ids(waiting.due(200, 10))).containsExactly("2");
        waiting.through(ref("2", "a"), 200);
        waiting.due(200, 10);
        waiting.through(ref("3", "a"), 200);
        assertThat(waiting.holds("a")).isFalse();
        assertThat(waiting.size()).isZero();
    }

    @Test
    void timesMayPassTheEndOfTheClock() {
        Waiting waiting = new Waiting(false);
        waiting.add(ref("1", "a"), Long.MIN_VALUE + 5);

        assertThat(waiting.due(Long.MAX_VALUE - 5, 1)).isEmpty();
        assertThat(ids(waiting.due(Long.MIN_VALUE + 5, 1))).containsExactly("1");
    }

    private static Ref ref(String id, String session) {
        return new Ref(Input.EVENTS, id, 0, session);
    }

    private static List<String> ids(List<Ref> refs) {
        return refs.stream().map(Ref::id).toList();
    }
}

package io.headgate.stream;

import io.headgate.time.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of answers, held against Redis and not against ourselves: when the event loop was held up, an answer may lie
 * in the socket unread while the timer runs out. An event loop reads its sockets before it looks for timers that are due,
 * so a second timer, set by the first, runs after whatever lay there then was read and handed on.
 *
 * <p>Why not a task for the loop's next turn: tasks run until none is left, before anything is read. Price: 1 ms more.
 */
final class Deadlines {
    private static final Duration ONE_TURN = Duration.ofMillis(1);

    private final Timers timers;

    Deadlines(Timers timers) {
        this.timers = timers;
    }

    /** Runs the action after the delay and one more turn of the event loop, unless cancelled before. */
    Timers.Timer once(Duration delay, Runnable late) {
        Passing passing = new Passing();
        passing.next = timers.once(delay, () -> passing.next = timers.once(ONE_TURN, late));
        return passing;
    }

    /** Whichever of the two timers is set. Belongs to the event loop that set it. */
    private static final class Passing implements Timers.Timer {
        private Timers.@Nullable Timer next;

        @Override
        public void cancel() {
            if (next != null) {
                next.cancel();
            }
        }
    }
}

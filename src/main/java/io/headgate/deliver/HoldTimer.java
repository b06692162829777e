package io.headgate.deliver;

import io.headgate.time.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long new events are held for a drain that is all but done, and that they are not held again at once after it took too long. */
final class HoldTimer {
    private static final Duration HELD_MAX = Duration.ofMillis(100);

    private final Timers timers;
    private final Runnable tooLong;
    private Timers.@Nullable Timer timer;
    private boolean resting;

    HoldTimer(Timers timers, Runnable tooLong) {
        this.timers = timers;
        this.tooLong = tooLong;
    }

    /** Whether holding may begin; then the limit runs. */
    boolean begin() {
        if (timer != null || resting) {
            return false;
        }
        timer = timers.once(HELD_MAX, this::expired);
        return true;
    }

    void end() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void expired() {
        timer = null;
        resting = true;
        timers.once(HELD_MAX, () -> resting = false);
        tooLong.run();
    }
}

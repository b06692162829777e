package io.headgate.time;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Timers of a Vert.x instance: actions run on the context that set them, or on an event loop of their own. */
public final class VertxTimers implements Timers {
    private final Vertx vertx;

    public VertxTimers(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Timer once(Duration delay, Runnable action) {
        long id = vertx.setTimer(Math.max(1, delay.toMillis()), ignored -> action.run());
        return () -> vertx.cancelTimer(id);
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        long id = vertx.setPeriodic(Math.max(1, period.toMillis()), ignored -> action.run());
        return () -> vertx.cancelTimer(id);
    }
}

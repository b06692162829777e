package io.headgate.stream;

import io.headgate.time.Timers;
import io.headgate.time.VertxTimers;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Timers whose periods are short, so that what happens every minute happens in a test. Delays are as asked for. */
final class QuickTimers implements Timers {
    private static final Duration PERIOD = Duration.ofMillis(20);

    private final Timers real;

    QuickTimers(Vertx vertx) {
        this.real = new VertxTimers(vertx);
    }

    @Override
    public Timer once(Duration delay, Runnable action) {
        return real.once(delay, action);
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        return real.every(PERIOD, action);
    }
}

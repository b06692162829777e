package io.headgate.http;

import io.headgate.time.Clock;
import io.headgate.time.SystemClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The machine's clock, or one that stands still, with as much added as a test says. */
final class SteeredClock implements Clock {
    private final Clock real = new SystemClock();
    private final boolean running;
    private final AtomicLong added = new AtomicLong();

    private SteeredClock(boolean running) {
        this.running = running;
    }

    static SteeredClock running() {
        return new SteeredClock(true);
    }

    static SteeredClock standing() {
        return new SteeredClock(false);
    }

    void pass(Duration time) {
        added.addAndGet(time.toNanos());
    }

    @Override
    public long wallMillis() {
        return nanos() / 1_000_000;
    }

    @Override
    public long nanos() {
        return (running ? real.nanos() : 0) + added.get();
    }

    @Override
    public long bootNanos() {
        return nanos();
    }

    @Override
    public String bootId() {
        return "";
    }
}

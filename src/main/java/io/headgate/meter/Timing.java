package io.headgate.meter;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** A distribution of durations, shown as a Prometheus histogram. Safe for use by any thread. */
public final class Timing {
    private final Timer timer;

    Timing(Timer timer) {
        this.timer = timer;
    }

    /** Takes one duration, in nanoseconds of the monotonic clock. */
    public void record(long nanos) {
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }
}

package io.headgate.alert;

import io.headgate.time.Clock;
import java.time.Duration;

/** For how long something has been so, by the monotonic clock. Belongs to the loop of the alerting. */
final class Lasting {
    private final Clock clock;
    private boolean so;
    private long sinceNanos;
    private long sinceMillis;

    Lasting(Clock clock) {
        this.clock = clock;
    }

    /** It is so now, or it is not. */
    Lasting is(boolean now) {
        if (now && !so) {
            sinceNanos = clock.nanos();
            sinceMillis = clock.wallMillis();
        }
        so = now;
        return this;
    }

    /** Whether it has been so all the time, for this long at least. */
    boolean forAtLeast(Duration time) {
        return so && clock.nanos() - sinceNanos >= time.toNanos();
    }

    /** Since when, in milliseconds since 1970; means nothing while it is not so. */
    long sinceMillis() {
        return sinceMillis;
    }
}

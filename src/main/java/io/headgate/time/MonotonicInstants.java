package io.headgate.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The monotonic clock in the shape that libraries ask for; its moments mean nothing by themselves. */
public final class MonotonicInstants extends java.time.Clock {
    private final Clock clock;
    private final long start;

    public MonotonicInstants(Clock clock) {
        this.clock = clock;
        this.start = clock.nanos();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(clock.nanos() - start);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public java.time.Clock withZone(ZoneId zone) {
        return this;
    }
}

package io.headgate.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of bodies and large answers that the door holds at this moment, over all connections, against one limit.
 * Whoever takes bytes gives the same number back, whatever happens in between. Safe for use by any thread.
 */
final class InFlight {
    private final long max;
    private final AtomicLong held = new AtomicLong();

    InFlight(long max) {
        this.max = max;
    }

    /** Takes that many bytes, or none if the limit would be passed. */
    boolean take(long bytes) {
        if (held.addAndGet(bytes) <= max) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    /** Takes that many bytes of an answer, which must be sent even at the limit. */
    void takeAnyway(long bytes) {
        held.addAndGet(bytes);
    }

    void give(long bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}

package io.headgate.alert;

import io.headgate.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a receiver does not take: messages that wait though they were tried, and since when. A test that failed is not among
 * them, for nobody waits for it. Written by the loop of the alerting, read by anybody.
 */
final class Stuck {
    private final Clock clock;
    /** By message, the one that failed first in front. */
    private final Map<String, Long> sinceNanos = new LinkedHashMap<>();

    Stuck(Clock clock) {
        this.clock = clock;
    }

    synchronized void failed(String message) {
        sinceNanos.putIfAbsent(message, clock.nanos());
    }

    /** It was taken, or waits no more. */
    synchronized void over(String message) {
        sinceNanos.remove(message);
    }

    /** For how long the first of them has not been taken; at least 1 while there is one, 0 while there is none. */
    synchronized long millis() {
        Iterator<Long> oldest = sinceNanos.values().iterator();
        return oldest.hasNext() ? Math.max(1, (clock.nanos() - oldest.next()) / 1_000_000) : 0;
    }
}

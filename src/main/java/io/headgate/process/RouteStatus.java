package io.headgate.process;

import java.util.Map;

/**
 * How a route stands. What processes share is of all of them; the rest is of this one.
 *
 * @param waitingEvents not acknowledged yet, those included that were not read
 * @param oldestMillis age of the oldest of them; 0 without one
 * @param pausedUntilMillis in milliseconds since 1970; 0 when it is not paused
 * @param books acknowledged, delivered, filtered, dead, gone, repeated, again; since the route was made
 * @param balanced whether acknowledged + again = delivered + filtered + dead + gone
 * @param partitions that this process reads for it
 * @param eventsPerSecond delivered by this process, over the last minutes
 * @param waitingAgain events that wait in this process to be tried again
 * @param p50Millis from receipt to confirmation, of late
 * @param p99Millis the same
 */
public record RouteStatus(
        RouteSettings settings,
        long waitingEvents,
        long oldestMillis,
        long pausedUntilMillis,
        Map<String, Long> books,
        boolean balanced,
        int partitions,
        double eventsPerSecond,
        int waitingAgain,
        double p50Millis,
        double p99Millis) {
    public RouteStatus {
        books = Map.copyOf(books);
    }
}

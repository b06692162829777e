package io.headgate.process;

import java.time.Duration;
import java.util.List;

/**
 * Settings of the road out.
 *
 * @param consumer names this process among those that share the work; one that comes back under its name goes on at once
 * @param routes none: nothing is read, and nothing trims the streams
 * @param retryFirst wait after the first failure of an event, doubled each time, jittered
 * @param retryMax longest wait
 * @param attemptsMax an event that has failed so often while its destination took others is a dead letter
 * @param keep entries of the streams stay so long even when every group has acknowledged them ({@code redis.keep})
 */
public record ProcessSettings(
        String consumer,
        List<RouteSettings> routes,
        Duration retryFirst,
        Duration retryMax,
        int attemptsMax,
        Duration keep) {
    public ProcessSettings {
        routes = List.copyOf(routes);
        if (attemptsMax < 1 || retryFirst.toMillis() < 1 || retryMax.compareTo(retryFirst) < 0) {
            throw new IllegalArgumentException(
                    "processing.retry: " + attemptsMax + " attempts, " + retryFirst + " to " + retryMax);
        }
    }

    /** The same for a process that reads no route. */
    public ProcessSettings withoutRoutes() {
        return new ProcessSettings(consumer, List.of(), retryFirst, retryMax, attemptsMax, keep);
    }

    /** The same under another consumer name. */
    public ProcessSettings named(String name) {
        return new ProcessSettings(name, routes, retryFirst, retryMax, attemptsMax, keep);
    }
}

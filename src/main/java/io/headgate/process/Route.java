package io.headgate.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headgate.destination.Outgoing;
import io.headgate.stream.GroupState;
import io.headgate.stream.StreamEntry;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** One route at work: what it wants, what it makes of it, and its way into the destination. Belongs to the loop of the processing. */
final class Route {
    private static final int DOUBLINGS_MAX = 40;

    private final RouteSettings settings;
    private final ProcessSettings all;
    private final Selector selector;
    private final Shaper shaper;
    private final Gate gate;
    private final RouteMeters meters;
    private long pausedUntilMillis;

    Route(RouteSettings settings, ProcessSettings all, Predicate<String> isLead, Gate gate, RouteMeters meters) {
        this.settings = settings;
        this.all = all;
        this.selector = new Selector(settings.match(), isLead);
        this.shaper = new Shaper(settings.fields());
        this.gate = gate;
        this.meters = meters;
    }

    RouteSettings settings() {
        return settings;
    }

    /** Name of its consumer group. */
    String group() {
        return GroupState.ROUTE + settings.name();
    }

    Gate gate() {
        return gate;
    }

    RouteMeters meters() {
        return meters;
    }

    boolean takes(StreamEntry entry, ObjectNode event) {
        return selector.takes(entry, event);
    }

    Outgoing shape(int partition, StreamEntry entry, ObjectNode event) {
        return shaper.shape(partition, entry, event);
    }

    void pump() {
        gate.pump();
    }

    boolean paused() {
        return pausedUntilMillis > 0;
    }

    /** In milliseconds since 1970; 0 when it is not paused. */
    long pausedUntilMillis() {
        return pausedUntilMillis;
    }

    /** Pauses it until it is told otherwise; 0 ends the pause. */
    void pauseUntil(long millis) {
        pausedUntilMillis = millis;
        if (millis == 0) {
            gate.pump();
        }
    }

    int attemptsMax() {
        return all.attemptsMax();
    }

    /** Wait after so many failures: doubled each time up to a limit, shortened by up to a half at random. */
    Duration backOff(int failures) {
        double doubled = (double) all.retryFirst().toMillis() * Math.pow(2, Math.min(failures - 1, DOUBLINGS_MAX));
        long limited = (long) Math.min(doubled, (double) all.retryMax().toMillis());
        return Duration.ofMillis(Math.max(1, ThreadLocalRandom.current().nextLong(limited / 2, limited + 1)));
    }
}

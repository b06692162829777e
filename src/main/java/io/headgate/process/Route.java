package io.headgate.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headgate.stream.DeadLetter;
import io.headgate.stream.GroupState;
import io.headgate.stream.StreamEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One route at work: what it wants, what it makes of it, and its way into the destination. Belongs to the loop of the processing. */
final class Route {
    private static final Logger LOG = LoggerFactory.getLogger(Route.class);
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

    /**
     * What is to be made of an entry. Throws nothing, whatever is in it: nobody behind it shall wait for it.
     *
     * @param known whether it is known to be wanted
     */
    Sorted sort(int partition, StreamEntry entry, boolean known) {
        try {
            Optional<ObjectNode> event = Json.object(entry.json());
            if (event.isEmpty()) {
                return new Sorted.Unusable("what is on the stream is no event: no JSON object");
            }
            if (!known && !entry.wanted() && !selector.takes(entry, event.get())) {
                return new Sorted.Unwanted();
            }
            return new Sorted.Wanted(shaper.shape(partition, entry, event.get()));
        } catch (RuntimeException | StackOverflowError fault) {
            // without its message, which may repeat the event
            LOG.error(
                    "event_cannot_be_shaped route={} partition={} id={} why={} at={}",
                    settings.name(),
                    partition,
                    entry.id(),
                    fault.getClass().getName(),
                    Stream.of(fault.getStackTrace()).limit(3).toList());
            return new Sorted.Unusable("a fault of the gateway, its log has more: "
                    + fault.getClass().getName());
        }
    }

    /** An event that is given up now. */
    DeadLetter letter(StreamEntry entry, String eventId, int attempts, String request, String answer, long nowMillis) {
        return new DeadLetter(
                entry, eventId, settings.name(), settings.destination(), attempts, nowMillis, request, answer);
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

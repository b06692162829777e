package io.headgate.stream;

import io.headgate.event.Event;
import io.headgate.event.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one {@link StreamStore#append} on their way: first unsent, then in one or more calls, then settled.
 * Belongs to the event loop of its partition's writer once it was handed over.
 */
final class Pending {
    private static final int OVERHEAD_BYTES = 128;

    private final List<Event> events;
    private final Outcome[] outcomes;
    private final Consumer<Appended> told;
    private final long bytes;
    private int sent;
    private int settled;
    private long sinceNanos;
    private @Nullable WriteFault fault;

    Pending(List<Event> events, Consumer<Appended> told) {
        this.events = List.copyOf(events);
        this.outcomes = new Outcome[this.events.size()];
        this.told = told;
        this.bytes = this.events.stream().mapToLong(Pending::bytes).sum();
    }

    /** What an event weighs in a queue and in a call, in bytes, roughly. */
    static long bytes(Event event) {
        return (long) event.json().length() + OVERHEAD_BYTES;
    }

    int size() {
        return outcomes.length;
    }

    long bytes() {
        return bytes;
    }

    Event event(int index) {
        return events.get(index);
    }

    /** Events that no call has taken yet. */
    int unsent() {
        return outcomes.length - sent;
    }

    /** What those weigh. */
    long unsentBytes() {
        return events.subList(sent, events.size()).stream()
                .mapToLong(Pending::bytes)
                .sum();
    }

    /** The index of the first of them. */
    int firstUnsent() {
        return sent;
    }

    /** A call takes this many of the unsent events. */
    void send(int count) {
        sent += count;
    }

    /** It begins to wait in a queue. */
    void waitSince(long nanos) {
        sinceNanos = nanos;
    }

    long waitingSince() {
        return sinceNanos;
    }

    /** The outcome of one event is known; it is told with the last. */
    void settle(int index, Outcome outcome) {
        outcomes[index] = outcome;
        settled++;
        if (settled == outcomes.length) {
            told.accept(new Appended(Arrays.asList(outcomes), fault));
        }
    }

    /** Remembers what went wrong; the first one stays. To be told before the outcomes that it explains. */
    void fault(WriteFault what) {
        if (fault == null) {
            fault = what;
        }
    }

    /** Its unsent events are not to be sent any more. */
    void giveBack(WriteFault why) {
        if (unsent() > 0) {
            fault(why);
        }
        while (unsent() > 0) {
            int index = sent++;
            settle(index, Outcome.NOT_STORED);
        }
    }
}

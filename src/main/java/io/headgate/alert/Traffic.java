package io.headgate.alert;

import io.headgate.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What became of events in the last hour, of each source and of all, so that an alert can tell "nobody posts" from
 * "everything is rejected". Counted from the start of the process; the hour is exact to {@value #SLOT_MINUTES} minutes.
 */
final class Traffic {
    private static final int SLOT_MINUTES = 5;
    /** One more than an hour has, so that the hour is whole. */
    private static final int SLOTS = 60 / SLOT_MINUTES + 1;

    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long SLOT_NANOS = SLOT_MINUTES * MINUTE_NANOS;

    private final Clock clock;
    private final LongSupplier requestsRefused;
    private final Map<String, Counter> sources;
    private final Counter all = new Counter();
    private final long[] requestsThen = new long[SLOTS];
    private final long startNanos;
    private long slot;

    /** {@code requestsRefused}: requests of any source that were answered 4xx or 5xx without a verdict, so far. */
    Traffic(List<String> sources, LongSupplier requestsRefused, Clock clock) {
        this.clock = clock;
        this.requestsRefused = requestsRefused;
        this.sources =
                sources.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), any -> new Counter()));
        this.startNanos = clock.nanos();
        Arrays.fill(requestsThen, requestsRefused.getAsLong());
    }

    /** What may become of an event. */
    enum Fate {
        ACCEPTED,
        DUPLICATE,
        REJECTED,
        /** Its batch was answered 503, because not all of it could be stored. */
        REFUSED
    }

    /** What became of the events of the last hour. */
    record Hour(long accepted, long duplicate, long rejected, long refused) {
        private static final Hour NOTHING = new Hour(0, 0, 0, 0);
    }

    /** Events of one batch. By any thread. */
    void count(String source, Fate fate, int events) {
        if (events == 0) {
            return;
        }
        all.add(fate, events);
        Counter counter = sources.get(source);
        if (counter != null) {
            counter.add(fate, events);
        }
    }

    /** Lets time pass. */
    void look() {
        long now = (clock.nanos() - startNanos) / SLOT_NANOS;
        for (; slot < now; slot++) {
            int at = (int) (slot % SLOTS);
            all.mark(at);
            sources.values().forEach(counter -> counter.mark(at));
            requestsThen[at] = requestsRefused.getAsLong();
        }
    }

    /** Of all sources. */
    Hour lastHour() {
        return all.hour(oldest());
    }

    /** Of one source; nothing where it is not configured. */
    Hour lastHour(String source) {
        Counter counter = sources.get(source);
        return counter == null ? Hour.NOTHING : counter.hour(oldest());
    }

    /** Requests of any source that were refused in the last hour. */
    long requestsRefused() {
        return requestsRefused.getAsLong() - requestsThen[oldest()];
    }

    /** How long it has been counting, in minutes, 60 at most. */
    long minutes() {
        return Math.min(60, (clock.nanos() - startNanos) / MINUTE_NANOS);
    }

    /** The slot whose mark is the oldest. */
    private int oldest() {
        return (int) (slot % SLOTS);
    }

    /** What became of one source's events. */
    private static final class Counter {
        private final Count accepted = new Count();
        private final Count duplicate = new Count();
        private final Count rejected = new Count();
        private final Count refused = new Count();

        private void add(Fate fate, int events) {
            of(fate).total.add(events);
        }

        private void mark(int at) {
            for (Fate fate : Fate.values()) {
                of(fate).then[at] = of(fate).total.sum();
            }
        }

        private Hour hour(int at) {
            return new Hour(accepted.since(at), duplicate.since(at), rejected.since(at), refused.since(at));
        }

        private Count of(Fate fate) {
            return switch (fate) {
                case ACCEPTED -> accepted;
                case DUPLICATE -> duplicate;
                case REJECTED -> rejected;
                case REFUSED -> refused;
            };
        }
    }

    /** A total, and what it was at the end of each of the last slots. */
    private static final class Count {
        private final LongAdder total = new LongAdder();
        private final long[] then = new long[SLOTS];

        private long since(int at) {
            return total.sum() - then[at];
        }
    }
}

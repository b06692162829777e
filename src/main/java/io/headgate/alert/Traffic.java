package io.headgate.alert;

import io.headgate.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Events accepted and rejected in the last hour, of each source and of all, so that an alert can tell "nobody posts" from
 * "everything is rejected". Counted from the start of the process; the hour is exact to {@value #SLOT_MINUTES} minutes.
 */
final class Traffic {
    private static final int SLOT_MINUTES = 5;
    private static final int SLOTS = 60 / SLOT_MINUTES;
    private static final long SLOT_NANOS = SLOT_MINUTES * 60_000_000_000L;

    private final Clock clock;
    private final Map<String, Counter> sources;
    private final Counter all = new Counter();
    private final long startNanos;
    private long slot;

    Traffic(List<String> sources, Clock clock) {
        this.clock = clock;
        this.sources =
                sources.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), any -> new Counter()));
        this.startNanos = clock.nanos();
    }

    /** What was answered in the last hour. */
    record Hour(long accepted, long rejected) {}

    /** Verdicts of one batch. By any thread. */
    void answered(String source, int accepted, int rejected) {
        all.add(accepted, rejected);
        Counter counter = sources.get(source);
        if (counter != null) {
            counter.add(accepted, rejected);
        }
    }

    /** Lets time pass. */
    void look() {
        long now = (clock.nanos() - startNanos) / SLOT_NANOS;
        for (; slot < now; slot++) {
            int at = (int) (slot % SLOTS);
            all.mark(at);
            sources.values().forEach(counter -> counter.mark(at));
        }
    }

    /** Of all sources. */
    Hour lastHour() {
        return all.hour((int) (slot % SLOTS));
    }

    /** Of one source; null where it is not configured. */
    @Nullable
    Hour lastHour(String source) {
        Counter counter = sources.get(source);
        return counter == null ? null : counter.hour((int) (slot % SLOTS));
    }

    /** Totals, and what they were at the end of each of the last slots. */
    private static final class Counter {
        private final LongAdder accepted = new LongAdder();
        private final LongAdder rejected = new LongAdder();
        private final long[] acceptedThen = new long[SLOTS];
        private final long[] rejectedThen = new long[SLOTS];

        private void add(int acceptedNow, int rejectedNow) {
            accepted.add(acceptedNow);
            rejected.add(rejectedNow);
        }

        private void mark(int at) {
            acceptedThen[at] = accepted.sum();
            rejectedThen[at] = rejected.sum();
        }

        /** {@code at}: the slot whose mark is the oldest. */
        private Hour hour(int at) {
            return new Hour(accepted.sum() - acceptedThen[at], rejected.sum() - rejectedThen[at]);
        }
    }
}

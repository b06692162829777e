package io.headgate.alert;

import io.headgate.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * {@code IntakeRefusing}: neither Redis nor the journal has been able to take events for {@value #REFUSING_SECONDS} s, or
 * {@value #REFUSED_BATCHES} batches were answered 503 for want of a place within {@value #WELL_SECONDS} s. Over when for
 * {@value #WELL_SECONDS} s neither was so.
 */
final class RefusalWatch {
    static final int REFUSING_SECONDS = 1;
    static final int REFUSED_BATCHES = 3;
    static final int WELL_SECONDS = 10;

    private final Clock clock;
    private final LongAdder refused = new LongAdder();
    private final Lasting refusing;
    private final Lasting well;
    private final Lasting firing;
    /** When the last refused batches were seen, newest last. */
    private final Deque<Long> seenNanos = new ArrayDeque<>();

    private long counted;

    RefusalWatch(Clock clock) {
        this.clock = clock;
        this.refusing = new Lasting(clock);
        this.well = new Lasting(clock);
        this.firing = new Lasting(clock);
    }

    /** A batch was answered 503 because an event of it could not be stored. By any thread. */
    void refused() {
        refused.increment();
    }

    void look(Facts facts, Bell bell) {
        count();
        boolean many = seenNanos.size() >= REFUSED_BATCHES;
        boolean now = refusing.is(facts.refuses()).forAtLeast(Duration.ofSeconds(REFUSING_SECONDS)) || many;
        firing.is(now);
        if (now) {
            String disk = facts.journalWritable() ? "The journal takes events" : "The journal cannot take events";
            String redis = facts.redisFault() == null ? "" : " Redis: " + facts.redisFault();
            bell.firing(
                    AlertName.INTAKE_REFUSING,
                    "",
                    Priority.P0,
                    firing.sinceMillis(),
                    "Events are refused: neither Redis nor the journal can store them",
                    List.of(disk + "; the mode is " + facts.mode() + "." + redis, "Clients get 503 and should retry."),
                    null);
        }
        if (well.is(!facts.refuses()).forAtLeast(Duration.ofSeconds(WELL_SECONDS)) && seenNanos.isEmpty()) {
            bell.well(AlertName.INTAKE_REFUSING, "", "events are stored again");
        }
    }

    private void count() {
        long now = clock.nanos();
        long all = refused.sum();
        for (long i = Math.max(counted, all - REFUSED_BATCHES); i < all; i++) {
            seenNanos.addLast(now);
        }
        counted = all;
        while (!seenNanos.isEmpty()
                && now - seenNanos.getFirst() > Duration.ofSeconds(WELL_SECONDS).toNanos()) {
            seenNanos.removeFirst();
        }
        while (seenNanos.size() > REFUSED_BATCHES) {
            seenNanos.removeFirst();
        }
    }
}

package io.headgate.process;

import io.headgate.destination.Answer;
import io.headgate.destination.Destination;
import io.headgate.destination.DestinationSettings;
import io.headgate.destination.Limits;
import io.headgate.process.RouteSettings.Priority;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into one destination, which all routes to it share: says when something may be delivered and whose turn it is.
 *
 * <p>Lanes of high routes come first, those of one priority in turn. So when a destination is slow, or comes back, high
 * events are delivered before the rest, however much of that waits. After an outage it is given one delivery at a time, and
 * one more for each that succeeds. Belongs to the loop of the processing.
 */
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final Duration OPEN_AGAIN_MIN = Duration.ofSeconds(1);
    private static final Duration OPEN_AGAIN_MAX = Duration.ofMinutes(1);
    private static final Duration BREAKER_LOOK = Duration.ofMillis(200);

    /** What the gate takes from. */
    interface Feeder {
        /** The next to be delivered together; empty when there is nothing now. */
        List<Item> next(Limits limits);

        /**
         * What came of it.
         *
         * @param blamed whether a failure is the events' own: the destination takes others
         */
        void answered(List<Item> batch, Answer answer, boolean blamed);
    }

    /** One delivery. */
    private record Trip(Turns.Turn turn, long breakersTurn, long begunNanos) {}

    private final Destination destination;
    private final Limits limits;
    private final Breaker breaker;
    private final GateMeters meters;
    private final Clock clock;
    private final Timers timers;
    private final Turns turns = new Turns();
    private final Rate rate;
    private boolean open;
    private boolean closed;
    private boolean pumping;
    private int failedOpens;
    private int inFlight;
    private int allowed;
    private long leftAloneUntilNanos;
    private Timers.@Nullable Timer later;

    Gate(Destination destination, GateMeters meters, Clock clock, Timers timers) {
        this.destination = destination;
        this.limits = destination.settings().limits();
        this.breaker = new Breaker(clock);
        this.meters = meters;
        this.clock = clock;
        this.timers = timers;
        this.rate = new Rate(limits.eventsPerSecond(), clock);
        this.allowed = limits.concurrency();
        this.leftAloneUntilNanos = clock.nanos();
    }

    void add(Priority priority, Feeder feeder) {
        turns.add(priority, feeder);
    }

    /** Opens the destination, again and again until it can be. */
    void open() {
        destination.open().onComplete(opened -> {
            if (closed) {
                return;
            }
            if (opened.succeeded()) {
                if (failedOpens > 0) {
                    LOG.info("destination_opened destination={}", name());
                }
                open = true;
                pump();
                return;
            }
            if (failedOpens == 0) {
                LOG.warn(
                        "destination_cannot_be_opened destination={} why={}",
                        name(),
                        opened.cause().getMessage());
            }
            meters.cannotOpen(String.valueOf(opened.cause().getMessage()));
            Duration wait = OPEN_AGAIN_MIN.multipliedBy(1L << Math.min(failedOpens++, 10));
            timers.once(wait.compareTo(OPEN_AGAIN_MAX) < 0 ? wait : OPEN_AGAIN_MAX, this::open);
        });
    }

    /** Something may be there to be delivered. */
    void pump() {
        // what is answered at once comes back here: the loop below goes on with it, however much that is
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (free() && deliverNext()) {}
        } finally {
            pumping = false;
        }
    }

    String name() {
        return destination.settings().name();
    }

    GateMeters meters() {
        return meters;
    }

    DestinationSettings settings() {
        return destination.settings();
    }

    Limits limits() {
        return limits;
    }

    int inFlight() {
        return inFlight;
    }

    /** {@code closed}, {@code open}, {@code half_open}; {@code unopened} while the destination cannot be made ready. */
    String state() {
        return open ? breaker.state() : "unopened";
    }

    Future<Void> close() {
        closed = true;
        open = false;
        if (later != null) {
            later.cancel();
        }
        return destination.close();
    }

    private boolean free() {
        if (!open || inFlight >= allowed) {
            return false;
        }
        long alone = leftAloneUntilNanos - clock.nanos();
        if (alone > 0) {
            again(Duration.ofNanos(alone));
            return false;
        }
        long dry = rate.nanosUntilFree();
        if (dry > 0) {
            again(Duration.ofNanos(dry));
            return false;
        }
        if (!breaker.mayTry()) {
            again(BREAKER_LOOK);
            return false;
        }
        return true;
    }

    /** One timer, for the earliest of the reasons to wait; the others are found again then. */
    private void again(Duration wait) {
        if (later == null) {
            later = timers.once(wait.toMillis() < 1 ? Duration.ofMillis(1) : wait, () -> {
                later = null;
                pump();
            });
        }
    }

    private boolean deliverNext() {
        Turns.Turn turn = turns.next(limits);
        if (turn == null) {
            breaker.release();
            return false;
        }
        deliver(turn);
        return true;
    }

    private void deliver(Turns.Turn turn) {
        inFlight++;
        rate.take(turn.batch().size());
        Trip trip = new Trip(turn, breaker.turn(), clock.nanos());
        Future.succeededFuture(turn.batch().stream().map(Item::outgoing).toList())
                // by compose, so that what its code throws is a fault like any other
                .compose(destination::deliver)
                .otherwise(fault -> new Answer.Failed(name(), "a fault of the gateway: " + fault, null))
                .onSuccess(answer -> answered(trip, answer));
    }

    private void answered(Trip trip, Answer answer) {
        inFlight--;
        boolean wasClosed = breaker.closed();
        boolean alive = !(answer instanceof Answer.Failed);
        Duration leaveAlone = answer instanceof Answer.Failed failed ? failed.retryAfter() : null;
        if (leaveAlone != null) {
            // of several under way the longest wish holds
            long until = clock.nanos() + leaveAlone.toNanos();
            leftAloneUntilNanos = until - leftAloneUntilNanos > 0 ? until : leftAloneUntilNanos;
        }
        breaker.end(trip.breakersTurn, alive);
        meters.answered(trip.turn.batch().size(), answer, clock.nanos() - trip.begunNanos);
        pace(wasClosed, alive);
        trip.turn.lane().answered(trip.turn.batch(), answer, wasClosed && breaker.closed() && leaveAlone == null);
        pump();
    }

    private void pace(boolean wasClosed, boolean alive) {
        if (wasClosed && !breaker.closed()) {
            // without its answer, which may well repeat what it was sent
            LOG.warn("destination_away destination={}: GET /routes has its last answer", name());
        } else if (!wasClosed && breaker.closed()) {
            LOG.info("destination_back destination={}", name());
        }
        if (!breaker.closed()) {
            allowed = 1;
        } else if (alive && allowed < limits.concurrency()) {
            allowed++;
        }
    }
}

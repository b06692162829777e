package io.headgate.drain;

import io.headgate.deliver.EventCodec;
import io.headgate.deliver.Journaled;
import io.headgate.deliver.PartitionRoute;
import io.headgate.event.Outcome;
import io.headgate.stream.Appended;
import io.headgate.stream.BackOff;
import io.headgate.stream.WriteFault;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains one partition: one call under way, the next when it is confirmed. Belongs to the partition's event loop, but for
 * its status.
 *
 * <pre>
 *            records in the journal              Redis takes events, not paused
 *   IDLE ------------------------> AT_WORK &lt;----------------------------------- WAITING
 *     ^                            |  |  |  call failed, Redis away, paused         ^
 *     +--- everything confirmed ---+  |  +-----------------------------------------+
 *                                     | a key of the wrong type, a script error, an unreadable record
 *                                     v
 *                                  HALTED: tried again every {@value #HALTED_SECONDS} s without an event; later, when that does not help
 * </pre>
 */
final class PartitionDrain {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionDrain.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final BackOff BACK_OFF = new BackOff(LOOK_EVERY, Duration.ofSeconds(5));
    private static final int HALTED_SECONDS = 5;
    private static final int HALTED_SECONDS_MAX = 300;
    private static final int READ_FAILURES_MAX = 5;
    /** What remains when new events are held for the moment that it takes. */
    private static final int NEARLY_EVENTS = 2 * Pace.EVENTS_MAX;

    private enum State {
        IDLE,
        AT_WORK,
        WAITING,
        HALTED
    }

    private final PartitionRoute route;
    private final Work work;
    private final Pace pace = new Pace();
    private final Records records;
    private final Attempts attempts;
    private int failures;
    private int haltedSeconds = HALTED_SECONDS;
    private State state = State.IDLE;
    private volatile boolean stopped;
    private volatile @Nullable String halted;
    private volatile long oldestMillis;

    PartitionDrain(PartitionRoute route, Work work) {
        this.route = route;
        this.work = work;
        this.records = new Records(route, work);
        this.attempts = new Attempts(work.dedupeWindow(), route.confirmed(), route.durable());
    }

    void start() {
        route.run(() -> {
            route.whenJournaled(this::wake);
            wake();
        });
    }

    /** Makes no further call. */
    void stop() {
        stopped = true;
        route.run(route::stalled);
    }

    DrainStatus.Partition status() {
        return new DrainStatus.Partition(route.backlog(), route.backlog() > 0 ? oldestMillis : 0, halted);
    }

    private void wake() {
        if (state == State.IDLE) {
            pace.begin();
            next();
        }
    }

    /** Decides what to do when nothing is under way. */
    private void next() {
        if (stopped || route.durable() <= route.confirmed()) {
            state = State.IDLE;
            return;
        }
        long first = route.confirmed() + 1;
        List<byte[]> payloads = records.from(first, pace.events());
        if (payloads.isEmpty()) {
            read(first);
            return;
        }
        oldestMillis = EventCodec.receivedMillis(payloads.get(0));
        if (!route.open() || work.paused()) {
            route.stalled();
            later(State.WAITING, LOOK_EVERY);
        } else {
            send(first, payloads);
        }
    }

    private void read(long first) {
        state = State.AT_WORK;
        records.read(first).onComplete(lost -> readDone(first, lost));
    }

    /** {@code lost}: records from the first on that are on disk in no readable form. */
    private void readDone(long first, AsyncResult<Long> lost) {
        if (lost.failed() && ++failures < READ_FAILURES_MAX) {
            later(State.WAITING, BACK_OFF.after(failures));
            return;
        }
        if (lost.failed()) {
            standStill("the journal cannot be read: " + lost.cause().getMessage());
            return;
        }
        if (lost.result() > 0) {
            LOG.error(
                    "records of the journal are corrupt and cannot be drained, their files are kept partition={} records={}",
                    route.partition(),
                    lost.result());
            work.books().drained(0, 0, lost.result());
            route.confirm(first + lost.result() - 1);
        } else if (records.from(first, 1).isEmpty()) {
            later(State.WAITING, LOOK_EVERY);
            return;
        }
        next();
    }

    private void send(long first, List<byte[]> payloads) {
        List<Journaled> events;
        try {
            events = payloads.stream().map(EventCodec::decode).toList();
        } catch (IllegalArgumentException unreadable) {
            standStill("record " + first + " or one shortly behind it cannot be read: " + unreadable.getMessage());
            return;
        }
        state = State.AT_WORK;
        if (route.backlog() <= NEARLY_EVENTS) {
            route.nearlyDrained();
        }
        long sent = work.clock().nanos();
        route.store(
                events.stream().map(Journaled::event).toList(),
                appended -> answered(first, events, appended, work.clock().nanos() - sent));
    }

    private void answered(long first, List<Journaled> events, Appended appended, long nanos) {
        int stored = 0;
        int confirmed = 0;
        int unverified = 0;
        long now = work.clock().wallMillis();
        for (Outcome outcome : appended.outcomes()) {
            if (!outcome.onStream()) {
                break;
            }
            if (outcome == Outcome.STORED) {
                stored++;
                unverified += attempts.unverified(first + confirmed, events.get(confirmed), now) ? 1 : 0;
            }
            confirmed++;
        }
        work.unverified().add(unverified);
        work.books().drained(stored, confirmed - (long) stored, 0);
        if (appended.outcomes().contains(Outcome.UNKNOWN)) {
            attempts.failed(first + events.size() - 1, now);
        }
        if (confirmed > 0) {
            attempts.confirmed(first + confirmed - 1);
            route.confirm(first + confirmed - 1);
            moved();
        }
        proceed(appended.fault(), nanos);
    }

    private void proceed(@Nullable WriteFault fault, long nanos) {
        if (fault == null) {
            failures = 0;
            long now = work.clock().nanos();
            pace.look(now, work.journal().appended(route.partition()), route.confirmed());
            pace.went(nanos);
            later(State.AT_WORK, pace.rest());
            return;
        }
        route.stalled();
        pace.begin();
        if (fault.kind() == WriteFault.Kind.BROKEN) {
            standStill(fault.detail());
        } else {
            later(State.WAITING, BACK_OFF.after(++failures));
        }
    }

    private void standStill(String why) {
        if (halted == null) {
            LOG.error(
                    "the drain of a partition halts, a person must look partition={} reason={}",
                    route.partition(),
                    why);
        }
        halted = why;
        route.stalled();
        state = State.HALTED;
        work.timers().once(Duration.ofSeconds(haltedSeconds), this::lookAgain);
    }

    private void lookAgain() {
        if (stopped) {
            return;
        }
        work.stream().tryOut(route.partition()).onComplete(tried -> {
            if (tried.succeeded() && tried.result().isEmpty()) {
                // should the same call fail again, which the trial cannot know, it is not sent again soon
                haltedSeconds = Math.min(HALTED_SECONDS_MAX, 2 * haltedSeconds);
                next();
            } else {
                standStill(String.valueOf(halted));
            }
        });
    }

    private void moved() {
        if (halted != null) {
            LOG.info("the drain of a partition goes on partition={}", route.partition());
            halted = null;
            haltedSeconds = HALTED_SECONDS;
        }
    }

    private void later(State until, Duration wait) {
        state = until;
        if (wait.isZero()) {
            next();
        } else {
            work.timers().once(wait, this::next);
        }
    }
}

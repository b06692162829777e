package io.headgate.loadtest;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One run of a scenario, as the virtual users see it: which request comes next, when it was due, and whom to tell of the
 * answer. Safe for use by any thread.
 *
 * <p>Gatling does not say when it started, and its first users may be late as any other. So the start is reckoned back
 * from the one who came earliest against its own offset; all others are late by what they came later than that:
 *
 * <pre>
 *   start = the smallest of sent - offset, so far       due = start + offset, never after sent
 * </pre>
 *
 * Price: Gatling starts a user up to a millisecond early, so a due moment may be that much too early. It never is too
 * late, once one user came in time.
 */
final class Run {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final String title;
    private final Scenario.Shape shape;
    private final URI door;
    private final Plan plan;
    private final Ledger ledger;
    private final Timings timings;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong began = new AtomicLong();
    private final Arrivals arrivals;
    /** By {@link System#nanoTime}, counted from when this was made, which is before any user came. */
    private final AtomicLong start = new AtomicLong(Long.MAX_VALUE);

    private final long originNanos = System.nanoTime();

    /** Throws where an open shape's requests hold more events than {@link Plan#EVENTS_MAX}. */
    Run(String title, Scenario.Shape shape, URI door, Plan plan, Ledger ledger, Timings timings) {
        this.title = title;
        this.shape = shape;
        this.door = door;
        this.plan = plan;
        this.ledger = ledger;
        this.timings = timings;
        this.arrivals = Arrivals.of(shape);
        if (arrivals.users() > 0 && plan.end(arrivals.users() - 1L) > Plan.EVENTS_MAX) {
            throw new IllegalArgumentException(
                    arrivals.users() + " requests hold more than " + Plan.EVENTS_MAX + " events");
        }
    }

    String title() {
        return title;
    }

    Scenario.Shape shape() {
        return shape;
    }

    URI door() {
        return door;
    }

    /** The next request; each comes once. The first one's moment is the run's beginning. */
    Request next() {
        began.compareAndSet(0, System.nanoTime());
        return plan.request(next.getAndIncrement());
    }

    /** Requests that {@link #next} gave out. */
    long posted() {
        return next.get();
    }

    /** Requests that Gatling shall post of an open shape, one for each user; -1 of a closed one. */
    long planned() {
        return shape.open() ? arrivals.users() : -1;
    }

    /** Whether the first request was made. */
    boolean begun() {
        return began.get() != 0;
    }

    /**
     * Whether users that post one request after the other shall end: the time is over, or the numbers of events are. Each
     * user may post one more after that.
     */
    boolean over() {
        return plan.end(next.get()) > Plan.EVENTS_MAX
                || (begun() && System.nanoTime() - began.get() > (shape.warmUp() + shape.seconds()) * SECOND);
    }

    /**
     * The request is about to be posted.
     *
     * @param post 0 for the first time
     * @param sent now, by {@link System#nanoTime}
     */
    void sending(Request request, int post, long sent) {
        ledger.sent(request);
        if (arrives(request, post)) {
            start.accumulateAndGet(sent - originNanos - arrivals.offsetNanos(request.number()), Math::min);
        }
    }

    /** What came of a post that was told of; the status is 0 when no whole answer came. */
    void answered(Request request, int post, long sent, int status, byte[] answer) {
        long now = System.nanoTime();
        boolean ok = ledger.answered(request, post, status, answer);
        timings.answered(due(request, post, sent), sent, now, request.events(), ok);
    }

    /** When a post was due that was told of; one that is not a user's arrival was when it was sent. */
    long due(Request request, int post, long sent) {
        return arrives(request, post) ? originNanos + start.get() + arrivals.offsetNanos(request.number()) : sent;
    }

    /** Whether this is a user's arrival: not a later post, nor one of a user that waits for answers, nor past the last. */
    private boolean arrives(Request request, int post) {
        return post == 0 && request.number() < arrivals.users();
    }
}

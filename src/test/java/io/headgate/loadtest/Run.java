package io.headgate.loadtest;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One run of a scenario, as the virtual users see it: which request comes next, when it was due, and whom to tell of the
 * answer. Safe for use by any thread.
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

    Run(String title, Scenario.Shape shape, URI door, Plan plan, Ledger ledger, Timings timings) {
        this.title = title;
        this.shape = shape;
        this.door = door;
        this.plan = plan;
        this.ledger = ledger;
        this.timings = timings;
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

    /** Whether the first request was made. */
    boolean begun() {
        return began.get() != 0;
    }

    /** Whether the time of users that post one request after the other is over. */
    boolean over() {
        return begun() && System.nanoTime() - began.get() > (shape.warmUp() + shape.seconds()) * SECOND;
    }

    void sending(Request request) {
        ledger.sent(request);
    }

    /** What came of a post; the status is 0 when no whole answer came. */
    void answered(Request request, int post, long sent, int status, byte[] answer) {
        long now = System.nanoTime();
        boolean ok = ledger.answered(request, post, status, answer);
        timings.answered(post == 0 ? due(request, sent) : sent, sent, now, request.events(), ok);
    }

    /** When a request was due: a later post of it, and one of a user that waits for its answers, when it is sent. */
    private long due(Request request, long sent) {
        return shape.open()
                ? Math.min(sent, began.get() + (long) (request.number() * SECOND / shape.requestsPerSecond()))
                : sent;
    }
}

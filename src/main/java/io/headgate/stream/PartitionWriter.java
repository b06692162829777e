package io.headgate.stream;

import io.headgate.event.Outcome;
import io.headgate.stream.WriteFault.Kind;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one partition: one call in flight, while it is under way the next gathers.
 *
 * <p>So order survives a failed call: whatever waits behind it is given back unsent, in order, before anything newer is
 * taken. So calls are large under load and leave at the end of the event loop's turn when idle. So Redis holds one
 * call of this gateway for a partition at most.
 *
 * <p>Price: a round trip between two calls, which other partitions' calls fill. One instance belongs to the event loop
 * of its link; only its status may be asked by anybody.
 */
final class PartitionWriter {
    private final int partition;
    private final Link link;
    private final AppendScript script;
    private final Supplier<Request> trial;
    private final WriterLimits limits;
    private final long deadlineNanos;
    private final Clock clock;
    private final Deadlines deadlines;
    private final Supervision supervision;
    private final Deque<Pending> queue = new ArrayDeque<>();
    private @Nullable AppendCall inFlight;
    private boolean flushScheduled;
    private boolean watching;
    private final AtomicInteger queuedEvents = new AtomicInteger();
    private final AtomicLong queuedBytes = new AtomicLong();
    private volatile int inFlightEvents;

    PartitionWriter(
            int partition,
            Link link,
            AppendScript script,
            Supplier<Request> trial,
            WriterLimits limits,
            Duration deadline,
            Clock clock,
            Timers timers,
            Supervision supervision) {
        this.partition = partition;
        this.link = link;
        this.script = script;
        this.trial = trial;
        this.limits = limits;
        this.deadlineNanos = deadline.toNanos();
        this.clock = clock;
        this.deadlines = new Deadlines(timers);
        this.supervision = supervision;
    }

    /** Takes events, or gives them back at once. To be called on the link's event loop, like all but the status. */
    void append(Pending pending) {
        if (!link.up()) {
            giveBack(pending, new WriteFault(Kind.AWAY, "no connection to Redis"));
            return;
        }
        boolean fits = queuedEvents() + pending.size() <= limits.queueEventsMax()
                && queuedBytes() + pending.bytes() <= limits.queueBytesMax();
        if (!fits && !queue.isEmpty()) {
            giveBack(pending, new WriteFault(Kind.OVERLOADED, "the partition's queue is full"));
            return;
        }
        pending.waitSince(clock.nanos());
        queue.add(pending);
        queued(pending.size(), pending.bytes());
        scheduleFlush();
    }

    /** The link is down: what is in flight may have happened, what waits did not. */
    void linkDown(WriteFault why) {
        AppendCall call = inFlight;
        if (call != null) {
            settle(call, CallResult.failed(Outcome.UNKNOWN, why));
        }
        giveBackQueue(why);
    }

    /** Finds out whether Redis takes this partition's writes, without an event. */
    void tryOut() {
        if (!link.up()) {
            return;
        }
        link.send(trial.get()).onComplete(answer -> {
            if (answer.succeeded()) {
                supervision.tried(partition, null);
            } else if (ErrorReply.isReply(answer.cause())) {
                triedInVain(String.valueOf(answer.cause().getMessage()));
            }
        });
    }

    /** Whether nothing is in flight and nothing waits. */
    boolean idle() {
        return inFlight == null && queue.isEmpty();
    }

    StreamStatus.Partition status() {
        Refusals.Refusal refusal = supervision.refusal(partition);
        return new StreamStatus.Partition(
                queuedEvents(),
                queuedBytes(),
                inFlightEvents,
                refusal == null ? null : refusal.why(),
                refusal == null ? 0 : refusal.sinceMillis());
    }

    int queuedEvents() {
        return queuedEvents.get();
    }

    long queuedBytes() {
        return queuedBytes.get();
    }

    /** At the end of the loop's turn, so that everything that arrived in it goes along. */
    private void scheduleFlush() {
        if (inFlight == null && !flushScheduled) {
            flushScheduled = true;
            link.context().runOnContext(turn -> flush());
        }
    }

    private void flush() {
        flushScheduled = false;
        if (inFlight != null || queue.isEmpty()) {
            return;
        }
        AppendCall call = gather();
        inFlight = call;
        inFlightEvents = call.size();
        byte[] packed = script.pack(call.events());
        link.send(script.bySha(packed)).onComplete(answer -> answered(call, packed, answer));
        watch();
    }

    private AppendCall gather() {
        AppendCall call = new AppendCall(clock.nanos());
        long bytes = 0;
        while (!queue.isEmpty()) {
            Pending next = queue.getFirst();
            int before = call.size();
            long taken = call.take(next, limits.callEventsMax(), limits.callBytesMax() - bytes);
            bytes += taken;
            queued(before - call.size(), -taken);
            if (next.unsent() > 0) {
                break;
            }
            queue.removeFirst();
        }
        return call;
    }

    private void answered(AppendCall call, byte[] packed, AsyncResult<Response> answer) {
        if (call.settled()) {
            return;
        }
        if (answer.succeeded()) {
            settle(call, CallResult.of(answer.result(), call.size()));
        } else if (ErrorReply.isReply(answer.cause())) {
            refused(call, packed, String.valueOf(answer.cause().getMessage()));
        } else {
            settle(call, CallResult.failed(Outcome.UNKNOWN, new WriteFault(Kind.LOST, "the connection broke")));
        }
    }

    private void refused(AppendCall call, byte[] packed, String message) {
        if (message.startsWith("NOSCRIPT") && call.repeatOnce()) {
            link.send(script.byText(packed)).onComplete(second -> answered(call, packed, second));
            return;
        }
        ErrorReply reply = ErrorReply.of(message);
        settle(call, CallResult.failed(reply.events(), reply.fault(message)));
        if (reply.reconnect()) {
            link.drop(reply.fault(message));
        }
    }

    private void triedInVain(String message) {
        ErrorReply reply = ErrorReply.of(message);
        supervision.tried(partition, reply.fault(message));
        if (reply.reconnect()) {
            link.drop(reply.fault(message));
        }
    }

    /** The one end of a call. */
    private void settle(AppendCall call, CallResult result) {
        inFlight = null;
        inFlightEvents = 0;
        WriteFault fault = result.fault();
        supervision.called(partition, call.size(), clock.nanos() - call.sentNanos(), fault);
        call.settle(result);
        if (fault == null) {
            if (!queue.isEmpty()) {
                scheduleFlush();
            }
        } else {
            giveBackQueue(new WriteFault(fault.kind(), "behind a failed write: " + fault.detail()));
        }
    }

    /** In order; what is appended while they are told goes behind them, into a queue that is empty by then. */
    private void giveBackQueue(WriteFault why) {
        Deque<Pending> waiting = new ArrayDeque<>(queue);
        queue.clear();
        queued(-queuedEvents(), -queuedBytes());
        waiting.forEach(pending -> giveBack(pending, why));
    }

    /** By its timer only: after an answer that we were late to read, what waited for it is sent. */
    private void giveBackLate() {
        long now = clock.nanos();
        while (!queue.isEmpty() && now - queue.getFirst().waitingSince() >= deadlineNanos) {
            Pending late = queue.removeFirst();
            queued(-late.unsent(), -late.unsentBytes());
            giveBack(late, new WriteFault(Kind.OVERLOADED, "its turn did not come before the deadline"));
        }
    }

    private void giveBack(Pending pending, WriteFault why) {
        supervision.givenBack(pending.unsent());
        pending.giveBack(why);
    }

    private void queued(int events, long bytes) {
        queuedEvents.addAndGet(events);
        queuedBytes.addAndGet(bytes);
    }

    /** Sees to it that {@link #overdue} runs at the earliest deadline. One timer, set again only when it has run. */
    private void watch() {
        AppendCall call = inFlight;
        if (watching || (call == null && queue.isEmpty())) {
            return;
        }
        long since = call != null ? call.sentNanos() : Long.MAX_VALUE;
        if (!queue.isEmpty()) {
            since = Math.min(since, queue.getFirst().waitingSince());
        }
        watching = true;
        deadlines.once(Duration.ofNanos(Math.max(0, since + deadlineNanos - clock.nanos())), this::overdue);
    }

    private void overdue() {
        watching = false;
        giveBackLate();
        AppendCall call = inFlight;
        if (call != null && clock.nanos() - call.sentNanos() >= deadlineNanos) {
            // settles the call too: an answer that comes yet finds its connection closed
            link.drop(new WriteFault(Kind.TIMEOUT, "no answer from Redis before the deadline"));
        }
        watch();
    }
}

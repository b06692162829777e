package io.headgate.stream;

import io.headgate.event.Outcome;
import io.headgate.stream.WriteFault.Kind;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.function.Consumer;
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
    private final Waiting waiting;
    private final long deadlineNanos;
    private final Clock clock;
    private final Deadlines deadlines;
    private final Supervision supervision;
    private @Nullable AppendCall inFlight;
    /** The last call that was told as failed before its answer came; Redis may still be at it. */
    private @Nullable AppendCall givenUp;

    private boolean flushScheduled;
    private boolean watching;
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
        this.waiting = new Waiting(limits);
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
        WriteFault nearlyFull = supervision.nearlyFull();
        if (nearlyFull != null) {
            supervision.tried(partition, nearlyFull);
            giveUp(nearlyFull);
            giveBack(pending, nearlyFull);
            return;
        }
        if (!waiting.fits(pending)) {
            WriteFault full = new WriteFault(Kind.OVERLOADED, "the partition's queue is full");
            giveUp(full);
            giveBack(pending, full);
            return;
        }
        waiting.add(pending, clock.nanos());
        scheduleFlush();
    }

    /** The link is down: what is in flight may have happened, what waits did not. */
    void linkDown(WriteFault why) {
        giveUp(why);
        givenUp = null;
    }

    /** Finds out whether Redis takes this partition's writes, without an event; tells what is wrong, null if nothing. */
    void tryOut(Consumer<@Nullable WriteFault> told) {
        if (!link.up()) {
            told.accept(new WriteFault(Kind.AWAY, "no connection to Redis"));
            return;
        }
        WriteFault nearlyFull = supervision.nearlyFull();
        if (nearlyFull != null) {
            supervision.tried(partition, nearlyFull);
            told.accept(nearlyFull);
            return;
        }
        Object seen = link.current();
        WriteFault silent = new WriteFault(Kind.TIMEOUT, "no answer to a trial before the deadline");
        Timers.Timer late = deadlines.once(Duration.ofNanos(deadlineNanos), () -> link.drop(seen, silent));
        link.send(trial.get()).onComplete(answer -> {
            late.cancel();
            told.accept(tried(answer));
        });
    }

    private @Nullable WriteFault tried(AsyncResult<Response> answer) {
        if (answer.succeeded()) {
            supervision.tried(partition, null);
            return null;
        }
        String message = String.valueOf(answer.cause().getMessage());
        if (!ErrorReply.isReply(answer.cause())) {
            return new WriteFault(Kind.LOST, message);
        }
        ErrorReply reply = ErrorReply.of(message);
        WriteFault fault = reply.fault(message);
        supervision.tried(partition, fault);
        if (reply.reconnect()) {
            link.drop(fault);
        }
        return fault;
    }

    /** Whether nothing is in flight and nothing waits. */
    boolean idle() {
        return inFlight == null && givenUp == null && waiting.isEmpty();
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
        return waiting.events();
    }

    long queuedBytes() {
        return waiting.bytes();
    }

    /** At the end of the loop's turn, so that everything that arrived in it goes along. */
    private void scheduleFlush() {
        if (inFlight == null && givenUp == null && !flushScheduled) {
            flushScheduled = true;
            link.context().runOnContext(turn -> flush());
        }
    }

    private void flush() {
        flushScheduled = false;
        if (inFlight != null || givenUp != null || waiting.isEmpty()) {
            return;
        }
        AppendCall call = waiting.gather(clock.nanos());
        inFlight = call;
        inFlightEvents = call.size();
        byte[] packed = script.pack(call.events());
        link.send(script.bySha(packed)).onComplete(answer -> answered(call, packed, answer));
        watch();
    }

    private void answered(AppendCall call, byte[] packed, AsyncResult<Response> answer) {
        if (call.settled()) {
            answeredInVain(call);
        } else if (answer.succeeded()) {
            settle(call, CallResult.of(answer.result(), call.size()));
        } else if (ErrorReply.isReply(answer.cause())) {
            refused(call, packed, String.valueOf(answer.cause().getMessage()));
        } else {
            settle(call, CallResult.failed(Outcome.UNKNOWN, new WriteFault(Kind.LOST, "the connection broke")));
        }
    }

    /** The answer to a call that was given up: what has gathered since may leave. */
    private void answeredInVain(AppendCall call) {
        if (givenUp == call) {
            givenUp = null;
            if (!waiting.isEmpty()) {
                scheduleFlush();
            }
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

    /** The one end of a call. */
    private void settle(AppendCall call, CallResult result) {
        inFlight = null;
        inFlightEvents = 0;
        WriteFault fault = result.fault();
        supervision.called(partition, call.size(), clock.nanos() - call.sentNanos(), fault);
        call.settle(result);
        if (fault == null) {
            if (!waiting.isEmpty()) {
                scheduleFlush();
            }
        } else {
            WriteFault behind = new WriteFault(fault.kind(), "behind a failed write: " + fault.detail());
            waiting.takeAll().forEach(pending -> giveBack(pending, behind));
        }
    }

    /**
     * What is in flight may have happened, what waits did not; all of it is told now, in order, for when one event has to go
     * elsewhere nothing before it may stay behind. The next call waits for the answer all the same.
     */
    private void giveUp(WriteFault why) {
        AppendCall call = inFlight;
        if (call != null) {
            givenUp = call;
            settle(call, CallResult.failed(Outcome.UNKNOWN, why));
        }
        waiting.takeAll().forEach(pending -> giveBack(pending, why));
    }

    private void giveBack(Pending pending, WriteFault why) {
        supervision.givenBack(pending.unsent());
        pending.giveBack(why);
    }

    /** Sees to it that {@link #overdue} runs at the earliest deadline. One timer, set again only when it has run. */
    private void watch() {
        AppendCall call = unanswered();
        if (watching || (call == null && waiting.isEmpty())) {
            return;
        }
        long since = call != null ? call.sentNanos() : Long.MAX_VALUE;
        if (!waiting.isEmpty()) {
            since = Math.min(since, waiting.since());
        }
        watching = true;
        deadlines.once(Duration.ofNanos(Math.max(0, since + deadlineNanos - clock.nanos())), this::overdue);
    }

    /** By its timer only: after an answer that we were late to read, what waited for it is sent. */
    private void overdue() {
        watching = false;
        AppendCall call = unanswered();
        if (call != null && late(call.sentNanos())) {
            // settles the call too: an answer that comes yet finds its connection closed
            link.drop(new WriteFault(Kind.TIMEOUT, "no answer from Redis before the deadline"));
        } else if (!waiting.isEmpty() && late(waiting.since())) {
            giveUp(new WriteFault(Kind.OVERLOADED, "its turn did not come before the deadline"));
        }
        watch();
    }

    private boolean late(long sinceNanos) {
        return clock.nanos() - sinceNanos >= deadlineNanos;
    }

    private @Nullable AppendCall unanswered() {
        return inFlight != null ? inFlight : givenUp;
    }
}

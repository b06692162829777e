package io.headgate.deliver;

import io.headgate.event.Outcome;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * One partition's appends to the journal that are under way, and their deadline: a disk that hangs longer may have stored
 * the records all the same, so their events are told as unknown. Belongs to the partition's event loop.
 */
final class JournalCalls {
    private record Call(Share share, long sinceNanos) {}

    private final int partition;
    private final Parts parts;
    private final Deque<Call> calls = new ArrayDeque<>();
    private boolean watching;
    private boolean hang;

    JournalCalls(int partition, Parts parts) {
        this.partition = partition;
        this.parts = parts;
    }

    /** Whether nothing of the partition is on its way to the journal. */
    boolean none() {
        return calls.isEmpty();
    }

    /** Appends; {@code told} also when the share was told as unknown meanwhile. */
    void append(Share share, List<byte[]> payloads, Consumer<AsyncResult<Long>> told) {
        Call call = new Call(share, parts.clock().nanos());
        calls.add(call);
        watch(call);
        parts.journal().append(partition, payloads).onComplete(result -> {
            calls.remove(call); // the first, unless it was refused at once
            hang(!calls.isEmpty() && late(calls.getFirst()));
            told.accept(result);
        });
    }

    private void watch(Call first) {
        if (!watching) {
            watching = true;
            long left = first.sinceNanos
                    + parts.journalDeadline().toNanos()
                    - parts.clock().nanos();
            parts.timers().once(Duration.ofNanos(Math.max(0, left)), this::look);
        }
    }

    private void look() {
        watching = false;
        for (Call call : calls) {
            if (!late(call)) {
                watch(call);
                return;
            }
            hang(true);
            if (!call.share.told.future().isComplete()) {
                call.share.rest(Outcome.UNKNOWN);
                call.share.tell();
            }
        }
    }

    private void hang(boolean now) {
        if (now != hang) {
            hang = now;
            parts.hanging().change(now ? 1 : -1);
        }
    }

    private boolean late(Call call) {
        return parts.clock().nanos() - call.sinceNanos
                >= parts.journalDeadline().toNanos();
    }
}

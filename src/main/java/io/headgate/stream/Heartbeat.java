package io.headgate.stream;

import io.headgate.stream.WriteFault.Kind;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a link every {@value #BEAT_SECONDS} s whether Redis is there, so that a silent death is found without a write,
 * whether it takes writes again where it refused them, and for its settings and
 * memory. Belongs to the event loop of its link.
 */
final class Heartbeat {
    private static final int BEAT_SECONDS = 5;

    private final Link link;
    private final Duration deadline;
    private final Clock clock;
    private final Timers timers;
    private final Consumer<ServerFacts> look;
    private final Runnable tryOut;
    private Timers.@Nullable Timer beat;
    private volatile long roundTripNanos;

    Heartbeat(Link link, Duration deadline, Clock clock, Timers timers, Consumer<ServerFacts> look, Runnable tryOut) {
        this.link = link;
        this.deadline = deadline;
        this.clock = clock;
        this.timers = timers;
        this.look = look;
        this.tryOut = tryOut;
    }

    void start() {
        beat = timers.every(Duration.ofSeconds(BEAT_SECONDS), this::beat);
    }

    void stop() {
        if (beat != null) {
            beat.cancel();
        }
    }

    /** Of the last ping; 0 before the first. May be asked by anybody. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    /** One round trip, now; the link is dropped when it takes longer than a write may. */
    void beat() {
        if (!link.up()) {
            return;
        }
        long sent = clock.nanos();
        Object seen = link.current();
        WriteFault silent = new WriteFault(Kind.TIMEOUT, "no answer to a ping before the deadline");
        Timers.Timer late = new Deadlines(timers).once(deadline, () -> link.drop(seen, silent));
        link.send(Request.cmd(Command.PING))
                .onSuccess(pong -> roundTripNanos = clock.nanos() - sent)
                .onComplete(answer -> late.cancel());
        tryOut.run();
        // without an answer the ping above is not answered either, and the link is dropped
        link.facts().onSuccess(look::accept);
    }
}

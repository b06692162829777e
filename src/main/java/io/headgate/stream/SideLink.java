package io.headgate.stream;

import io.headgate.stream.WriteFault.Kind;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VertxException;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection for what is not events, so that a large or late answer holds no event up and breaks no event's
 * connection. Made at the first use, and kept. Whether Redis is well is told by the lanes; this one says nothing.
 *
 * <p>{@link #ask} and {@link #close} may be called by anybody; all else belongs to the event loop of its context.
 */
final class SideLink implements Link.Listener {
    private final ContextInternal context;
    private final Clients clients;
    private final Link link;
    private final Duration deadline;
    private final Deadlines deadlines;
    private final List<Runnable> untilUp = new ArrayList<>();
    private boolean opened;
    private boolean closed;
    /** Whether the first attempt to connect, or the first after a connection broke, is still under way. */
    private boolean hopeful = true;
    /** Why there is no connection, as far as is known. */
    private Throwable why = new VertxException("no connection", true);

    SideLink(
            ContextInternal context,
            Clients clients,
            Handshake handshake,
            BackOff backOff,
            Duration deadline,
            Timers timers) {
        this.context = context;
        this.clients = clients;
        this.link = new Link(context, clients, handshake, timers, backOff, this);
        this.deadline = deadline;
        this.deadlines = new Deadlines(timers);
    }

    /**
     * Fails when there is no answer before the deadline: what was asked for may have happened then. Fails with {@link
     * StreamRefusedException} where the server must not be used.
     */
    Future<Response> ask(Request request) {
        PromiseInternal<Response> answer = context.owner().getOrCreateContext().promise();
        context.emit(request, asked -> begin(asked, answer));
        return answer.future();
    }

    Future<Void> close() {
        PromiseInternal<Void> done = context.promise();
        context.emit(done, promise -> {
            closed = true;
            link.close().onComplete(promise);
            release();
        });
        return done.future();
    }

    @Override
    public void up(ServerFacts facts) {
        hopeful = true;
        release();
    }

    @Override
    public void down(WriteFault fault) {
        why = new VertxException(fault.detail(), true);
        release();
    }

    @Override
    public void failed(WriteFault fault) {
        why = new VertxException(fault.detail(), true);
        hopeful = false;
        release();
    }

    @Override
    public void refused(StreamRefusedException refusal) {
        why = refusal;
        hopeful = false;
        release();
    }

    private void begin(Request request, Promise<Response> answer) {
        if (!clients.known()) {
            answer.tryFail("Redis has not started yet");
            return;
        }
        if (!opened && !closed) {
            opened = true;
            link.open();
        }
        if (link.up() || !hopeful || closed) {
            send(request, answer);
        } else {
            untilUp.add(() -> send(request, answer));
        }
    }

    /** Those who waited for the connection have it now, or learn that there is none. */
    private void release() {
        List<Runnable> waiting = List.copyOf(untilUp);
        untilUp.clear();
        waiting.forEach(Runnable::run);
    }

    private void send(Request request, Promise<Response> answer) {
        if (!link.up()) {
            answer.tryFail(why);
            return;
        }
        Object seen = link.current();
        WriteFault silent = new WriteFault(Kind.TIMEOUT, "no answer from Redis before the deadline");
        Timers.Timer late = deadlines.once(deadline, () -> {
            answer.tryFail(silent.detail());
            link.drop(seen, silent);
        });
        link.send(request).onComplete(result -> {
            late.cancel();
            if (result.succeeded()) {
                answer.tryComplete(result.result());
            } else {
                answer.tryFail(result.cause());
            }
        });
    }
}

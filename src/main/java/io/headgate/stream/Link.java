package io.headgate.stream;

import io.headgate.stream.WriteFault.Kind;
import io.headgate.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One held connection to Redis, made again with back-off whenever it breaks or is dropped, until closed.
 *
 * <p>The client neither reconnects a held connection nor gives a dropped one up: it would go back to a pool, late
 * replies and all, and each failed AUTH leaves a socket behind. So each attempt has a client of its own, which is closed
 * with it. All of it, the handshake included, stands under one deadline, for a stopped Redis still accepts connections.
 *
 * <p>One instance belongs to the event loop of its context; {@link #up} may be asked by anybody.
 *
 * <pre>
 *            open            handshake done
 *   closed --------> trying ----------------> up
 *                    ^    |                    |
 *            back-off|    | failed, refused    | broken, dropped
 *                    waiting &lt;-----------------+
 * </pre>
 */
final class Link {
    private static final Duration HANDSHAKE_DEADLINE = Duration.ofSeconds(3);

    /** Told on the link's event loop. */
    interface Listener {
        /** Events may be written from now on. */
        void up(ServerFacts facts);

        /** No longer: whatever was sent and not answered will not be. */
        void down(WriteFault why);

        /** An attempt failed; the next follows. Not told of a connection that was up, nor after a refusal. */
        void failed(WriteFault why);

        /** The server must not be written to. It is asked again all the same, until the link is closed. */
        void refused(StreamRefusedException why);
    }

    /** One attempt and, when it succeeds, the connection that it made. */
    private static final class Session {
        final Redis client;
        Timers.@Nullable Timer deadline;

        @Nullable
        RedisConnection connection;

        Session(Redis client) {
            this.client = client;
        }
    }

    private final ContextInternal context;
    private final Supplier<Redis> clients;
    private final Handshake handshake;
    private final Timers timers;
    private final BackOff backOff;
    private final Listener listener;
    private @Nullable Session session;
    private Timers.@Nullable Timer waiting;
    private int failures;
    private boolean closed;
    private volatile boolean up;

    Link(
            ContextInternal context,
            Supplier<Redis> clients,
            Handshake handshake,
            Timers timers,
            BackOff backOff,
            Listener listener) {
        this.context = context;
        this.clients = clients;
        this.handshake = handshake;
        this.timers = timers;
        this.backOff = backOff;
        this.listener = listener;
    }

    ContextInternal context() {
        return context;
    }

    boolean up() {
        return up;
    }

    /** Begins to connect. To be called on the link's event loop, like everything below. */
    void open() {
        waiting = null;
        if (closed) {
            return;
        }
        Session attempt = new Session(clients.get());
        session = attempt;
        attempt.deadline = new Deadlines(timers)
                .once(
                        HANDSHAKE_DEADLINE,
                        () -> end(attempt, new WriteFault(Kind.AWAY, "no handshake before the deadline")));
        attempt.client
                .connect()
                .compose(connection -> shakeHands(attempt, connection))
                .onComplete(result -> decide(attempt, result));
    }

    /** Sends one command; the connection must be up. Without deadline: that is the caller's, who drops the link. */
    Future<Response> send(Request request) {
        Session current = session;
        if (!up || current == null || current.connection == null) {
            return Future.failedFuture("no connection");
        }
        return current.connection.send(request);
    }

    /** What the server tells of itself now. */
    Future<ServerFacts> facts() {
        Session current = session;
        if (!up || current == null || current.connection == null) {
            return Future.failedFuture("no connection");
        }
        return Handshake.facts(current.connection);
    }

    /** Gives the connection up, with whatever is unanswered on it, and makes a new one. */
    void drop(WriteFault why) {
        Session current = session;
        if (current != null) {
            end(current, why);
        }
    }

    /** Gives this connection up if it is still the one that a caller saw. */
    void drop(@Nullable Object seen, WriteFault why) {
        if (seen != null && session == seen) {
            drop(why);
        }
    }

    /** The connection in force, to compare only; null without one. */
    @Nullable
    Object current() {
        return session;
    }

    /** Closes the connection for good. */
    Future<Void> close() {
        closed = true;
        if (waiting != null) {
            waiting.cancel();
        }
        Session current = session;
        if (current == null) {
            return Future.succeededFuture();
        }
        return end(current, new WriteFault(Kind.AWAY, "the gateway is stopping"));
    }

    private Future<ServerFacts> shakeHands(Session attempt, RedisConnection connection) {
        attempt.connection = connection;
        connection.endHandler(done -> end(attempt, new WriteFault(Kind.LOST, "Redis closed the connection")));
        connection.exceptionHandler(e -> end(attempt, new WriteFault(Kind.LOST, "the connection broke: " + e)));
        return handshake.run(connection);
    }

    private void decide(Session attempt, AsyncResult<ServerFacts> result) {
        if (session != attempt) {
            attempt.client.close();
            return;
        }
        if (result.succeeded()) {
            cancel(attempt.deadline);
            failures = 0;
            up = true;
            listener.up(result.result());
        } else if (result.cause() instanceof StreamRefusedException refusal) {
            release(attempt, new WriteFault(Kind.DENIED, String.valueOf(refusal.getMessage())));
            listener.refused(refusal);
        } else {
            end(attempt, attemptFault(result.cause()));
        }
    }

    private static WriteFault attemptFault(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return ErrorReply.isReply(cause)
                ? ErrorReply.of(message).fault(message)
                : new WriteFault(Kind.AWAY, "cannot connect: " + message);
    }

    /** The one way out of a session, taken once whatever ends it; the next attempt follows unless closed. */
    private Future<Void> end(Session ended, WriteFault why) {
        if (session != ended) {
            return Future.succeededFuture();
        }
        boolean wasUp = up;
        Future<Void> gone = release(ended, why);
        if (wasUp) {
            listener.down(why);
        } else {
            listener.failed(why);
        }
        return gone;
    }

    /** Closes it and sees to the next attempt, telling nobody. */
    private Future<Void> release(Session ended, WriteFault why) {
        session = null;
        up = false;
        cancel(ended.deadline);
        if (!closed) {
            failures++;
            Duration wait = why.kind() == Kind.DENIED ? backOff.longest() : backOff.after(failures);
            waiting = timers.once(wait, this::open);
        }
        return ended.client.close();
    }

    private static void cancel(Timers.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}

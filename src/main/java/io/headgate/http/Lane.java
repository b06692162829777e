package io.headgate.http;

import io.headgate.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door's part on one event loop, to which it belongs: a server of its own on the common port, its connections, its
 * inflater. Lanes share a {@link Doorway} and nothing else.
 *
 * <p>Deadlines are kept by one timer that looks at every connection a few times a second. Ten thousand looks cost well
 * under a millisecond, and a request sets no timer of its own.
 */
final class Lane implements Deployable {
    /** Bodies that inflate to more are inflated by a worker: 8 MiB take tens of milliseconds, which would hold up others. */
    static final int LOOP_INFLATED_BYTES_MAX = 262_144;

    static final int LINE_BYTES_MAX = 20_480;
    static final int HEADER_BYTES_MAX = 16_384;

    /** Half of what the whole process has to stop in; requests under way have the rest of their time within it. */
    private static final Duration STOP = Duration.ofSeconds(10);

    private static final Duration LOOK_LONGEST = Duration.ofMillis(250);
    private static final Duration LOOK_SHORTEST = Duration.ofMillis(5);
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final Vertx vertx;
    private final Doorway doorway;
    private final Timers timers;
    private final int port;
    private final HttpServerOptions options;
    private final Gunzip gunzip;
    private final Reception reception;
    private final long requestDeadlineNanos;
    private final List<Connection> connections = new ArrayList<>();

    private @Nullable HttpServer server;
    private Timers.@Nullable Timer looking;

    /** {@code port}: the common one; or any negative number, for a free port that all lanes of that number share. */
    Lane(Vertx vertx, Doorway doorway, Timers timers, int port) {
        HttpSettings settings = doorway.settings();
        this.vertx = vertx;
        this.doorway = doorway;
        this.timers = timers;
        this.port = port;
        this.options = serverOptions();
        this.gunzip = new Gunzip(Math.min(LOOP_INFLATED_BYTES_MAX, settings.inflatedBytesMax()), doorway.inFlight());
        this.reception = new Reception(this, doorway);
        this.requestDeadlineNanos = settings.requestDeadline().toNanos();
    }

    @Override
    public Future<?> deploy(Context context) {
        HttpServer created = vertx.createHttpServer(options)
                .connectionHandler(this::connected)
                .exceptionHandler(cause ->
                        LOG.debug("a connection failed: {}", cause.getClass().getName()))
                .requestHandler(request -> request.connection().close());
        server = created;
        looking = timers.every(lookPeriod(), this::look);
        return created.listen(port, doorway.settings().host()).recover(cause -> free().compose(
                        done -> Future.failedFuture(CannotListenException.of(doorway.settings(), cause))));
    }

    /** Lets requests under way finish, for {@link #STOP} at most. */
    @Override
    public Future<?> undeploy(Context context) {
        HttpServer stopping = server;
        Future<Void> closed =
                stopping == null ? Future.succeededFuture() : stopping.shutdown(STOP.toMillis(), TimeUnit.MILLISECONDS);
        return closed.eventually(this::free);
    }

    private Future<Void> free() {
        if (looking != null) {
            looking.cancel();
        }
        gunzip.close();
        return Future.succeededFuture();
    }

    /** The port that it listens on, once it does. */
    int port() {
        return server == null ? port : server.actualPort();
    }

    Doorway doorway() {
        return doorway;
    }

    Reception reception() {
        return reception;
    }

    /** Inflates a gzip body: at once if that is quickly done, else by a worker. Completes on the caller's context. */
    Future<Gunzip.Result> inflate(byte[] body) {
        int max = doorway.settings().inflatedBytesMax();
        if (max <= LOOP_INFLATED_BYTES_MAX || Gunzip.claim(body) <= LOOP_INFLATED_BYTES_MAX) {
            Gunzip.Result result = gunzip.inflate(body);
            if (max <= LOOP_INFLATED_BYTES_MAX || !(result instanceof Gunzip.TooLarge)) {
                return Future.succeededFuture(result);
            }
        }
        return vertx.executeBlocking(() -> inflateLarge(body, max), false);
    }

    private Gunzip.Result inflateLarge(byte[] body, int max) {
        try (Gunzip large = new Gunzip(max, doorway.inFlight())) {
            return large.inflate(body);
        }
    }

    HttpServerOptions options() {
        return options;
    }

    long now() {
        return doorway.clock().nanos();
    }

    long requestDeadlineNanos() {
        return requestDeadlineNanos;
    }

    private void connected(HttpConnection opened) {
        if (doorway.connections().incrementAndGet() > doorway.settings().connectionsMax()) {
            doorway.connections().decrementAndGet();
            doorway.meters().closed(AccessMeters.Closed.OVER_LIMIT);
            opened.close();
            return;
        }
        Connection connection = new Connection(this, (HttpServerConnection) opened);
        connection.place = connections.size();
        connections.add(connection);
        opened.closeHandler(closed -> remove(connection));
        connection.open();
    }

    private void remove(Connection connection) {
        doorway.connections().decrementAndGet();
        Connection last = connections.remove(connections.size() - 1);
        if (last != connection) {
            connections.set(connection.place, last);
            last.place = connection.place;
        }
    }

    /** From the end, for a connection that closes is replaced by the last one. */
    private void look() {
        long now = now();
        for (int i = connections.size() - 1; i >= 0; i--) {
            connections.get(i).look(now);
        }
    }

    private Duration lookPeriod() {
        Duration tenth = doorway.settings().requestDeadline().dividedBy(10);
        if (tenth.compareTo(LOOK_SHORTEST) < 0) {
            return LOOK_SHORTEST;
        }
        return tenth.compareTo(LOOK_LONGEST) > 0 ? LOOK_LONGEST : tenth;
    }

    private static HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setMaxChunkSize(65_536)
                .setStrictThreadMode(true)
                // their handler keeps a queue of its own, which breaks a connection that pipelines more than 128
                // requests
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setDecompressionSupported(false)
                .setCompressionSupported(false)
                .setHandle100ContinueAutomatically(false);
    }
}

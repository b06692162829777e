package io.headgate.embedded;

import io.headgate.time.Clock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Redis server that lives and dies with the gateway: started or taken over, watched, started again on the same
 * port when it dies, and stopped with its data on disk.
 *
 * <p>All of it happens on one thread of its own, which owns the directory and the server; callers only get Futures. If
 * the gateway is killed the server lives on, and the next start finds it.
 */
public final class EmbeddedRedis {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration BACK_OFF_MIN = Duration.ofMillis(100);
    private static final Duration BACK_OFF_MAX = Duration.ofSeconds(10);
    private static final Duration PROVEN_AFTER = Duration.ofSeconds(60);

    private final EmbeddedSettings settings;
    private final Clock clock;
    private final Binary binary;
    private final Context context;
    private final Thread thread;
    private final Promise<String> started = Promise.promise();
    private final Promise<Void> stopped = Promise.promise();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Nothing happens before {@link #start}. */
    public EmbeddedRedis(Vertx vertx, EmbeddedSettings settings, Clock clock) {
        this(vertx, settings, clock, Binary.ofThisMachine());
    }

    EmbeddedRedis(Vertx vertx, EmbeddedSettings settings, Clock clock, Binary binary) {
        this.settings = settings;
        this.clock = clock;
        this.binary = binary;
        this.context = vertx.getOrCreateContext();
        this.thread = new Thread(this::run, "embedded-redis");
        this.thread.setDaemon(true);
    }

    /**
     * Takes over the directory's server or starts one; to be called once.
     *
     * @return its address, {@code redis://127.0.0.1:PORT}, when it has loaded its data, however long that takes; or an
     *     {@link EmbeddedRedisException}
     */
    public Future<String> start() {
        thread.start();
        return started.future();
    }

    /**
     * Stops the server and waits until it is gone: at most 8 seconds, then it is killed, which loses nothing that was
     * confirmed. Harmless when it never started.
     */
    public Future<Void> stop() {
        if (thread.getState() == Thread.State.NEW) {
            return Future.succeededFuture();
        }
        stopping.countDown();
        return stopped.future();
    }

    private void run() {
        try (Home home = Home.lock(settings.dir())) {
            keep(home);
            context.runOnContext(ignored -> stopped.tryComplete());
        } catch (EmbeddedRedisException e) {
            end(e);
        } catch (IOException | RuntimeException e) {
            end(new EmbeddedRedisException("the embedded Redis in " + settings.dir() + " failed: " + e, e));
        }
    }

    private void end(EmbeddedRedisException failure) {
        LOG.debug("the embedded Redis ends", failure);
        context.runOnContext(ignored -> {
            // whoever waited for the start is told why; after that there is only the stop to answer
            if (started.tryFail(failure)) {
                stopped.tryComplete();
            } else {
                stopped.tryFail(failure);
            }
        });
    }

    private void keep(Home home) throws IOException {
        Processes processes = new Processes(home.conf(), clock);
        Keeper keeper = new Keeper(home, settings, binary, processes, () -> stopping.getCount() == 0);
        ServerRecord server = keeper.takeOverOrStart(settings.port());
        String address = server.address();
        context.runOnContext(ignored -> started.tryComplete(address));
        watch(keeper, server);
        keeper.stop();
    }

    /** Sees to it that a server runs, until a stop is asked for. */
    private void watch(Keeper keeper, ServerRecord first) {
        ServerRecord server = first;
        Duration backOff = BACK_OFF_MIN;
        long startedAt = clock.nanos();
        int failures = 0;
        while (!pause(LOOK_EVERY)) {
            if (keeper.lives(server)) {
                continue;
            }
            if (clock.nanos() - startedAt > PROVEN_AFTER.toNanos()) {
                backOff = BACK_OFF_MIN;
            }
            if (failures == 0) {
                LOG.warn("the embedded Redis (process {}) died, it is started again", server.pid());
            }
            if (pause(backOff)) {
                return;
            }
            backOff = doubled(backOff);
            try {
                server = keeper.takeOverOrStart(first.port());
                startedAt = clock.nanos();
                failures = 0;
            } catch (IOException | RuntimeException e) {
                failures++;
                if (failures == 1) {
                    LOG.warn("the embedded Redis could not be started again, tried until it can: {}", e.getMessage());
                }
            }
        }
    }

    private static Duration doubled(Duration backOff) {
        Duration twice = backOff.multipliedBy(2);
        return twice.compareTo(BACK_OFF_MAX) > 0 ? BACK_OFF_MAX : twice;
    }

    /** Waits that long, or until a stop is asked for; says whether it is. */
    private boolean pause(Duration duration) {
        try {
            return stopping.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true; // nobody else interrupts this thread than a process that ends
        }
    }
}

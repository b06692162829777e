package io.headgate.stream;

import io.headgate.time.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over all links: knows whether events can be written, since when, and what the server is like; and says so
 * once at each change. Safe for use by any thread.
 */
final class Supervision {
    private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

    private final int links;
    private final Clock clock;
    private final StreamMeters meters;
    private final Promise<Void> firstUp = Promise.promise();
    private int linksUp;
    private boolean everUp;
    private boolean troubleTold;
    private boolean stopping;
    private long sinceMillis;
    private @Nullable WriteFault lastFault;
    private @Nullable ServerFacts server;
    private List<String> unsafe = List.of();

    Supervision(int links, Clock clock, StreamMeters meters) {
        this.links = links;
        this.clock = clock;
        this.meters = meters;
        this.sinceMillis = clock.wallMillis();
    }

    /** Completes when all links were up for the first time; fails when the server is refused before that. */
    Future<Void> firstUp() {
        return firstUp.future();
    }

    synchronized boolean up() {
        return linksUp == links;
    }

    synchronized boolean neverUp() {
        return !everUp;
    }

    void linkUp(ServerFacts facts) {
        if (countUp()) {
            LOG.info("redis is up version={} mode={}", facts.version(), facts.mode());
            firstUp.tryComplete();
        }
        looked(facts);
    }

    synchronized void linkDown(WriteFault why) {
        meters.disconnected();
        if (linksUp == links) {
            sinceMillis = clock.wallMillis();
            if (!stopping) {
                LOG.warn("redis is down kind={} detail={}", why.kind(), why.detail());
            }
        }
        linksUp--;
        lastFault = why;
    }

    /** An attempt to connect failed. The first of a row is told, for what follows is mostly the same. */
    synchronized void attemptFailed(WriteFault why) {
        lastFault = why;
        if (!troubleTold) {
            troubleTold = true;
            LOG.warn("redis cannot be used yet kind={} detail={}", why.kind(), why.detail());
        }
    }

    void refused(StreamRefusedException why) {
        if (!firstUp.tryFail(why) && !neverUp()) {
            LOG.error("redis is not written to any more: {}", why.getMessage());
        }
    }

    /** A call ended, well or not. */
    void called(int events, long nanos) {
        meters.call(events, nanos);
    }

    /** A call failed. A fault that needs a person is told when it is not the same as the last one. */
    synchronized void writeFailed(int partition, WriteFault why) {
        meters.failed(why);
        if (why.kind() == WriteFault.Kind.BROKEN && !why.equals(lastFault)) {
            LOG.error("redis cannot take an event, a person must look partition={} detail={}", partition, why.detail());
        }
        lastFault = why;
    }

    void givenBack(int events) {
        meters.givenBack(events);
    }

    /** The server's settings as they are now. */
    synchronized void looked(ServerFacts facts) {
        server = facts;
        List<String> now = facts.unsafe();
        if (now.equals(unsafe)) {
            return;
        }
        unsafe = now;
        if (now.isEmpty()) {
            LOG.info("redis settings are safe again");
        } else {
            LOG.warn("redis settings are unsafe reasons={}", now);
        }
    }

    /** What breaks from now on was meant to. */
    synchronized void stopping() {
        stopping = true;
    }

    synchronized int unsafeReasons() {
        return unsafe.size();
    }

    synchronized StreamStatus status(long roundTripNanos, List<StreamStatus.Partition> partitions) {
        return new StreamStatus(linksUp == links, sinceMillis, lastFault, server, unsafe, roundTripNanos, partitions);
    }

    private synchronized boolean countUp() {
        linksUp++;
        if (linksUp < links) {
            return false;
        }
        everUp = true;
        troubleTold = false;
        sinceMillis = clock.wallMillis();
        return true;
    }
}

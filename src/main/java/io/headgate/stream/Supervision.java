package io.headgate.stream;

import io.headgate.time.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over all links and over what Redis answers to writes: knows whether events can be written, since when, and
 * what the server is like; and says so once at each change. Safe for use by any thread.
 *
 * <p>Events can be written when all links are up and not every partition is refused. One refused partition is told and
 * shown, and harms no other.
 */
final class Supervision {
    private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

    private static final double NEARLY_FULL = 0.95;
    private static final double ROOM_AGAIN = 0.9;

    private final int links;
    private final Refusals refusals;
    private final Clock clock;
    private final StreamMeters meters;
    private final Promise<Void> firstUp = Promise.promise();
    private int linksUp;
    private boolean up;
    private boolean everUp;
    private boolean troubleTold;
    private boolean stopping;
    private long sinceMillis;
    private @Nullable String refusalTold;
    private @Nullable WriteFault lastFault;
    private long lastFaultMillis;
    private @Nullable ServerFacts server;
    private List<String> unsafe = List.of();
    private volatile @Nullable WriteFault nearlyFull;

    Supervision(int links, int partitions, Clock clock, StreamMeters meters) {
        this.links = links;
        this.refusals = new Refusals(partitions);
        this.clock = clock;
        this.meters = meters;
        this.sinceMillis = clock.wallMillis();
    }

    /** Completes when all links were up for the first time; fails when the server is refused before that. */
    Future<Void> firstUp() {
        return firstUp.future();
    }

    synchronized boolean up() {
        return up;
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
        if (linksUp == links && !stopping) {
            LOG.warn("redis is down kind={} detail={}", why.kind(), why.detail());
        }
        linksUp--;
        fault(why);
        decide();
    }

    /** An attempt to connect failed. The first of a row is told, for what follows is mostly the same. */
    synchronized void attemptFailed(WriteFault why) {
        fault(why);
        if (!troubleTold && !stopping) {
            troubleTold = true;
            LOG.warn("redis cannot be used yet kind={} detail={}", why.kind(), why.detail());
        }
    }

    /** The server must not be written to. Before the first time up the start fails with it, and whoever starts tells it. */
    synchronized void refused(StreamRefusedException why) {
        String whatToDo = String.valueOf(why.getMessage());
        fault(new WriteFault(WriteFault.Kind.DENIED, whatToDo));
        if (!everUp) {
            firstUp.tryFail(why);
        } else if (!whatToDo.equals(refusalTold)) {
            refusalTold = whatToDo;
            LOG.error("redis is not written to any more: {}", whatToDo);
        }
    }

    /** A call ended, well or not. To be told before those who wait for its events. */
    void called(int partition, int events, long nanos, @Nullable WriteFault fault) {
        meters.call(events, nanos);
        if (fault != null) {
            meters.failed(fault);
        }
        wrote(partition, fault);
    }

    /** A trial of a partition ended, well when the fault is null. */
    void tried(int partition, @Nullable WriteFault fault) {
        wrote(partition, fault);
    }

    void givenBack(int events) {
        meters.givenBack(events);
    }

    /** Whether some partition is refused, so that trials have to find out when it is no more. */
    boolean refusing() {
        return !refusals.none();
    }

    /** Tells which refusals have ended. To be called now and then. */
    synchronized void look() {
        refusals.look();
    }

    synchronized Refusals.@Nullable Refusal refusal(int partition) {
        return refusals.of(partition);
    }

    /** The server's settings as they are now. */
    synchronized void looked(ServerFacts facts) {
        server = facts;
        memory(facts.memoryShare());
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

    /**
     * Why events are not written though Redis would take some yet; null when they are. What is left of its memory is for
     * those who take events off: their books, and the dead letters.
     */
    @Nullable
    WriteFault nearlyFull() {
        return nearlyFull;
    }

    private void memory(double share) {
        if (share >= NEARLY_FULL && nearlyFull == null) {
            nearlyFull = new WriteFault(
                    WriteFault.Kind.NOT_APPLIED,
                    "Redis uses more than 95 % of its maxmemory: see which group keeps the streams from being trimmed");
        } else if (share < ROOM_AGAIN) {
            nearlyFull = null;
        }
    }

    /** What breaks from now on was meant to. */
    synchronized void stopping() {
        stopping = true;
    }

    /** Share of its memory that Redis used at the last look; 0 where it has no limit, or before the first. */
    synchronized double memoryShare() {
        return server == null ? 0 : server.memoryShare();
    }

    synchronized int unsafeReasons() {
        return unsafe.size();
    }

    synchronized StreamStatus status(long roundTripNanos, List<StreamStatus.Partition> partitions) {
        boolean over = linksUp == links && refusals.none();
        return new StreamStatus(
                up, sinceMillis, lastFault, lastFaultMillis, over, server, unsafe, roundTripNanos, partitions);
    }

    /** The usual case, a success where nothing is refused, takes no lock. */
    private void wrote(int partition, @Nullable WriteFault fault) {
        if (fault == null && refusals.none()) {
            return;
        }
        synchronized (this) {
            if (fault == null) {
                refusals.end(partition);
            } else {
                fault(fault);
                if (Refusals.isRefusal(fault)) {
                    refusals.begin(partition, fault, clock.wallMillis());
                }
            }
            decide();
        }
    }

    private synchronized boolean countUp() {
        linksUp++;
        if (linksUp < links) {
            return false;
        }
        everUp = true;
        troubleTold = false;
        refusalTold = null;
        decide();
        return true;
    }

    private synchronized void fault(WriteFault why) {
        lastFault = why;
        lastFaultMillis = clock.wallMillis();
    }

    /** Whether events can be written, after anything that it depends on has changed. */
    private synchronized void decide() {
        boolean now = linksUp == links && !refusals.all();
        if (now != up) {
            up = now;
            sinceMillis = clock.wallMillis();
        }
    }
}

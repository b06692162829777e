package io.headgate.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks all the time whether two servers run on a directory, for two that meet for a moment lose events as well. What
 * was there in two looks on end counts: a server that becomes a daemon is two processes for an instant, and a rewriting
 * child that has lost its server names itself a little later.
 */
final class ServerWatch extends Thread implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path dir;
    private volatile List<Long> together = List.of();
    private volatile boolean ended;
    private final AtomicLong looks = new AtomicLong();

    ServerWatch(Path dir) {
        super("server-watch");
        setDaemon(true);
        this.dir = dir;
    }

    /** The servers that were there at the same time, the last that were seen so; empty when there were never two. */
    List<Long> together() {
        return together;
    }

    long looks() {
        return looks.get();
    }

    @Override
    public void close() {
        ended = true;
    }

    @Override
    public void run() {
        List<Long> before = List.of();
        while (!ended) {
            List<Long> servers = new ArrayList<>(EmbeddedServers.on(dir));
            if (servers.size() > 1) {
                servers.removeAll(EmbeddedServers.orphans(dir));
            }
            if (servers.size() > 1 && servers.equals(before)) {
                together = servers;
            }
            before = servers;
            looks.incrementAndGet();
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}

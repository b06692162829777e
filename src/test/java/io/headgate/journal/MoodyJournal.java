package io.headgate.journal;

import io.headgate.meter.Meters;
import io.headgate.time.SystemClock;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** A journal for other rooms' tests, on a disk that is slow, hangs or fails when it is told to. */
public final class MoodyJournal {
    private final Semaphore moving = new Semaphore(1);
    private final Journal journal;
    private volatile boolean failing;
    private volatile long forceNanos;

    public MoodyJournal(Vertx vertx, int channels, Meters meters) throws IOException {
        PretendDisk disk = new PretendDisk();
        disk.beforeUnlocked((what, name) -> {
            moving.acquireUninterruptibly();
            moving.release();
            if (what.equals("force")) {
                LockSupport.parkNanos(forceNanos);
            }
            if (failing) {
                throw new IOException("the disk is dead");
            }
        });
        JournalSettings settings =
                new JournalSettings(Path.of("nowhere"), channels, 1 << 20, 1 << 24, JournalSettings.Sync.ALWAYS);
        this.journal = Journal.open(vertx, disk, settings, new SystemClock(), meters);
    }

    public Journal journal() {
        return journal;
    }

    /** From now on no operation of the disk ends. */
    public void hang() {
        moving.acquireUninterruptibly();
    }

    /** They end again. */
    public void move() {
        moving.release();
    }

    /** From now on each fsync takes so long. */
    public void slow(Duration force) {
        forceNanos = force.toNanos();
    }

    /** From now on every operation of the disk fails, or no longer does. */
    public void failing(boolean now) {
        failing = now;
    }
}

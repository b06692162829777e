package io.headgate.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What clients feel while Redis fails under a steady load, and how the way back goes. Prints a line a second, and for each
 * phase the answers' times; in the end holds the streams against what the client was answered.
 *
 * <p>Arguments: {@code --scenario} {@code kill} (Redis killed, started again after 30 s), {@code stop} (SIGSTOP for 60 s),
 * {@code stall} (SIGSTOP for 600 ms) or {@code ramp} (5 s away at 10 to 90 % of {@code --ceiling} events/s, {@code --step} percent apart); {@code --rate}
 * 2000 events/s, {@code --batch} 10, {@code --away} milliseconds instead of the scenario's, {@code --fsync} always.
 */
public final class Outage {
    private static final int SESSIONS = 256;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int WARM_UP_SECONDS = 15;
    private static final int BEFORE_SECONDS = 10;
    private static final int DRAINED_WITHIN_SECONDS = 240;
    private static final int RAMP_DRAINED_WITHIN_SECONDS = 20;

    private final Options options;
    private final String scenario;
    private final Numbered events = new Numbered(1);
    private final Ledger ledger = Ledger.inMemory(SESSIONS);
    private final Rig rig;
    private long reportAt;
    /** When the first event was seen to be drained: a Redis that is started again reads its file first. */
    private long drainBegan;

    private Status before;

    private Outage(Options options, Rig rig) {
        this.options = options;
        this.scenario = options.text("scenario", "kill");
        this.rig = rig;
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        System.exit(run(arguments) ? 0 : 1);
    }

    /** Runs it and says whether every promise was kept; what was seen is printed. */
    static boolean run(String... arguments) throws IOException, InterruptedException {
        Options options = new Options(arguments)
                .only("scenario", "rate", "batch", "away", "fsync", "ceiling", "step", "drained-within");
        try (Rig rig = Rig.withRedis(options.text("fsync", "always"), List.of())) {
            Thread hook = new Thread(rig::close);
            Runtime.getRuntime().addShutdownHook(hook);
            boolean sound = new Outage(options, rig).run();
            if (!sound) {
                rig.keepDir();
                System.out.println("kept for a look: " + rig.dir());
            }
            Runtime.getRuntime().removeShutdownHook(hook);
            return sound;
        }
    }

    private boolean run() throws IOException, InterruptedException {
        rig.startGateway();
        rig.awaitLive(60);
        boolean sound = true;
        if (scenario.equals("ramp")) {
            int ceiling = options.number("ceiling", 100_000);
            int step = options.number("step", 10);
            for (int percent = step; percent <= 90; percent += step) {
                sound &= once(ceiling / 100 * percent, 50, 5_000, RAMP_DRAINED_WITHIN_SECONDS, percent + "% ");
            }
        } else {
            int away =
                    options.number("away", scenario.equals("kill") ? 30_000 : scenario.equals("stop") ? 60_000 : 600);
            int within = options.number("drained-within", DRAINED_WITHIN_SECONDS);
            sound = once(options.number("rate", 2_000), options.number("batch", 10), away, within, "");
        }
        return judge() && sound;
    }

    private boolean once(int rate, int batch, int awayMillis, int drainedWithin, String label)
            throws InterruptedException {
        OpenLoop load = new OpenLoop(rig.client(), events, ledger, rate, batch);
        load.phase("0 warm-up");
        load.start();
        watch(WARM_UP_SECONDS * SECOND, "");
        OpenLoop.Phase well = load.phase("1 before");
        watch(BEFORE_SECONDS * SECOND, "");

        OpenLoop.Phase away = load.phase("2 away");
        long gone = System.nanoTime();
        breakRedis();
        long switched = watch(TimeUnit.MILLISECONDS.toNanos(awayMillis), "stream");
        Status atReturn = status();
        OpenLoop.Phase draining = load.phase("3 draining");
        long back = System.nanoTime();
        mendRedis();
        long largest = awaitStream(back + drainedWithin * SECOND);
        Status atEnd = status();
        double seconds = (System.nanoTime() - back) / 1e9;
        double drainSeconds = drainBegan == 0 ? seconds : Math.max(0.02, (System.nanoTime() - drainBegan) / 1e9);
        double drainRate = (atEnd.drained() - atReturn.drained()) / drainSeconds;
        OpenLoop.Phase after = load.phase("4 after");
        boolean drained = atEnd.mode().equals("stream");
        if (drained) {
            watch(BEFORE_SECONDS * SECOND, "");
        }
        load.end();
        System.out.printf("%sbefore:   %s%n", label, well);
        System.out.printf("%saway:     %s%n", label, away);
        System.out.printf("%sdraining: %s%n", label, draining);
        System.out.printf("%safter:    %s%n", label, after);
        System.out.printf(
                "%sarrival/s=%d switch_ms=%s largest_backlog=%d drained/s=%.0f ratio=%.2f %s=%.2f order_broken=%d%n",
                label,
                rate,
                switched == 0 ? "none seen" : (switched - gone) / 1_000_000,
                largest,
                drainRate,
                drainRate / rate,
                drained ? "stream_again_after_s" : "NOT_DRAINED_within_s",
                seconds,
                atEnd.number("delivery", "order_broken"));
        Status rest = rig.awaitRest(DRAINED_WITHIN_SECONDS);
        long failed = well.failed.get() + away.failed.get() + draining.failed.get() + after.failed.get();
        return rest != null && rest.atRest() && failed == 0;
    }

    private void breakRedis() throws InterruptedException {
        if (scenario.equals("kill") || scenario.equals("ramp")) {
            rig.killRedis();
        } else {
            rig.freezeRedis();
        }
    }

    private void mendRedis() throws InterruptedException {
        if (scenario.equals("kill") || scenario.equals("ramp")) {
            rig.startRedis();
        } else {
            rig.thawRedis();
        }
    }

    /** Watches for so long; when the mode was first seen to be another than {@code left}, 0 when it was not. */
    private long watch(long nanos, String left) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        long changed = 0;
        while (System.nanoTime() < end) {
            Status status = status();
            if (changed == 0 && !left.isEmpty() && !status.mode().equals(left)) {
                changed = System.nanoTime();
            }
            LockSupport.parkNanos(Math.min(LOOK_NANOS, end - System.nanoTime()));
        }
        return changed;
    }

    /** The largest backlog seen until the mode was stream again. */
    private long awaitStream(long until) throws InterruptedException {
        long largest = 0;
        Status status = status();
        long drainedBefore = status.drained();
        drainBegan = 0;
        while (System.nanoTime() < until && !(status.mode().equals("stream") && status.backlog() == 0)) {
            largest = Math.max(largest, status.backlog());
            if (drainBegan == 0 && status.drained() > drainedBefore) {
                drainBegan = System.nanoTime();
            }
            LockSupport.parkNanos(LOOK_NANOS);
            status = status();
        }
        return largest;
    }

    /** The page, and once a second a line of it. */
    private Status status() throws InterruptedException {
        Status status = rig.client().status();
        if (status == null) {
            throw new IllegalStateException("the gateway does not answer");
        }
        if (System.nanoTime() - reportAt >= SECOND) {
            long took = before == null ? 0 : status.book("received") - before.book("received");
            long drained = before == null ? 0 : status.drained() - before.drained();
            System.out.printf(
                    "  mode=%s received=%d drained=%d backlog=%d refused=%d%n",
                    status.mode(), took, drained, status.backlog(), status.book("refused"));
            before = status;
            reportAt = System.nanoTime();
        }
        return status;
    }

    private boolean judge() throws InterruptedException {
        List<String> imbalances = status().imbalances();
        Oracle.Verdict verdict = Oracle.judge(events, ledger, rig.streams());
        boolean sound = verdict.onceEach() && imbalances.isEmpty();
        System.out.printf(
                "%s scenario=%s entries=%d lost=%d twice=%d foreign=%d %s %s%n", // a session's posts overlap: no order
                sound ? "SOUND" : "BROKEN",
                scenario,
                verdict.entries(),
                verdict.lost(),
                verdict.twice(),
                verdict.foreign(),
                imbalances,
                Machine.describe(rig.streams()));
        return sound;
    }
}

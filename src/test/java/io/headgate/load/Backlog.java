package io.headgate.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A large backlog and a small heap: Redis is killed, a client fills the journal, the gateway is killed with -9, and both
 * are started again. Prints how long the door was shut, how fast the backlog went to the streams and how much heap that
 * took; in the end holds the streams against what the client was answered.
 *
 * <p>Arguments: {@code --events} 5000000, {@code --batch} 500, {@code --lanes} 32 batches under way at once,
 * {@code --heap} 256 MiB for the gateway, {@code --fsync} everysec of Redis.
 */
public final class Backlog {
    private static final int SESSIONS_EACH = 8;
    private static final long FILLED_WITHIN_SECONDS = 1_800;
    private static final long DRAINED_WITHIN_SECONDS = 1_800;
    private static final long LIVE_WITHIN_SECONDS = 120;
    private static final int REPORTED_EVERY = 5;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Options options;
    private final Numbered events = new Numbered(1);
    private final Ledger ledger;
    private final Rig rig;
    private final int lanes;
    private final List<String> faults = new ArrayList<>();
    private Heap heap = new Heap();
    private long orderBroken;
    private long slowestLook;

    private Backlog(Options options, Rig rig) {
        this.options = options;
        this.rig = rig;
        this.lanes = options.number("lanes", 32);
        // one session more for what is posted while the gateway starts
        this.ledger = Ledger.inMemory(lanes * SESSIONS_EACH + 1);
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        System.exit(run(arguments) ? 0 : 1);
    }

    /** Runs it and says whether every promise was kept; what was seen is printed. */
    public static boolean run(String... arguments) throws IOException, InterruptedException {
        Options options = new Options(arguments).only("events", "batch", "lanes", "heap", "fsync");
        List<String> flags = List.of("-Xmx" + options.number("heap", 256) + "m");
        try (Rig rig = Rig.withRedis(options.text("fsync", "everysec"), flags)) {
            Thread hook = new Thread(rig::close);
            Runtime.getRuntime().addShutdownHook(hook);
            boolean passed = new Backlog(options, rig).run();
            if (!passed) {
                rig.keepDir();
                System.out.println("kept for a look: " + rig.dir());
            }
            Runtime.getRuntime().removeShutdownHook(hook);
            return passed;
        }
    }

    private boolean run() throws IOException, InterruptedException {
        rig.startGateway();
        if (!rig.awaitLive(LIVE_WITHIN_SECONDS)) {
            faults.add("the gateway does not start");
        } else {
            rig.killRedis();
            fill(options.number("events", 5_000_000));
        }
        if (faults.isEmpty()) {
            rig.killGateway();
            rig.startRedis();
            startAndDrain();
        }
        return judge();
    }

    private void fill(int total) throws InterruptedException {
        long began = System.nanoTime();
        ClosedLoop load =
                new ClosedLoop(rig.client(), events, ledger, lanes, SESSIONS_EACH, options.number("batch", 500), total);
        load.start();
        long end = began + FILLED_WITHIN_SECONDS * SECOND;
        for (int second = 1; !load.await(1) && System.nanoTime() < end && rig.gatewayUp(); second++) {
            heap.sample(rig.client());
            if (second % REPORTED_EVERY == 0) {
                System.out.printf("  filling accepted=%d %s%n", ledger.accepted(), heap);
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        Status status = rig.client().status();
        if (status == null || !load.await(0)) {
            faults.add("the journal was not filled: " + status);
            return;
        }
        orderBroken = status.number("delivery", "order_broken");
        faults.addAll(status.imbalances());
        System.out.printf(
                "filled accepted=%d seconds=%.1f events/s=%.0f posted_again=%d mode=%s backlog=%d %s%n",
                ledger.accepted(),
                seconds,
                ledger.accepted() / seconds,
                load.again(),
                status.mode(),
                status.backlog(),
                heap);
    }

    private void startAndDrain() throws IOException, InterruptedException {
        heap = new Heap();
        long began = System.nanoTime();
        rig.startGateway();
        if (!postUntilStored(began + LIVE_WITHIN_SECONDS * SECOND)) {
            faults.add("no event is accepted after the start");
            return;
        }
        long accepted = System.nanoTime();
        Status status = awaitRest(accepted);
        long rest = System.nanoTime();
        if (status == null || !status.atRest()) {
            faults.add("not drained: " + status);
            return;
        }
        faults.addAll(status.imbalances());
        orderBroken = Math.max(orderBroken, status.number("delivery", "order_broken"));
        System.out.printf(
                "drained backlog_at_start=%d start_to_first_accepted_ms=%d start_to_stream_s=%.1f drained/s=%.0f"
                        + " status_slowest_ms=%d %s%n",
                status.book("backlog_at_start"),
                (accepted - began) / 1_000_000,
                (rest - began) / 1e9,
                status.drained() * 1e9 / (rest - accepted),
                slowestLook / 1_000_000,
                heap);
    }

    /** Posts one event, the same again until it is stored. */
    private boolean postUntilStored(long until) throws InterruptedException {
        long probe = (long) (ledger.sessions() - 1) << 32;
        ledger.sent(probe);
        while (System.nanoTime() < until) {
            Client.Answer answer = rig.client().postNow(events.batch(probe));
            if (answer != null && answer.stored(1)) {
                ledger.answered(answer, probe);
                return true;
            }
            LockSupport.parkNanos(ASK_AGAIN_NANOS);
        }
        return false;
    }

    /** Looks often, so that the end is seen when it comes, and samples the heap once a second. */
    private Status awaitRest(long began) throws InterruptedException {
        long sampled = began;
        long reported = began;
        long drained = 0;
        Status status = look();
        while ((status == null || !status.atRest())
                && rig.gatewayUp()
                && System.nanoTime() - began < DRAINED_WITHIN_SECONDS * SECOND) {
            long now = System.nanoTime();
            if (now - sampled >= SECOND) {
                sampled = now;
                heap.sample(rig.client());
            }
            if (now - reported >= REPORTED_EVERY * SECOND && status != null) {
                System.out.printf(
                        "  %s drained/s=%.0f backlog=%d status_slowest_ms=%d %s%n",
                        status.mode(),
                        (status.drained() - drained) * 1e9 / (now - reported),
                        status.backlog(),
                        slowestLook / 1_000_000,
                        heap);
                reported = now;
                drained = status.drained();
            }
            LockSupport.parkNanos(LOOK_NANOS);
            status = look();
        }
        heap.sample(rig.client());
        return status;
    }

    /** The status page, timed: one that does not come in time is null. */
    private Status look() throws InterruptedException {
        long asked = System.nanoTime();
        Status status = rig.client().status();
        slowestLook = Math.max(slowestLook, System.nanoTime() - asked);
        return status;
    }

    private boolean judge() {
        boolean sound = false;
        if (faults.isEmpty()) {
            long length = rig.streams().length();
            if (length != ledger.ids()) {
                faults.add("entries on the streams: " + length);
            }
            Oracle.Verdict verdict = Oracle.judge(events, ledger, rig.streams());
            sound = faults.isEmpty() && verdict.onceEach() && (verdict.disordered() == 0 || orderBroken > 0);
            System.out.printf("streams %s%n", verdict);
        }
        System.out.printf(
                "%s ids=%d accepted=%d duplicate=%d order_broken=%d heap_max_mib=%d %s %s%n",
                sound ? "PASSED" : "FAILED",
                ledger.ids(),
                ledger.accepted(),
                ledger.duplicate(),
                orderBroken,
                options.number("heap", 256),
                rig.redisUp() ? Machine.describe(rig.streams()) : "",
                faults);
        return sound;
    }
}

package io.headgate.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The crash test: clients post at a steady rate while the gateway, Redis or both are killed, stopped and started again
 * at random instants. Every twenty cycles, and in the end, all is brought up, and the {@link Oracle} holds the streams
 * against what the clients were answered.
 *
 * <p>Arguments: {@code --cycles} 200, {@code --seed} 1, {@code --redis} {@code own} or {@code embedded}, {@code --rate}
 * 400 events/s. The seed repeats what is done, not what the system makes of it.
 */
public final class Crash {
    private static final int JUDGED_EVERY = 20;
    private static final int LONG_AWAY_CYCLES_MAX = 3;
    private static final long LIVE_WITHIN_SECONDS = 60;
    private static final long REST_WITHIN_SECONDS = 120;

    private final int cycles;
    private final int seed;
    private final Random random;
    private final Clients clients;
    private final Rig rig;
    private final long start = System.nanoTime();
    private int redisBackIn;

    private Crash(Options options, Rig rig) throws IOException {
        this.cycles = options.number("cycles", 200);
        this.seed = options.number("seed", 1);
        this.random = new Random(seed);
        this.rig = rig;
        this.clients = new Clients(options, rig);
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        System.exit(run(arguments) ? 0 : 1);
    }

    /** Runs it and says whether every promise was kept; what was seen is printed. */
    public static boolean run(String... arguments) throws IOException, InterruptedException {
        Options options = new Options(arguments).only("cycles", "seed", "redis", "rate");
        boolean embedded = options.text("redis", "own").equals("embedded");
        try (Rig rig = embedded ? Rig.embedded(List.of()) : Rig.withRedis("always", List.of())) {
            Thread hook = new Thread(rig::close);
            Runtime.getRuntime().addShutdownHook(hook);
            boolean passed = new Crash(options, rig).run();
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
        boolean sound = rig.awaitLive(LIVE_WITHIN_SECONDS);
        clients.start();
        for (int cycle = 1; sound && cycle <= cycles; cycle++) {
            cycle(cycle);
            if (cycle % JUDGED_EVERY == 0 || cycle == cycles) {
                sound = judge(cycle);
            }
        }
        clients.end();
        System.out.printf(
                "%s cycles=%d seed=%d redis=%s %s minutes=%.1f %s%n",
                sound ? "PASSED" : "FAILED",
                cycles,
                seed,
                rig.redisPort(),
                clients.counts(),
                (System.nanoTime() - start) / 60e9,
                Machine.describe(rig.streams()));
        return sound;
    }

    private void cycle(int number) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Fault fault = fault();
        Fault.park(random, 100, 700);
        fault.inflict(rig, random);
        if (fault == Fault.REDIS_KILLED_FOR_LONG) {
            redisBackIn = 1 + random.nextInt(LONG_AWAY_CYCLES_MAX);
        } else if (redisBackIn > 0 && --redisBackIn == 0) {
            rig.startRedis();
        }
        // four times of five the next fault meets a gateway that works
        if (random.nextInt(5) > 0) {
            rig.awaitLive(LIVE_WITHIN_SECONDS);
        }
        Status status = rig.client().status();
        clients.saw(status);
        System.out.printf(
                "cycle %d %s accepted=%d mode=%s backlog=%s (%.1f s)%n",
                number,
                fault,
                clients.accepted(),
                status == null ? "down" : status.mode(),
                status == null ? "?" : status.backlog(),
                (System.nanoTime() - began) / 1e9);
    }

    /** While Redis is away for long, only the gateway can be hit. */
    private Fault fault() {
        return redisBackIn > 0 ? Fault.GATEWAY_KILLED : Fault.pick(random);
    }

    private boolean judge(int cycle) throws IOException, InterruptedException {
        redisBackIn = 0;
        rig.startRedis();
        rig.startGateway();
        return clients.judge("after " + cycle, new ArrayList<>(), REST_WITHIN_SECONDS);
    }
}

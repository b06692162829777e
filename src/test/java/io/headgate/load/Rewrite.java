package io.headgate.load;

import io.headgate.RealRedis;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The embedded server's own crash test: clients post at a steady rate, and the gateway is killed while its server rewrites
 * its append-only file, one time in four the server with it, whose rewriting child then lives on alone for some seconds;
 * it is no server, and counted. At no time are two servers on the directory, and one after each start; every ten cycles
 * the {@link Oracle} holds the streams against what the clients were answered. The last stop is a Ctrl-C into a rewrite, after which nothing may run and nothing may be missing.
 *
 * <p>Arguments: {@code --cycles} 50, {@code --seed} 1, {@code --rate} 400 events/s, {@code --ballast} 200 MiB of values
 * that do not compress, so that a rewrite takes long enough to be hit.
 */
public final class Rewrite {
    private static final int JUDGED_EVERY = 10;
    private static final int SERVER_TOO_ONE_IN = 4;
    private static final int TRIES_MAX = 5;
    private static final long WITHIN_SECONDS = 120;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final int cycles;
    private final int seed;
    private final Random random;
    private final Clients clients;
    private final Rig rig;
    private final ServerWatch watch;
    private final List<String> faults = new ArrayList<>();
    private final long start = System.nanoTime();
    private int rewriteMillis;
    private int hits;
    private int serversKilled;
    private int orphansMet;

    private Rewrite(Options options, Rig rig) throws IOException {
        this.cycles = options.number("cycles", 50);
        this.seed = options.number("seed", 1);
        this.random = new Random(seed);
        this.rig = rig;
        this.watch = new ServerWatch(rig.embeddedDir());
        this.clients = new Clients(options, rig);
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        System.exit(run(arguments) ? 0 : 1);
    }

    /** Runs it and says whether every promise was kept; what was seen is printed. */
    public static boolean run(String... arguments) throws IOException, InterruptedException {
        Options options = new Options(arguments).only("cycles", "seed", "rate", "ballast");
        try (Rig rig = Rig.embedded(List.of())) {
            Thread hook = new Thread(rig::close);
            Runtime.getRuntime().addShutdownHook(hook);
            boolean passed = new Rewrite(options, rig).run(options.number("ballast", 200));
            if (!passed) {
                rig.keepDir();
                System.out.println("kept for a look: " + rig.dir());
            }
            Runtime.getRuntime().removeShutdownHook(hook);
            return passed;
        }
    }

    private boolean run(int ballast) throws IOException, InterruptedException {
        watch.start();
        rig.startGateway();
        boolean sound = settled();
        if (sound) {
            fill(ballast);
        }
        clients.start();
        for (int cycle = 1; sound && cycle <= cycles; cycle++) {
            sound = cycle(cycle)
                    && (cycle % JUDGED_EVERY > 0 || clients.judge("after " + cycle, faults, WITHIN_SECONDS));
        }
        sound = sound && stopAndStartAgain() && clients.judge("after Ctrl-C", faults, WITHIN_SECONDS);
        clients.end();
        watch.close();
        System.out.printf(
                "%s cycles=%d seed=%d kills_into_a_rewrite=%d servers_killed=%d orphans_met=%d looks=%d %s minutes=%.1f %s %s%n",
                sound ? "PASSED" : "FAILED",
                cycles,
                seed,
                hits,
                serversKilled,
                orphansMet,
                watch.looks(),
                clients.counts(),
                (System.nanoTime() - start) / 60e9,
                rig.gatewayUp() ? Machine.describe(rig.streams()) : "",
                faults);
        return sound;
    }

    /** Puts the ballast in, and measures how long a rewrite takes that nothing disturbs. */
    private void fill(int mebibytes) {
        byte[] noise = new byte[1 << 20];
        for (int i = 0; i < mebibytes; i++) {
            random.nextBytes(noise);
            RealRedis.ask(rig.redisPort(), "SET", "ballast:" + i, new String(noise, StandardCharsets.ISO_8859_1));
        }
        long began = System.nanoTime();
        rewrite();
        while (rewriting()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        rewriteMillis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        System.out.printf("a rewrite of %d MiB takes %d ms%n", mebibytes, rewriteMillis);
    }

    private boolean cycle(int number) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Fault.park(random, 100, 700);
        intoARewrite();
        rig.killGateway();
        boolean hit = rewriting();
        hits += hit ? 1 : 0;
        boolean serverToo = random.nextInt(SERVER_TOO_ONE_IN) == 0;
        if (serverToo) {
            Fault.park(random, 0, 100);
            rig.killRedis();
            serversKilled++;
        }
        Fault.park(random, 0, 600);
        int left = EmbeddedServers.on(rig.embeddedDir()).size();
        rig.startGateway();
        boolean sound = settled();
        System.out.printf(
                "cycle %d killed=%s rewrite_hit=%s processes_found=%d torn_mib=%d accepted=%d %s (%.1f s)%n",
                number,
                serverToo ? "gateway+server" : "gateway",
                hit,
                left,
                tornBytes() >> 20,
                clients.accepted(),
                sound ? "one server" : faults,
                (System.nanoTime() - began) / 1e9);
        return sound;
    }

    /** Returns at a random instant of a rewrite; at any instant when each try found it over already. */
    private void intoARewrite() {
        for (int i = 0; i < TRIES_MAX; i++) {
            rewrite();
            Fault.park(random, 0, rewriteMillis);
            if (rewriting()) {
                return;
            }
        }
    }

    private void rewrite() {
        if (!rewriting()) {
            RealRedis.ask(rig.redisPort(), "BGREWRITEAOF");
        }
    }

    private boolean rewriting() {
        return rig.streams().info("persistence", "aof_rewrite_in_progress").equals("1");
    }

    /** What rewrites that were not finished have left in the server's directory, and the one under way has written. */
    private long tornBytes() throws IOException {
        try (Stream<Path> files = Files.list(rig.embeddedDir())) {
            return files.map(Path::toFile)
                    .filter(file -> file.getName().startsWith("temp-rewriteaof-"))
                    .mapToLong(File::length)
                    .sum();
        }
    }

    /** Waits until the gateway writes to its server, and looks whether that is the only one. */
    private boolean settled() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WITHIN_SECONDS);
        boolean live = rig.awaitLive(WITHIN_SECONDS);
        Status status = rig.client().status();
        while (live && (status == null || !status.mode().equals("stream")) && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
            status = rig.client().status();
        }
        List<Long> orphans = EmbeddedServers.orphans(rig.embeddedDir());
        List<Long> servers = new ArrayList<>(EmbeddedServers.on(rig.embeddedDir()));
        servers.removeAll(orphans);
        orphansMet += orphans.isEmpty() ? 0 : 1;
        if (status == null || !status.mode().equals("stream")) {
            faults.add("not in stream mode: " + status);
        } else if (servers.size() != 1) {
            faults.add("servers on the directory: " + servers);
        } else if (!watch.together().isEmpty()) {
            faults.add("servers at the same time: " + watch.together());
        } else {
            clients.saw(status);
        }
        return faults.isEmpty();
    }

    private boolean stopAndStartAgain() throws IOException, InterruptedException {
        intoARewrite();
        boolean hit = rewriting();
        long began = System.nanoTime();
        int code = rig.interruptGateway();
        List<Long> servers = EmbeddedServers.on(rig.embeddedDir());
        System.out.printf(
                "Ctrl-C rewrite_hit=%s exit_code=%d servers_left=%s (%.1f s)%n",
                hit, code, servers, (System.nanoTime() - began) / 1e9);
        if (code != 0) {
            faults.add("exit code " + code);
        }
        if (!servers.isEmpty()) {
            faults.add("left behind: " + servers);
        }
        rig.startGateway();
        return settled();
    }
}

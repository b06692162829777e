package io.headgate.load;

import io.headgate.GatewayProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Three processes share the partitions of one Redis: a whole gateway, and two that only deliver. One of the two is killed
 * with -9, the other is stopped by SIGSTOP and goes on later, when its partitions are another's: every event is delivered
 * all the same, and the route's books balance.
 *
 * <p>Arguments: {@code --rate} 1000 events/s, {@code --stopped} 20 seconds, {@code --rest} 10 seconds between what is done.
 */
public final class Processors {
    private static final int SESSIONS = 256;
    private static final int BATCH = 10;
    private static final String ROUTE = "hook";
    private static final long SHARED_WITHIN_SECONDS = 60;
    private static final long DELIVERED_WITHIN_SECONDS = 120;

    private final Options options;
    private final Numbered events = new Numbered(1);
    private final Ledger ledger = Ledger.inMemory(SESSIONS);
    private final Receipts receipts = new Receipts(events, ledger);
    private final Receiver receiver = new Receiver(this::took);
    private final List<String> settings;
    private final Rig rig;
    private final List<Process> others = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final AtomicLong otherKeys = new AtomicLong();

    private Processors(Options options) throws IOException {
        this.options = options;
        this.settings = List.of(
                "destinations=[{name: hook, type: webhook, url: '" + receiver.url() + "'}]",
                "routes=[{name: " + ROUTE + ", destination: hook}]");
        this.rig = Rig.withRedis("always", List.of(), settings.toArray(String[]::new));
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        System.exit(run(arguments) ? 0 : 1);
    }

    /** Runs it and says whether every promise was kept; what was seen is printed. */
    public static boolean run(String... arguments) throws IOException, InterruptedException {
        Processors program = new Processors(new Options(arguments).only("rate", "stopped", "rest"));
        Thread hook = new Thread(program::close);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return program.run();
        } finally {
            program.close();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void close() {
        others.forEach(Process::destroyForcibly);
        rig.close();
        receiver.close();
    }

    private void took(String key, List<JsonObject> documents) {
        for (JsonObject document : documents) {
            String id = document.getString("event_id");
            if (!receipts.took(id) || !id.equals(key)) {
                otherKeys.incrementAndGet();
            }
        }
    }

    private boolean run() throws IOException, InterruptedException {
        int rest = options.number("rest", 10);
        rig.startGateway();
        rig.awaitLive(60);
        Process killed = another("killed");
        Process stopped = another("stopped");
        awaitOwners("all three share the work", 3);
        OpenLoop load = new OpenLoop(rig.client(), events, ledger, options.number("rate", 1_000), BATCH);
        load.phase("all");
        load.start();
        pause(rest);

        killed.destroyForcibly().waitFor();
        tell("one is killed");
        awaitOwners("its partitions are taken over", 2);
        pause(rest);

        Rig.signal("STOP", stopped.pid());
        tell("one is stopped");
        pause(options.number("stopped", 20));
        awaitOwners("its partitions are taken over", 1);
        Rig.signal("CONT", stopped.pid());
        awaitOwners("it goes on, and shares the work", 2);
        pause(rest);

        load.end();
        return judge();
    }

    private Process another(String name) throws IOException {
        List<String> own = new ArrayList<>(settings);
        own.addAll(List.of("data-dir=" + rig.dir().resolve(name), "management.port=0", "instance=" + name));
        own.add("redis.uri=redis://127.0.0.1:" + rig.redisPort());
        Process process = GatewayProcess.launch(rig.dir().resolve(name + ".log"), List.of(), own, "--only", "process");
        others.add(process);
        return process;
    }

    /** Until every partition is read, by so many processes in all. */
    private void awaitOwners(String what, int processes) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SHARED_WITHIN_SECONDS);
        Set<String> owners = owners();
        while ((owners.size() != processes || owners.contains("")) && System.nanoTime() < end) {
            pause(0);
            owners = owners();
        }
        if (owners.size() != processes || owners.contains("")) {
            faults.add(what + ": not by " + processes + " processes, but " + owners);
        }
        tell(what);
    }

    private Set<String> owners() {
        return new HashSet<>(rig.streams().owners(ROUTE));
    }

    private void tell(String what) {
        System.out.printf(
                "%s: posted=%d received=%d owners=%s%n",
                what, ledger.ids(), receipts.ids(), rig.streams().owners(ROUTE));
    }

    private boolean judge() throws InterruptedException {
        rig.awaitRest(DELIVERED_WITHIN_SECONDS);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DELIVERED_WITHIN_SECONDS);
        while (acknowledged() < rig.streams().length() && System.nanoTime() < end) {
            pause(0);
        }
        if (acknowledged() != rig.streams().length()) {
            faults.add("not all that is on the streams was acknowledged: "
                    + rig.streams().length());
        }
        if (receipts.missing() + receipts.foreign() > 0) {
            faults.add("not every event arrived, or others did");
        }
        if (otherKeys.get() > 0) {
            faults.add(otherKeys + " deliveries with a key other than the event's id");
        }
        faults.addAll(rig.streams().imbalances(ROUTE));
        System.out.printf(
                "%s %s %s books=%s %s%n",
                faults.isEmpty() ? "PASSED" : "FAILED",
                faults,
                receipts,
                rig.streams().books(ROUTE),
                Machine.describe(rig.streams()));
        return faults.isEmpty();
    }

    private long acknowledged() {
        return rig.streams().books(ROUTE).getOrDefault("acknowledged", 0L);
    }

    private static void pause(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        do {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        } while (System.nanoTime() < end);
    }
}

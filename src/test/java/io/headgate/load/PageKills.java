package io.headgate.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.headgate.Eventually;
import io.headgate.GatewayProcess;
import io.headgate.Posts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills the gateway with -9 around the moment of a page, again and again: a lead comes, then none, and at a random instant
 * from shortly before the limit to shortly after the page the process is killed and started again. Held against what a
 * receiver was posted: each silence was told, always under the same key and with the same id, and then that it is over. No
 * Redis runs: alerting must not need it.
 *
 * <p>Arguments: {@code --cycles} 100, {@code --seed} 1. Some six seconds a cycle.
 */
public final class PageKills {
    private static final int LIMIT_MILLIS = 1_000;
    private static final int EARLY_MILLIS = 100;
    private static final int SPREAD_MILLIS = 700;
    private static final String KEY = "headgate/gw-1/LeadFlowStopped/*";

    private final Random random;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final HttpServer receiver;
    private final Path dir;
    private int killedBefore;
    private int killedAfter;

    private record Told(String id, JsonObject body) {}

    private PageKills(int seed, Path dir) throws IOException {
        this.random = new Random(seed);
        this.dir = dir;
        this.receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::take);
    }

    public static void main(String... arguments) throws IOException {
        System.exit(run(arguments) ? 0 : 1);
    }

    /** Runs it and says whether every page came; what was seen is printed. */
    public static boolean run(String... arguments) throws IOException {
        Options options = new Options(arguments).only("cycles", "seed");
        int cycles = options.number("cycles", 100);
        int seed = options.number("seed", 1);
        PageKills kills = new PageKills(seed, Files.createTempDirectory("headgate-pages"));
        kills.receiver.start();
        int bad = 0;
        try {
            for (int cycle = 1; cycle <= cycles; cycle++) {
                bad += kills.cycle(cycle) ? 0 : 1;
                if (cycle % 10 == 0 || cycle == cycles) {
                    System.out.printf(
                            "cycle %d of %d, seed %d: %d killed before the page came, %d after; %d faults%n",
                            cycle, cycles, seed, kills.killedBefore, kills.killedAfter, bad);
                }
            }
        } finally {
            kills.receiver.stop(0);
        }
        System.out.println(bad == 0 ? "PASS" : "FAIL, kept for a look: " + kills.dir);
        return bad == 0;
    }

    private boolean cycle(int number) throws IOException {
        told.clear();
        Path home = Files.createDirectory(dir.resolve("cycle-" + number));
        try (GatewayProcess first = gateway(home)) {
            long stored = lead(first);
            int wait = LIMIT_MILLIS - EARLY_MILLIS + random.nextInt(SPREAD_MILLIS);
            sleepUntil(stored + TimeUnit.MILLISECONDS.toNanos(wait));
            first.kill();
        }
        boolean before = told.isEmpty();
        killedBefore += before ? 1 : 0;
        killedAfter += before ? 0 : 1;
        try (GatewayProcess second = gateway(home)) {
            Eventually.isTrue(() -> count("firing") > 0);
            lead(second);
            Eventually.isTrue(() -> count("resolved") > 0);
        }
        return judge(number);
    }

    private boolean judge(int cycle) {
        Set<String> firing = new TreeSet<>();
        List<String> faults = new ArrayList<>();
        for (Told each : told) {
            if (each.body().getString("status").equals("resolved")) {
                break; // what comes now is the silence after the second lead
            }
            firing.add(each.id());
            if (!each.body().getString("key").equals(KEY)) {
                faults.add("a strange key " + each.body().getString("key"));
            }
        }
        if (firing.size() != 1) {
            faults.add("ids of one page: " + firing);
        }
        faults.forEach(fault -> System.out.println("cycle " + cycle + ": " + fault));
        return faults.isEmpty();
    }

    private long count(String status) {
        return told.stream()
                .filter(each -> each.body().getString("status").equals(status))
                .count();
    }

    private GatewayProcess gateway(Path home) throws IOException {
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
        return GatewayProcess.start(
                home,
                "instance=gw-1",
                "redis.uri=redis://127.0.0.1:1",
                "journal.segment-bytes=16MiB",
                "alerts.lead-flow.silence=" + LIMIT_MILLIS / 1000 + "s",
                "alerts.lead-flow.per-source=false",
                "alerts.repeat=1h",
                "alerts.receivers=[{name: hook, type: webhook, url: '" + url
                        + "', secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, priorities: P0}]");
    }

    private static long lead(GatewayProcess gateway) {
        String lead = Posts.event(UUID.randomUUID(), "s", "lead_submitted", "{\"form\":\"demo\"}");
        if (gateway.posts().post(lead).status() != 202) {
            throw new IllegalStateException("the lead was not accepted");
        }
        return System.nanoTime();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        told.add(new Told(exchange.getRequestHeaders().getFirst("webhook-id"), new JsonObject(body)));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static void sleepUntil(long nanos) {
        while (System.nanoTime() < nanos) {
            LockSupport.parkNanos(nanos - System.nanoTime());
        }
    }
}

package io.headgate.load;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * How long an event takes from its reception to a webhook that answers at once, each by itself. Reception is when the
 * gateway had its body, before it was stored and answered, so the figure holds the way in too. It counts from when what was
 * kept waiting during the warm-up is through.
 *
 * <p>Arguments: {@code --rate} 2000 events/s, {@code --seconds} 60, {@code --warm-up} 15, {@code --fsync} always,
 * {@code --concurrency} 8, {@code --aim} 500 milliseconds at p99.
 */
public final class WebhookLatency {
    private static final int SESSIONS = 256;
    private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(10);
    private static final long RECEIVED_WITHIN_SECONDS = 60;

    private final Options options;
    private final Receiver receiver;
    private final Rig rig;
    private final Numbered events = new Numbered(1);
    private final Ledger ledger = Ledger.inMemory(SESSIONS);
    private final Receipts receipts = new Receipts(events, ledger);
    private final AtomicReference<ConcurrentHistogram> millis = new AtomicReference<>(histogram());
    private final AtomicLong otherKeys = new AtomicLong();

    private WebhookLatency(Options options) throws IOException {
        this.options = options;
        this.receiver = new Receiver(this::took);
        this.rig = Rig.withRedis(
                options.text("fsync", "always"),
                List.of(),
                "destinations=[{name: hook, type: webhook, url: '" + receiver.url() + "', concurrency: "
                        + options.number("concurrency", 8) + "}]",
                "routes=[{name: hook, destination: hook}]");
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        System.exit(run(arguments) ? 0 : 1);
    }

    /** Runs it and says whether every event came once, and in time; what was seen is printed. */
    public static boolean run(String... arguments) throws IOException, InterruptedException {
        WebhookLatency program = new WebhookLatency(
                new Options(arguments).only("rate", "seconds", "warm-up", "fsync", "concurrency", "aim"));
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
        rig.close();
        receiver.close();
    }

    private void took(String key, List<JsonObject> documents) {
        long now = System.currentTimeMillis();
        for (JsonObject document : documents) {
            String id = document.getString("event_id");
            long received = Instant.parse(document.getString("received")).toEpochMilli();
            millis.get().recordValue(Math.min(LONGEST_MILLIS, Math.max(0, now - received)));
            receipts.took(id);
            if (!id.equals(key)) {
                otherKeys.incrementAndGet();
            }
        }
    }

    private boolean run() throws IOException, InterruptedException {
        int rate = options.number("rate", 2_000);
        rig.startGateway();
        boolean live = rig.awaitLive(60);
        OpenLoop load = new OpenLoop(rig.client(), events, ledger, rate, 1);
        load.phase("0 warm-up");
        load.start();
        pause(options.number("warm-up", 15));
        boolean caughtUp = awaitAlmost(rate);
        OpenLoop.Phase measured = load.phase("1 measured");
        ConcurrentHistogram times = histogram();
        millis.set(times);
        long before = receipts.ids();
        Duration spent = cpu();
        long began = System.nanoTime();
        pause(options.number("seconds", 60));
        double seconds = (System.nanoTime() - began) / 1e9;
        double micros = cpu().minus(spent).toNanos() / 1e3;
        long came = receipts.ids() - before;
        load.end();
        awaitAlmost(0);
        System.out.printf("intake: %s%n", measured);
        System.out.printf(
                "accepted to received: p50_ms=%d p99_ms=%d worst_ms=%d received/s=%.0f gateway_cpu_us_an_event=%.0f%n",
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(99),
                times.getMaxValue(),
                came / seconds,
                micros / Math.max(1, came));
        boolean sound = live
                && caughtUp
                && measured.failed.get() == 0
                && receipts.missing() == 0
                && receipts.foreign() == 0
                && otherKeys.get() == 0
                && times.getValueAtPercentile(99) <= options.number("aim", 500);
        System.out.printf(
                "%s rate=%d %s keys_other_than_the_id=%d books=%s %s%n",
                sound ? "PASSED" : "FAILED",
                rate,
                receipts,
                otherKeys.get(),
                rig.streams().books("hook"),
                Machine.describe(rig.streams()));
        return sound;
    }

    /** Until not more than a tenth of so many wait: what a cold machine kept waiting is no part of the figure. */
    private boolean awaitAlmost(int events) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(RECEIVED_WITHIN_SECONDS);
        while (ledger.ids() - receipts.ids() > events / 10 && System.nanoTime() < end) {
            pause(0);
        }
        return ledger.ids() - receipts.ids() <= events / 10;
    }

    private Duration cpu() {
        Optional<ProcessHandle> gateway = ProcessHandle.of(rig.gatewayPid());
        return gateway.flatMap(process -> process.info().totalCpuDuration()).orElse(Duration.ZERO);
    }

    private static void pause(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        do {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        } while (System.nanoTime() < end);
    }

    private static ConcurrentHistogram histogram() {
        return new ConcurrentHistogram(LONGEST_MILLIS, 3);
    }
}

package io.headgate.load;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A webhook that is down, then slow, then fine, while events come on: whether all of them arrive, leads before the rest, under
 * the same key each time, and what intake and memory feel of it.
 *
 * <p>Two routes lead to it, that of the leads with high priority. It is down in two ways, each for half of the time: refuses
 * connections, then answers 503. Slow is {@value #SLOW_MILLIS} ms an answer.
 *
 * <p>Arguments: {@code --rate} 400 page views/s, {@code --leads} 20 leads/s, {@code --down} 300 seconds, {@code --slow} 30
 * seconds, {@code --before} 15 seconds, {@code --heap} 128 MiB, {@code --noise} 3: what intake's p99 may rise by as a factor,
 * where it is above {@value #P99_MILLIS_ANYWAY} ms at all.
 */
public final class WebhookOutage {
    private static final int SESSIONS = 256;
    private static final int SLOW_MILLIS = 200;
    private static final double P99_MILLIS_ANYWAY = 20;
    /** All leads that waited must be there before this share of the rest that waited. */
    private static final int REST_AHEAD_PERCENT_MAX = 10;

    private static final double GROWTH_MEBIBYTES_MAX = 24;
    private static final long NOTICED_WITHIN_SECONDS = 120;
    private static final long RECEIVED_WITHIN_SECONDS = 600;

    private final Options options;
    private final Flow pages = new Flow(new Numbered(1));
    private final Flow leads = new Flow(Numbered.leads(2));
    private final Receiver receiver = new Receiver(this::took);
    private final Rig rig;
    private final Heap heap = new Heap();
    private final Returned returned = new Returned();
    private final List<String> faults = new ArrayList<>();
    private final AtomicLong otherKeys = new AtomicLong();

    /** Events of one kind: what is sent, what was answered, what arrived. */
    private static final class Flow {
        final Numbered events;
        final Ledger ledger = Ledger.inMemory(SESSIONS);
        final Receipts receipts;

        Flow(Numbered events) {
            this.events = events;
            this.receipts = new Receipts(events, ledger);
        }

        long waiting() {
            return ledger.ids() - receipts.ids();
        }
    }

    /** The order in which those arrive that had waited for the receiver. */
    private static final class Returned {
        private final List<Long> restAheadOfLead = new ArrayList<>();
        private long sinceMillis = Long.MIN_VALUE;
        private long rest;

        synchronized void since(long millis) {
            sinceMillis = millis;
        }

        synchronized void came(boolean lead, long receivedMillis) {
            if (receivedMillis >= sinceMillis) {
                return;
            }
            if (lead) {
                restAheadOfLead.add(rest);
            } else {
                rest++;
            }
        }

        synchronized boolean any() {
            return rest + restAheadOfLead.size() > 0;
        }

        /** Of the rest that waited, how much arrived before so many percent of the leads that waited. */
        synchronized double restAheadPercent(int ofLeads) {
            if (restAheadOfLead.isEmpty() || rest == 0) {
                return 0;
            }
            List<Long> sorted = new ArrayList<>(restAheadOfLead);
            Collections.sort(sorted);
            return 100.0 * sorted.get((sorted.size() * ofLeads - 1) / 100) / rest;
        }

        @Override
        public synchronized String toString() {
            return "waited: leads=%d rest=%d; of the rest came before half of the leads %.2f %%, before the last lead %.2f %%"
                    .formatted(restAheadOfLead.size(), rest, restAheadPercent(50), restAheadPercent(100));
        }
    }

    private WebhookOutage(Options options) throws IOException {
        this.options = options;
        this.rig = Rig.withRedis(
                "always",
                List.of("-Xmx" + options.number("heap", 128) + "m"),
                "destinations=[{name: crm, type: webhook, url: '" + receiver.url() + "'}]",
                "routes=[{name: rest, destination: crm, match: [{events: [page_view]}]},"
                        + " {name: leads, destination: crm, priority: high, match: [{leads: true}]}]");
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        System.exit(run(arguments) ? 0 : 1);
    }

    /** Runs it and says whether every promise was kept; what was seen is printed. */
    public static boolean run(String... arguments) throws IOException, InterruptedException {
        WebhookOutage program = new WebhookOutage(
                new Options(arguments).only("rate", "leads", "down", "slow", "before", "heap", "noise"));
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
        JsonObject document = documents.get(0);
        String id = document.getString("event_id");
        boolean lead = leads.receipts.took(id);
        boolean known = lead || pages.receipts.took(id);
        if (!known || !id.equals(key) || documents.size() > 1) {
            otherKeys.incrementAndGet();
        }
        returned.came(lead, document.getInstant("received").toEpochMilli());
    }

    private boolean run() throws IOException, InterruptedException {
        int before = options.number("before", 15);
        int down = options.number("down", 300);
        rig.startGateway();
        rig.awaitLive(60);
        OpenLoop views = load(pages, options.number("rate", 400));
        OpenLoop forms = load(leads, options.number("leads", 20));
        watch(before, "0 warm-up");
        OpenLoop.Phase well = phase(views, forms, "1 before");
        final double floorWell = watch(before, "1 before");

        OpenLoop.Phase away = phase(views, forms, "2 down");
        receiver.closes();
        final double floorRefused = watch(down / 2, "2 refuses connections");
        receiver.answers(documents -> 503);
        receiver.opens();
        final double floor503 = watch(down / 2, "3 answers 503");

        OpenLoop.Phase back = phase(views, forms, "4 back");
        comesBack();
        watch(options.number("slow", 30), "4 slow");
        receiver.late(0);
        views.end();
        forms.end();
        awaitAll();

        System.out.printf("intake before: %s%n", well);
        System.out.printf("intake down:   %s%n", away);
        System.out.printf("intake back:   %s%n", back);
        judgeIntake(well, away);
        if (floor503 > Math.max(floorRefused, floorWell) + GROWTH_MEBIBYTES_MAX || !rig.gatewayUp()) {
            faults.add("memory grows with what waits");
        }
        return judge();
    }

    private OpenLoop load(Flow flow, int rate) {
        OpenLoop load = new OpenLoop(rig.client(), flow.events, flow.ledger, rate, 1);
        load.phase("0 warm-up");
        load.start();
        return load;
    }

    private static OpenLoop.Phase phase(OpenLoop views, OpenLoop forms, String name) {
        forms.phase(name);
        return views.phase(name);
    }

    /** Slow at first. It is noticed when the breaker lets a delivery through. */
    private void comesBack() throws InterruptedException {
        long began = System.nanoTime();
        System.out.printf("back: leads=%d rest=%d wait%n", leads.waiting(), pages.waiting());
        returned.since(System.currentTimeMillis());
        receiver.late(SLOW_MILLIS);
        receiver.answers(documents -> 200);
        long end = began + TimeUnit.SECONDS.toNanos(NOTICED_WITHIN_SECONDS);
        while (!returned.any() && System.nanoTime() < end) {
            heap.sample(rig.client());
        }
        System.out.printf("noticed after %.1f s%n", (System.nanoTime() - began) / 1e9);
    }

    private void awaitAll() throws InterruptedException {
        long began = System.nanoTime();
        long waited = leads.waiting() + pages.waiting();
        long end = began + TimeUnit.SECONDS.toNanos(RECEIVED_WITHIN_SECONDS);
        while (leads.waiting() + pages.waiting() > 0 && System.nanoTime() < end) {
            watch(1, "5 fine");
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "the last of %d came %.1f s after it was fine: %.0f events/s%n", waited, seconds, waited / seconds);
    }

    /** The heap's floor in this time, in MiB. */
    private double watch(int seconds, String phase) throws InterruptedException {
        heap.floorMebibytes();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        do {
            heap.sample(rig.client());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        } while (System.nanoTime() < end);
        double floor = heap.floorMebibytes();
        System.out.printf(
                "%s: leads waiting=%d rest waiting=%d heap_floor_mib=%.0f %s%n",
                phase, leads.waiting(), pages.waiting(), floor, heap);
        return floor;
    }

    private void judgeIntake(OpenLoop.Phase well, OpenLoop.Phase away) {
        double before = well.micros.getValueAtPercentile(99) / 1e3;
        double during = away.micros.getValueAtPercentile(99) / 1e3;
        if (during > Math.max(P99_MILLIS_ANYWAY, before * options.number("noise", 3))) {
            faults.add("intake felt it: p99 " + before + " ms before, " + during + " ms during");
        }
        if (well.failed.get() + away.failed.get() > 0) {
            faults.add("requests failed");
        }
    }

    private boolean judge() {
        for (Flow flow : List.of(leads, pages)) {
            if (flow.receipts.missing() + flow.receipts.foreign() > 0) {
                faults.add("not every event arrived, or others did");
            }
        }
        if (otherKeys.get() > 0) {
            faults.add(otherKeys + " deliveries with a key other than the event's id");
        }
        if (returned.restAheadPercent(100) > REST_AHEAD_PERCENT_MAX) {
            faults.add("leads did not come first");
        }
        faults.addAll(rig.streams().imbalances("leads"));
        faults.addAll(rig.streams().imbalances("rest"));
        System.out.println("leads: " + leads.receipts + " rest: " + pages.receipts);
        System.out.println(returned);
        System.out.printf(
                "%s %s down=%ds %s books: leads %s rest %s %s%n",
                faults.isEmpty() ? "PASSED" : "FAILED",
                faults,
                options.number("down", 300),
                heap,
                rig.streams().books("leads"),
                rig.streams().books("rest"),
                Machine.describe(rig.streams()));
        return faults.isEmpty();
    }
}

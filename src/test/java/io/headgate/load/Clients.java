package io.headgate.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a run that breaks things: writers that post at a steady rate, each to sessions of its own, and what they
 * were answered, which the streams are held against. Belongs to the thread of the run.
 */
final class Clients {
    private static final int WRITERS = 6;
    private static final int SESSIONS_EACH = 8;
    private static final int RATE = 400;

    private final Rig rig;
    private final Numbered events;
    private final Ledger ledger;
    private final List<Writer> writers = new ArrayList<>();
    private long orderBroken;

    /** With the options {@code seed}, 1, and {@code rate}, {@value #RATE} events/s of all together. */
    Clients(Options options, Rig rig) throws IOException {
        int seed = options.number("seed", 1);
        double rate = (double) options.number("rate", RATE) / WRITERS;
        this.rig = rig;
        this.events = new Numbered(seed);
        this.ledger = Ledger.to(rig.dir().resolve("ledger"), WRITERS * SESSIONS_EACH);
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Writer(
                    events, ledger, rig.client(), i * SESSIONS_EACH, SESSIONS_EACH, rate, (long) seed * WRITERS + i));
        }
    }

    void start() {
        writers.forEach(Thread::start);
    }

    void end() throws IOException, InterruptedException {
        writers.forEach(Writer::end);
        for (Writer writer : writers) {
            writer.join();
        }
        ledger.close();
    }

    /** What the gateway says of the order that it gave up: it counts from its start, and may be killed. */
    void saw(@Nullable Status status) {
        if (status != null) {
            orderBroken = Math.max(orderBroken, status.number("delivery", "order_broken"));
        }
    }

    /** Events answered as accepted. */
    long accepted() {
        return ledger.accepted();
    }

    /** {@code accepted=1 ids=1 duplicate=0 order_broken=0}. */
    String counts() {
        return "accepted=%d ids=%d duplicate=%d order_broken=%d"
                .formatted(ledger.accepted(), ledger.ids(), ledger.duplicate(), orderBroken);
    }

    /**
     * With everything up: lets the clients rest, waits until the gateway has, and holds what lies on the streams against
     * what was answered. Faults are added to the list; the clients go on where there is none.
     */
    boolean judge(String when, List<String> faults, long withinSeconds) throws IOException, InterruptedException {
        long began = System.nanoTime();
        for (Writer writer : writers) {
            if (!writer.pause(withinSeconds)) {
                faults.add("a client is not answered though all is up");
            }
            if (writer.refusal() != null) {
                faults.add(writer.refusal());
            }
        }
        Status status = rig.awaitRest(withinSeconds);
        if (status == null || !status.atRest()) {
            faults.add("not back in stream mode: " + status);
        } else {
            faults.addAll(status.imbalances());
            saw(status);
        }
        Oracle.Verdict verdict = Oracle.judge(events, ledger, rig.streams());
        boolean sound = faults.isEmpty() && verdict.onceEach() && (verdict.disordered() == 0 || orderBroken > 0);
        System.out.printf(
                "judged %s: %s ids=%d %s %s (%.1f s)%n",
                when, sound ? "sound" : "BROKEN", ledger.ids(), verdict, faults, (System.nanoTime() - began) / 1e9);
        if (sound) {
            writers.forEach(Writer::goOn);
        }
        return sound;
    }
}

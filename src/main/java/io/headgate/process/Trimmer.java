package io.headgate.process;

import io.headgate.stream.Upkeep;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the streams from growing: every {@value #SECONDS} s, what every group has acknowledged and is old enough; whatever
 * its age while Redis uses more than {@value #PRESSED_PERCENT} % of its memory. Several processes may do so at once. Belongs
 * to the loop of the processing; its figures may be read by anybody.
 */
final class Trimmer {
    private static final Logger LOG = LoggerFactory.getLogger(Trimmer.class);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);
    private static final int SECONDS = 2;
    static final int PRESSED_PERCENT = 70;
    private static final int STEP_ENTRIES = 5_000;
    private static final int STEPS_MAX = 200;

    private final Upkeep upkeep;
    private final int partitions;
    private final List<String> groups;
    private final Duration keep;
    private final Timers timers;
    private final List<Timers.Timer> running = new ArrayList<>();
    private boolean trimming;
    private volatile boolean pressed;
    private final AtomicLong trimmed = new AtomicLong();
    private volatile Set<String> holders = Set.of();

    Trimmer(Upkeep upkeep, int partitions, List<String> groups, Duration keep, Timers timers) {
        this.upkeep = upkeep;
        this.partitions = partitions;
        this.groups = List.copyOf(groups);
        this.keep = keep;
        this.timers = timers;
    }

    void start() {
        running.add(timers.every(Duration.ofSeconds(SECONDS), this::run));
        running.add(timers.every(FORGET_EVERY, this::forget));
    }

    void stop() {
        running.forEach(Timers.Timer::cancel);
    }

    /** Entries trimmed by this process. */
    long trimmed() {
        return trimmed.get();
    }

    /** Whether Redis uses so much of its memory that entries go before their time. */
    boolean pressed() {
        return pressed;
    }

    /** The groups that kept entries from going at the last look. */
    Set<String> holders() {
        return holders;
    }

    private void run() {
        if (trimming) {
            return;
        }
        trimming = true;
        upkeep.memoryUsed()
                .compose(used -> {
                    pressed(used * 100 > PRESSED_PERCENT);
                    Set<String> held = new HashSet<>();
                    List<Future<Void>> all = new ArrayList<>();
                    for (int p = 0; p < partitions; p++) {
                        all.add(trim(p, STEPS_MAX, held));
                    }
                    return Future.join(all).onSuccess(done -> holders = Set.copyOf(held));
                })
                .onComplete(done -> {
                    trimming = false;
                    if (done.failed()) {
                        LOG.debug("the streams cannot be trimmed now", done.cause());
                    }
                });
    }

    private Future<Void> trim(int partition, int steps, Set<String> held) {
        return upkeep.trim(partition, pressed ? Duration.ZERO : keep, STEP_ENTRIES)
                .compose(step -> {
                    trimmed.addAndGet(step.entries());
                    if (!step.heldBy().isEmpty()) {
                        held.add(step.heldBy());
                    }
                    boolean more = step.entries() >= STEP_ENTRIES / 2 && steps > 1;
                    return more ? trim(partition, steps - 1, held) : Future.succeededFuture();
                });
    }

    /** Processes that are gone for good leave their names in the groups. */
    private void forget() {
        for (String group : groups) {
            for (int p = 0; p < partitions; p++) {
                upkeep.forget(group, p, FORGET_EVERY)
                        .onFailure(why -> LOG.debug("consumers that are gone were not removed", why));
            }
        }
    }

    private void pressed(boolean now) {
        if (now != pressed) {
            pressed = now;
            if (now) {
                LOG.warn(
                        "redis_memory_pressed: above {} % of maxmemory, what is acknowledged goes at once",
                        PRESSED_PERCENT);
            } else {
                LOG.info("redis_memory_eased");
            }
        }
    }
}

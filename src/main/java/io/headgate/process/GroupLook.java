package io.headgate.process;

import io.headgate.stream.GroupState;
import io.headgate.stream.Upkeep;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every {@value #SECONDS} s how all consumer groups stand, over all partitions, whoever made them. What it saw last
 * may be read by anybody.
 */
final class GroupLook {
    private static final Logger LOG = LoggerFactory.getLogger(GroupLook.class);
    private static final int SECONDS = 3;

    private final Upkeep upkeep;
    private final int partitions;
    private final Timers timers;
    private Timers.@Nullable Timer timer;
    private boolean running;
    private volatile Seen seen = new Seen(0, Map.of());

    /**
     * What was seen.
     *
     * @param entries on all streams together
     * @param groups by name, each over all partitions
     */
    record Seen(long entries, Map<String, GroupState> groups) {
        Seen {
            groups = Map.copyOf(groups);
        }
    }

    GroupLook(Upkeep upkeep, int partitions, Timers timers) {
        this.upkeep = upkeep;
        this.partitions = partitions;
        this.timers = timers;
    }

    void start() {
        timer = timers.every(Duration.ofSeconds(SECONDS), this::look);
        look();
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
        }
    }

    Seen seen() {
        return seen;
    }

    private void look() {
        if (running) {
            return;
        }
        running = true;
        List<Future<Upkeep.StreamState>> all =
                IntStream.range(0, partitions).mapToObj(upkeep::groups).toList();
        Future.join(all).onComplete(done -> {
            running = false;
            if (done.succeeded()) {
                seen = together(all.stream().map(Future::result).toList());
            } else {
                LOG.debug("the consumer groups cannot be looked at now", done.cause());
            }
        });
    }

    private static Seen together(List<Upkeep.StreamState> states) {
        Map<String, GroupState> groups = new TreeMap<>();
        for (Upkeep.StreamState state : states) {
            state.groups().forEach(group -> groups.merge(group.group(), group, GroupLook::both));
        }
        return new Seen(states.stream().mapToLong(Upkeep.StreamState::length).sum(), groups);
    }

    private static GroupState both(GroupState a, GroupState b) {
        Map<String, Long> books = new HashMap<>(a.books());
        b.books().forEach((line, count) -> books.merge(line, count, Long::sum));
        long idle = a.idleMillis() < 0 || b.idleMillis() < 0
                ? Math.max(a.idleMillis(), b.idleMillis())
                : Math.min(a.idleMillis(), b.idleMillis());
        return new GroupState(
                a.group(),
                a.pending() + b.pending(),
                idle,
                Math.max(a.oldestMillis(), b.oldestMillis()),
                a.waiting() < 0 || b.waiting() < 0 ? -1 : a.waiting() + b.waiting(),
                books);
    }
}

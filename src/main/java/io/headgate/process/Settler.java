package io.headgate.process;

import io.headgate.stream.ConsumerGroups;
import io.headgate.stream.DeadLetter;
import io.headgate.stream.Input;
import io.headgate.stream.Settlement;
import io.headgate.time.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledges what a lane is through with, again and again until Redis has confirmed it: by then an event may have been
 * delivered long ago, and must not be delivered once more for want of an acknowledgement. One settlement under way at a
 * time; what comes meanwhile gathers. Belongs to the loop of the processing.
 */
final class Settler {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final int IDS_MAX = 1_000;
    private static final int DEAD_MAX = 20;

    /** Ids, or dead letters, of one input and one end. */
    private record Part(Input input, End end, List<String> ids, List<DeadLetter> dead) {}

    /** How an entry ends, but as a dead letter. */
    enum End {
        DELIVERED,
        FILTERED,
        GONE
    }

    private final String group;
    private final int partition;
    private final ConsumerGroups groups;
    private final Timers timers;
    private final RouteMeters meters;
    private final Runnable settled;
    private final Deque<Part> parts = new ArrayDeque<>();
    /** What the settlement under way is of. */
    private final Deque<Part> call = new ArrayDeque<>();

    private int size;
    private long bytes;
    private boolean underWay;
    private boolean failing;

    /** {@code settled} runs when something was. */
    Settler(String group, int partition, ConsumerGroups groups, Timers timers, RouteMeters meters, Runnable settled) {
        this.group = group;
        this.partition = partition;
        this.groups = groups;
        this.timers = timers;
        this.meters = meters;
        this.settled = settled;
    }

    /** Entries that are not acknowledged yet. */
    int size() {
        return size;
    }

    /** What those weigh in memory that are held whole: the dead letters. */
    long bytes() {
        return bytes;
    }

    /** Which of an input they are. */
    Set<String> ids(Input input) {
        Set<String> ids = new HashSet<>();
        Stream.concat(call.stream(), parts.stream())
                .filter(part -> part.input == input)
                .forEach(part -> {
                    ids.addAll(part.ids);
                    part.dead.forEach(letter -> ids.add(letter.entry().id()));
                });
        return ids;
    }

    void end(Input input, End end, List<String> ids) {
        for (int from = 0; from < ids.size(); from += IDS_MAX) {
            add(new Part(input, end, ids.subList(from, Math.min(ids.size(), from + IDS_MAX)), List.of()));
        }
    }

    void dead(Input input, DeadLetter letter) {
        add(new Part(input, End.GONE, List.of(), List.of(letter)));
    }

    private void add(Part part) {
        parts.add(part);
        size += weight(part);
        bytes += bytes(part.dead);
        settle();
    }

    private void settle() {
        if (underWay || parts.isEmpty()) {
            return;
        }
        underWay = true;
        Settlement settlement = gather();
        Input input = call.getFirst().input;
        groups.settle(group, partition, input, settlement).onComplete(result -> {
            underWay = false;
            if (result.failed()) {
                toldOnce(result.cause());
                putBack();
                timers.once(RETRY, this::settle);
            } else if (!result.result().deadKept().isEmpty()) {
                meters.deadLettersRefused(result.result().deadKept());
                meters.settled(result.result());
                call.removeIf(part -> part.dead.isEmpty());
                size -= settlement.size() - settlement.dead().size();
                putBack();
                timers.once(RETRY, this::settle);
                settled.run();
            } else {
                failing = false;
                call.clear();
                size -= settlement.size();
                bytes -= bytes(settlement.dead());
                meters.settled(result.result());
                settle();
                settled.run();
            }
        });
    }

    private void toldOnce(Throwable why) {
        if (!failing) {
            failing = true;
            LOG.warn("not_acknowledged, tried again: group={} partition={} why={}", group, partition, why.toString());
        }
    }

    /** What waits, of one input, as much as one call may hold. */
    private Settlement gather() {
        Input input = parts.getFirst().input;
        int ids = 0;
        int dead = 0;
        while (!parts.isEmpty() && parts.getFirst().input == input && ids < IDS_MAX && dead < DEAD_MAX) {
            Part part = parts.remove();
            call.add(part);
            ids += part.ids.size();
            dead += part.dead.size();
        }
        return new Settlement(
                ids(End.DELIVERED),
                ids(End.FILTERED),
                ids(End.GONE),
                call.stream().flatMap(part -> part.dead.stream()).toList());
    }

    private void putBack() {
        while (!call.isEmpty()) {
            parts.addFirst(call.removeLast());
        }
    }

    private List<String> ids(End end) {
        return call.stream()
                .filter(part -> part.end == end)
                .flatMap(part -> part.ids.stream())
                .toList();
    }

    private static long bytes(List<DeadLetter> letters) {
        return letters.stream()
                .mapToLong(letter -> letter.entry().json().length())
                .sum();
    }

    private static int weight(Part part) {
        return part.ids.size() + part.dead.size();
    }
}

package io.headgate.process;

import io.headgate.destination.Answer;
import io.headgate.destination.Limits;
import io.headgate.stream.Input;
import io.headgate.stream.StreamEntry;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One partition of a route, while this process has it: what is read of it, delivered, tried again and acknowledged.
 *
 * <pre>
 *   pending of before --.                              .-- delivered ------> settled
 *   read ---------------+--> wanted? --> ready --> gate +-- refused, alone --> settled as a dead letter
 *   due again ----------'       |          ^           +-- refused, many ---> halves, ready
 *        ^                      '-> settled |           '-- failed -----------> waiting (its place only)
 *        '------------------------------------------------------------------------'
 * </pre>
 *
 * <p>At its {@link LaneLimits} nothing more is read, and the rest waits on the stream. Belongs to the loop of the processing.
 */
final class Lane implements Gate.Feeder {
    private final Route route;
    private final int partition;
    private final LaneLimits limits;
    private final Clock clock;
    private final Ready ready = new Ready();
    private final Waiting waiting;
    private final Settler settler;
    private final Reader reader;
    private final Load load = new Load();
    private final Outcome outcome;
    private final List<List<Item>> underWay = new ArrayList<>();
    private boolean owned;
    private long untilNanos;

    Lane(Route route, int partition, LaneLimits limits, Reader.Source source, Clock clock, Timers timers) {
        this.route = route;
        this.partition = partition;
        this.limits = limits;
        this.clock = clock;
        this.waiting = new Waiting(route.settings().ordered());
        this.settler = new Settler(route.group(), partition, source.groups(), timers, route.meters(), this::settled);
        this.outcome = new Outcome(route, ready, waiting, settler, load, clock);
        this.reader = new Reader(route.group(), partition, source, this, waiting, clock, timers);
    }

    Route route() {
        return route;
    }

    int partition() {
        return partition;
    }

    boolean owned() {
        return owned;
    }

    /** Whether nothing is being delivered or acknowledged. */
    boolean quiet() {
        return underWay.isEmpty() && settler.size() == 0;
    }

    int waiting() {
        return waiting.size();
    }

    /** This process has the partition until a moment of the monotonic clock. When it had not, what others left is taken first. */
    void ownUntil(long nanos) {
        untilNanos = nanos;
        if (!owned) {
            owned = true;
            reader.begin();
        }
    }

    /** Whether that moment has passed, so that another process may have it. */
    boolean late() {
        return clock.nanos() - untilNanos >= 0;
    }

    /** Nothing more is read or begun. What is being delivered is acknowledged yet; all else stays on the stream for others. */
    void end() {
        owned = false;
        reader.end();
        waiting.clear();
        load.remove(ready.takeOut(item -> true));
    }

    /** Events of this size that there is room for; one at least when nothing is in hand, whatever it weighs. */
    int room(long eventBytes) {
        int inHand = load.events() + settler.size();
        long bytesLeft = Math.max(0, limits.bytesMax() - load.bytes() - settler.bytes());
        long room = Math.min(limits.eventsMax() - inHand, bytesLeft / (eventBytes * Item.BYTES_A_BYTE));
        return (int) Math.max(inHand == 0 ? 1 : 0, room);
    }

    /** Whether so many wait that nothing new may be read; those that wait are taken when they are due all the same. */
    boolean manyWait() {
        return waiting.size() >= limits.waitingMax();
    }

    /** Entries of an input that are in hand in whatever way, so that they must not be taken for left ones. */
    Set<String> handled(Input input) {
        Set<String> ids = settler.ids(input);
        underWay.forEach(batch -> ids.addAll(Outcome.ids(batch, input)));
        ids.addAll(Outcome.ids(ready.all(), input));
        waiting.all().filter(ref -> ref.input() == input).forEach(ref -> ids.add(ref.id()));
        return ids;
    }

    /** Entries read for the first time, or left by another process, in order. */
    void take(Input input, List<StreamEntry> entries, Map<String, Integer> failed) {
        List<String> unwanted = new ArrayList<>();
        for (StreamEntry entry : entries) {
            Sorted sorted = route.sort(partition, entry, false);
            if (sorted instanceof Sorted.Wanted wanted) {
                hold(new Item(input, entry, wanted.outgoing(), failed.getOrDefault(entry.id(), 0), false));
            } else if (sorted instanceof Sorted.Unusable unusable) {
                outcome.unusable(input, entry, unusable);
            } else {
                unwanted.add(entry.id());
            }
        }
        settler.end(input, Settler.End.FILTERED, unwanted);
        route.pump();
    }

    /** Of these, which others left, some are on the stream no more. */
    void gone(List<Ref> refs, List<StreamEntry> found) {
        Set<String> there = found.stream().map(StreamEntry::id).collect(Collectors.toSet());
        refs.stream()
                .filter(ref -> !there.contains(ref.id()))
                .forEach(ref -> settler.end(ref.input(), Settler.End.GONE, List.of(ref.id())));
    }

    /** Entries that were waiting, and are due; those that are not on the stream any more are told apart. */
    void takeAgain(List<Ref> refs, List<StreamEntry> entries) {
        Map<String, StreamEntry> found = new HashMap<>();
        entries.forEach(entry -> found.put(entry.id(), entry));
        for (Ref ref : refs) {
            StreamEntry entry = found.get(ref.id());
            if (entry == null) {
                settler.end(ref.input(), Settler.End.GONE, List.of(ref.id()));
                waiting.through(ref, clock.nanos());
                continue;
            }
            Sorted sorted = route.sort(partition, entry, true);
            if (sorted instanceof Sorted.Wanted wanted) {
                hold(new Item(ref.input(), entry, wanted.outgoing(), ref.failed(), true));
            } else if (sorted instanceof Sorted.Unusable unusable) {
                outcome.unusable(ref.input(), entry, unusable);
                waiting.through(ref, clock.nanos());
            }
        }
        route.pump();
    }

    @Override
    public List<Item> next(Limits ofDelivery) {
        if (!owned || late() || route.paused() || (route.settings().ordered() && !underWay.isEmpty())) {
            return List.of();
        }
        List<Item> batch = ready.next(ofDelivery);
        if (!batch.isEmpty()) {
            underWay.add(batch);
        }
        return batch;
    }

    @Override
    public void answered(List<Item> batch, Answer answer, boolean blamed) {
        underWay.removeIf(one -> one == batch);
        reader.countFailures(outcome.of(batch, answer, blamed, owned));
        reader.look();
    }

    private void hold(Item item) {
        if (route.settings().ordered()
                && !item.retried()
                && waiting.holds(item.ref().session())) {
            waiting.addBehind(item.ref());
            return;
        }
        load.add(item);
        ready.add(item);
    }

    private void settled() {
        reader.look();
    }
}

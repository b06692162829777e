package io.headgate.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headgate.destination.Answer;
import io.headgate.destination.Limits;
import io.headgate.stream.DeadLetter;
import io.headgate.stream.Input;
import io.headgate.stream.StreamEntry;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * <p>Limits: {@value #EVENTS_MAX} events and {@value #BYTES_MAX} bytes in hand, {@value #WAITING_MAX} places of waiting ones;
 * at them nothing more is read, and the rest waits on the stream. Belongs to the loop of the processing.
 */
final class Lane implements Gate.Feeder {
    static final int EVENTS_MAX = 4_000;
    static final int BYTES_MAX = 4 << 20;
    static final int WAITING_MAX = 10_000;

    private final Route route;
    private final int partition;
    private final Clock clock;
    private final Ready ready = new Ready();
    private final Waiting waiting;
    private final Settler settler;
    private final Reader reader;
    private int events;
    private long bytes;
    private final List<List<Item>> underWay = new ArrayList<>();
    private boolean owned;
    private long untilNanos;

    Lane(Route route, int partition, Reader.Source source, Clock clock, Timers timers) {
        this.route = route;
        this.partition = partition;
        this.clock = clock;
        this.waiting = new Waiting(route.settings().ordered());
        this.settler = new Settler(route.group(), partition, source.groups(), timers, route.meters(), this::settled);
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
        letGo(ready.takeOut(item -> true));
    }

    /** Events that there is room for. */
    int room() {
        return bytes >= BYTES_MAX ? 0 : Math.max(0, EVENTS_MAX - events - settler.size());
    }

    /** Whether so many wait that nothing new may be read; those that wait are taken when they are due all the same. */
    boolean manyWait() {
        return waiting.size() >= WAITING_MAX;
    }

    long bytesRoom() {
        return Math.max(0, BYTES_MAX - bytes);
    }

    /** Entries of an input that are in hand in whatever way, so that they must not be taken for left ones. */
    Set<String> handled(Input input) {
        Set<String> ids = settler.ids(input);
        underWay.forEach(batch -> ids.addAll(ids(batch, input)));
        ids.addAll(ids(ready.all(), input));
        waiting.all().filter(ref -> ref.input() == input).forEach(ref -> ids.add(ref.id()));
        return ids;
    }

    /** Entries read for the first time, or left by another process, in order. */
    void take(Input input, List<StreamEntry> entries, Map<String, Integer> failed) {
        List<String> unwanted = new ArrayList<>();
        for (StreamEntry entry : entries) {
            Optional<ObjectNode> event = Json.object(entry.json());
            if (event.isEmpty()) {
                settler.dead(input, letter(entry, "", 0, "", "what is on the stream is no event: no JSON object"));
            } else if (!entry.wanted() && !route.takes(entry, event.get())) {
                unwanted.add(entry.id());
            } else {
                int times = failed.getOrDefault(entry.id(), 0);
                hold(new Item(input, entry, route.shape(partition, entry, event.get()), times, false));
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
            Optional<ObjectNode> event = entry == null ? Optional.empty() : Json.object(entry.json());
            if (entry == null || event.isEmpty()) {
                settler.end(ref.input(), Settler.End.GONE, List.of(ref.id()));
                waiting.through(ref, clock.nanos());
            } else {
                hold(new Item(ref.input(), entry, route.shape(partition, entry, event.get()), ref.failed(), true));
            }
        }
        route.pump();
    }

    @Override
    public List<Item> next(Limits limits) {
        if (!owned || late() || route.paused() || (route.settings().ordered() && !underWay.isEmpty())) {
            return List.of();
        }
        List<Item> batch = ready.next(limits);
        if (!batch.isEmpty()) {
            underWay.add(batch);
        }
        return batch;
    }

    @Override
    public void answered(List<Item> batch, Answer answer, boolean blamed) {
        underWay.removeIf(one -> one == batch);
        if (answer instanceof Answer.Delivered) {
            delivered(batch);
        } else if (answer instanceof Answer.Refused refused) {
            refused(batch, refused);
        } else if (answer instanceof Answer.Failed failed) {
            failed(batch, failed, blamed);
        }
        reader.look();
    }

    private void delivered(List<Item> batch) {
        route.meters().delivered(batch, clock.wallMillis());
        for (Input input : Input.values()) {
            List<String> ids = ids(batch, input);
            settler.end(input, Settler.End.DELIVERED, ids);
        }
        batch.forEach(this::through);
        letGo(batch);
    }

    private void refused(List<Item> batch, Answer.Refused refused) {
        if (batch.size() > 1 && owned) {
            ready.split(batch);
            return;
        }
        letGo(batch);
        if (batch.size() > 1) {
            return;
        }
        bury(batch.get(0), refused.request(), refused.answer());
    }

    private void failed(List<Item> batch, Answer.Failed failed, boolean blamed) {
        letGo(batch);
        if (!owned) {
            return;
        }
        List<Item> again = new ArrayList<>();
        for (Item item : batch) {
            int times = blamed ? item.failed() + 1 : item.failed();
            if (times >= route.attemptsMax()) {
                bury(item, failed.request(), times + " attempts, the last: " + failed.answer());
            } else {
                again.add(new Item(item.input(), item.entry(), item.outgoing(), times, item.retried()));
            }
        }
        if (blamed) {
            reader.countFailures(again);
        }
        again.forEach(this::await);
        if (route.settings().ordered()) {
            List<Item> behind = ready.takeOut(
                    item -> !item.retried() && waiting.holds(item.ref().session()));
            behind.forEach(item -> waiting.addBehind(item.ref()));
            letGo(behind);
        }
    }

    /** In an ordered lane behind those of its session that wait already, unless it is the first of them itself. */
    private void await(Item item) {
        Ref ref = item.ref();
        if (route.settings().ordered() && !item.retried() && waiting.holds(ref.session())) {
            waiting.addBehind(ref);
        } else {
            waiting.add(
                    ref,
                    clock.nanos() + route.backOff(Math.max(1, item.failed())).toNanos());
        }
    }

    private void hold(Item item) {
        if (route.settings().ordered()
                && !item.retried()
                && waiting.holds(item.ref().session())) {
            waiting.addBehind(item.ref());
            return;
        }
        events++;
        bytes += item.bytes();
        ready.add(item);
    }

    private void letGo(List<Item> items) {
        events -= items.size();
        items.forEach(item -> bytes -= item.bytes());
    }

    private void bury(Item item, String request, String answer) {
        settler.dead(item.input(), letter(item.entry(), item.outgoing().eventId(), item.failed() + 1, request, answer));
        through(item);
    }

    private void through(Item item) {
        if (item.retried()) {
            waiting.through(item.ref(), clock.nanos());
        }
    }

    private DeadLetter letter(StreamEntry entry, String eventId, int attempts, String request, String answer) {
        return new DeadLetter(
                entry,
                eventId,
                route.settings().name(),
                route.settings().destination(),
                attempts,
                clock.wallMillis(),
                request,
                answer);
    }

    private void settled() {
        reader.look();
    }

    private static List<String> ids(List<Item> batch, Input input) {
        return batch.stream()
                .filter(item -> item.input() == input)
                .map(item -> item.entry().id())
                .toList();
    }
}

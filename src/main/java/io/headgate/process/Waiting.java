package io.headgate.process;

import io.headgate.stream.Input;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * What waits to be tried again, of one lane: some tens of bytes an event. In an ordered lane only the first of a session
 * has a time; those behind it wait for it. Belongs to the loop of the processing.
 */
final class Waiting {
    /** An event, when it is due, and its place among those that are due at once. */
    private record Due(Ref ref, long atNanos, long number) {}

    private final boolean ordered;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::number));
    /** In an ordered lane: the sessions that wait, and who waits behind the first. */
    private final Map<String, Deque<Ref>> behind = new HashMap<>();

    private int size;
    private long number;

    Waiting(boolean ordered) {
        this.ordered = ordered;
    }

    int size() {
        return size;
    }

    /** All that wait. */
    Stream<Ref> all() {
        return Stream.concat(
                due.stream().map(Due::ref), behind.values().stream().flatMap(Deque::stream));
    }

    void clear() {
        due.clear();
        behind.clear();
        size = 0;
    }

    /** Waits until a moment. In an ordered lane its session's events that come later wait behind it. */
    void add(Ref ref, long atNanos) {
        size++;
        due.add(new Due(ref, atNanos, number++));
        if (holds(ref)) {
            behind.computeIfAbsent(ref.session(), session -> new ArrayDeque<>());
        }
    }

    /** Whether an event of this session has to wait behind another. */
    boolean holds(String session) {
        return behind.containsKey(session);
    }

    /** Waits behind those of its session. */
    void addBehind(Ref ref) {
        Deque<Ref> queue = behind.get(ref.session());
        if (queue == null) {
            throw new IllegalStateException("nobody of its session waits");
        }
        size++;
        queue.add(ref);
    }

    /** Takes out the first that is due, and those like it of the same input, so many at most; in order. */
    List<Ref> due(long nowNanos, int max) {
        List<Ref> refs = new ArrayList<>();
        Input input = Input.EVENTS;
        while (!due.isEmpty() && refs.size() < max && due.peek().atNanos() - nowNanos <= 0) {
            Ref next = due.peek().ref();
            if (refs.isEmpty()) {
                input = next.input();
            } else if (next.input() != input) {
                break;
            }
            due.remove();
            refs.add(next);
        }
        size -= refs.size();
        return refs;
    }

    /** The first of a session is through: the next one's turn has come. */
    void through(Ref ref, long nowNanos) {
        if (!holds(ref)) {
            return;
        }
        Deque<Ref> queue = behind.get(ref.session());
        Ref next = queue == null ? null : queue.poll();
        if (next == null) {
            behind.remove(ref.session());
        } else {
            due.add(new Due(next, nowNanos, number++));
        }
    }

    /** Nanoseconds until the first is due, 0 when it is; {@link Long#MAX_VALUE} when none waits. */
    long nextNanos(long nowNanos) {
        Due first = due.peek();
        return first == null ? Long.MAX_VALUE : Math.max(0, first.atNanos() - nowNanos);
    }

    private boolean holds(Ref ref) {
        return ordered && !ref.session().isEmpty();
    }
}

package io.headgate.process;

import io.headgate.destination.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The events of a lane that may be delivered now, in order, and the parts of batches that were refused as a whole, which go
 * first. Belongs to the loop of the processing.
 */
final class Ready {
    /** An event that failed so often may be what its batch failed by, so it goes alone. */
    private static final int ALONE_FROM = 2;

    private final Deque<Item> items = new ArrayDeque<>();
    private final Deque<List<Item>> parts = new ArrayDeque<>();

    boolean isEmpty() {
        return items.isEmpty() && parts.isEmpty();
    }

    void add(Item item) {
        items.add(item);
    }

    /** Both halves of a batch that was refused, to be tried by themselves, in order. */
    void split(List<Item> batch) {
        int half = batch.size() / 2;
        parts.addFirst(batch.subList(half, batch.size()));
        parts.addFirst(batch.subList(0, half));
    }

    /** All that this holds. */
    List<Item> all() {
        List<Item> all = new ArrayList<>(items);
        parts.forEach(all::addAll);
        return all;
    }

    /** The next to be delivered together, within the limits; a single event whatever it weighs. */
    List<Item> next(Limits limits) {
        if (!parts.isEmpty()) {
            return parts.remove();
        }
        List<Item> batch = new ArrayList<>();
        long bytes = 0;
        while (!items.isEmpty() && batch.size() < limits.batchEventsMax()) {
            Item next = items.peek();
            bytes += next.outgoing().json().length();
            boolean alone = next.failed() >= ALONE_FROM;
            if (!batch.isEmpty() && (alone || bytes > limits.batchBytesMax())) {
                break;
            }
            batch.add(items.remove());
            if (alone) {
                break;
            }
        }
        return batch;
    }

    /** Takes out all that this holds of, in order. */
    List<Item> takeOut(Predicate<Item> which) {
        List<Item> out = new ArrayList<>();
        List<List<Item>> kept = new ArrayList<>();
        for (List<Item> part : parts) {
            out.addAll(part.stream().filter(which).toList());
            List<Item> rest = part.stream().filter(which.negate()).toList();
            if (!rest.isEmpty()) {
                kept.add(rest);
            }
        }
        parts.clear();
        parts.addAll(kept);
        out.addAll(items.stream().filter(which).toList());
        items.removeIf(which);
        return out;
    }
}

package io.headgate.process;

import io.headgate.destination.Limits;
import io.headgate.process.RouteSettings.Priority;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose turn it is at a gate: those of high routes before the rest, those of one priority in turn. */
final class Turns {
    private final Map<Priority, Deque<Gate.Feeder>> feeders = new EnumMap<>(Priority.class);

    /** What a feeder gave to be delivered together. */
    record Turn(Gate.Feeder lane, List<Item> batch) {}

    void add(Priority priority, Gate.Feeder feeder) {
        feeders(priority).add(feeder);
    }

    /** Null when nobody has anything. */
    @Nullable
    Turn next(Limits limits) {
        for (Priority priority : Priority.values()) {
            Deque<Gate.Feeder> lanes = feeders(priority);
            for (int i = 0; i < lanes.size(); i++) {
                Gate.Feeder lane = lanes.remove();
                lanes.add(lane);
                List<Item> batch = lane.next(limits);
                if (!batch.isEmpty()) {
                    return new Turn(lane, batch);
                }
            }
        }
        return null;
    }

    private Deque<Gate.Feeder> feeders(Priority priority) {
        return feeders.computeIfAbsent(priority, first -> new ArrayDeque<>());
    }
}

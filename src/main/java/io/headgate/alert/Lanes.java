package io.headgate.alert;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The notices that one courier has to deliver: a lane for each key, in which only the first may go, and of those that may
 * go now the most urgent first, then the one that was sent first. Belongs to its courier.
 */
final class Lanes {
    private final Map<String, Parcel> parcels = new HashMap<>();
    private final Map<AlertKey, Deque<Parcel>> lanes = new HashMap<>();
    private final Set<AlertKey> held = new HashSet<>();
    private final PriorityQueue<Parcel> ready =
            new PriorityQueue<>(Comparator.comparing((Parcel parcel) -> parcel.notice.priority())
                    .thenComparingLong(parcel -> parcel.number));

    /** Behind the others of its key. */
    void add(Parcel parcel) {
        AlertKey key = parcel.notice.key();
        parcels.put(parcel.notice.id(), parcel);
        Deque<Parcel> lane = lanes.computeIfAbsent(key, none -> new ArrayDeque<>());
        lane.add(parcel);
        if (lane.size() == 1 && !held.contains(key)) {
            ready.add(parcel);
        }
    }

    /** Whether there is a {@link #next}. */
    boolean mayGo() {
        return !ready.isEmpty();
    }

    /** The next that may go; it stays the first of its lane. */
    Parcel next() {
        return ready.remove();
    }

    /** The first of its lane may go once more. */
    void again(Parcel parcel) {
        ready.add(parcel);
    }

    /** The next of its lane may go, if it was the first. */
    void remove(Parcel parcel) {
        AlertKey key = parcel.notice.key();
        parcels.remove(parcel.notice.id());
        ready.remove(parcel);
        Deque<Parcel> lane = lanes.get(key);
        if (lane == null) {
            return;
        }
        boolean first = lane.peek() == parcel;
        lane.remove(parcel);
        if (lane.isEmpty()) {
            lanes.remove(key);
        } else if (first && !held.contains(key)) {
            ready.add(lane.element());
        }
    }

    /** Nothing of these keys, which have no lane yet, may go. */
    void hold(Collection<AlertKey> keys) {
        held.addAll(keys);
    }

    /** What was held may go. */
    void release() {
        for (AlertKey key : held) {
            Deque<Parcel> lane = lanes.get(key);
            if (lane != null) {
                ready.add(lane.element());
            }
        }
        held.clear();
    }

    /** The notice of this id. */
    @Nullable
    Parcel parcel(String noticeId) {
        return parcels.get(noticeId);
    }

    Collection<Parcel> parcels() {
        return parcels.values();
    }

    boolean has(AlertKey key) {
        return lanes.containsKey(key);
    }
}

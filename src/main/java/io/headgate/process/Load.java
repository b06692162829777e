package io.headgate.process;

import java.util.Collection;

/** How many events a lane has in hand, and what they weigh. Belongs to the loop of the processing. */
final class Load {
    private int events;
    private long bytes;

    void add(Item item) {
        events++;
        bytes += item.bytes();
    }

    void remove(Collection<Item> items) {
        events -= items.size();
        items.forEach(item -> bytes -= item.bytes());
    }

    int events() {
        return events;
    }

    long bytes() {
        return bytes;
    }
}

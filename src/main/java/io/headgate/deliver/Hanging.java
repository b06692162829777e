package io.headgate.deliver;

import java.util.concurrent.atomic.AtomicInteger;

/** How many partitions have an append to the journal under way that is past its deadline. Safe for use by any thread. */
final class Hanging {
    private final AtomicInteger partitions = new AtomicInteger();

    boolean any() {
        return partitions.get() > 0;
    }

    void change(int by) {
        partitions.addAndGet(by);
    }
}

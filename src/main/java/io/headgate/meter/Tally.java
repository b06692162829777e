package io.headgate.meter;

import java.util.concurrent.atomic.LongAdder;

/** A count that only rises, from the start of the process. Safe for use by any thread. */
public final class Tally {
    private final LongAdder count = new LongAdder();

    Tally() {}

    public void add(long n) {
        count.add(n);
    }

    public void increment() {
        count.increment();
    }

    public long value() {
        return count.sum();
    }
}

package io.headgate.embedded;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, with a deadline; a condition that throws does not hold yet. */
final class Eventually {
    private static final long DEADLINE_NANOS = 30_000_000_000L;

    private Eventually() {}

    static void holds(Callable<Boolean> condition) {
        long start = System.nanoTime();
        Throwable last = null;
        while (System.nanoTime() - start < DEADLINE_NANOS) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(5_000_000);
        }
        throw new AssertionError("the condition does not hold within its deadline", last);
    }
}

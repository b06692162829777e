package io.headgate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, looking again and again, and gives up after a time that only a fault takes. */
public final class Eventually {
    private static final Duration MAX = Duration.ofSeconds(20);

    private Eventually() {}

    public static void isTrue(Supplier<Boolean> condition) {
        notNull(() -> condition.get() ? Boolean.TRUE : null);
    }

    /** The first value that is there. */
    public static <T> T notNull(Supplier<T> value) {
        long until = System.nanoTime() + MAX.toNanos();
        while (true) {
            T found = value.get();
            if (found != null) {
                return found;
            }
            if (System.nanoTime() > until) {
                throw new AssertionError("did not happen within " + MAX.toSeconds() + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}

package io.headgate.time;

/** The two clocks of a machine. Safe for use by any thread. */
public interface Clock {
    /** Wall clock, in milliseconds since 1970 UTC; may step in either direction. For people and for stored records. */
    long wallMillis();

    /** Monotonic clock in nanoseconds since an arbitrary moment; never steps back. For every duration and deadline. */
    long nanos();
}

package io.headgate.time;

/** The clocks of a machine. Safe for use by any thread. */
public interface Clock {
    /** Wall clock, in milliseconds since 1970 UTC; may step in either direction. For people and for stored records. */
    long wallMillis();

    /** Monotonic clock in nanoseconds since an arbitrary moment; never steps back. For every duration and deadline. */
    long nanos();

    /**
     * Like {@link #nanos}, since another arbitrary moment, and goes on while the machine sleeps. For what must be known
     * after a sleep too. Steps of 10 ms, and dearer: a few times a second, not for each event.
     */
    long bootNanos();

    /**
     * Names the start of the machine since which {@link #bootNanos} counts: two processes that see the same name have the
     * same boot clock. Empty where that is not known.
     */
    String bootId();
}

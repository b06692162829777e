package io.headgate;

/** What {@link Serving} keeps running until it is told to stop: a gateway, or a process that only delivers. */
interface Running {
    /** From now on it says that it is not ready, so that nothing new is sent to it; all else goes on. */
    void drain();

    /** Stops every part in turn: what is under way is finished. Blocks. */
    void stop();

    /** Reads the taxonomy anew; one with a fault is refused whole and the running one stays. */
    void reload();
}

package io.headgate.stream;

import java.util.Locale;
import java.util.Objects;

/**
 * Why a write did not go as it should.
 *
 * @param detail a sentence for the log and the status page; never an address with its password, never an event
 */
public record WriteFault(Kind kind, String detail) {
    /** What went wrong. Which events it struck is told by their outcomes. */
    public enum Kind {
        /** The partition's queue is full, or its turn did not come before the deadline: not sent. */
        OVERLOADED,
        /** There is no connection, or the store is stopping: not sent. */
        AWAY,
        /** Sent, and no answer came before the deadline. */
        TIMEOUT,
        /** Sent, and the connection broke before the answer. */
        LOST,
        /** Redis answered that it takes no writes now: loading, full, read-only, busy. */
        NOT_APPLIED,
        /** Redis answered that this user may not. */
        DENIED,
        /** A key of the wrong type or a fault of the script: sending it again does not help, a person must look. */
        BROKEN;

        /** The kind's name in metrics. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public WriteFault {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }
}

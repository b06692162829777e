package io.headgate.event;

/** What became of one valid event that was sent to be stored. */
public enum Outcome {
    /** Its write to the stream was confirmed, now, for the first time. */
    STORED,
    /** It was on the stream already: the same source, session and id inside the dedupe window. */
    DUPLICATE,
    /** It is safe in the journal, and comes to the stream from there; whether it is a duplicate is found out then. */
    JOURNALED,
    /** It was certainly not stored. */
    NOT_STORED,
    /** No answer came in time, or the connection broke: it may have been stored, so whatever follows must be idempotent. */
    UNKNOWN;

    /** Whether the event is known to be on the stream. */
    public boolean onStream() {
        return this == STORED || this == DUPLICATE;
    }

    /** Whether it is on the stream or in the journal, so that its client may be told. */
    public boolean safe() {
        return onStream() || this == JOURNALED;
    }
}

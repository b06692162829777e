package io.headgate.stream;

/** The two streams that a route reads of each partition. */
public enum Input {
    /** The partition's own: {@code {PREFIX:P}:events}. */
    EVENTS,
    /** What is to be delivered to this route again: dead letters re-driven, entries replayed. */
    AGAIN
}

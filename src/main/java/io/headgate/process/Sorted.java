package io.headgate.process;

import io.headgate.destination.Outgoing;

/** What an entry of a stream is to a route. */
sealed interface Sorted {
    /** To be delivered. */
    record Wanted(Outgoing outgoing) implements Sorted {}

    /** Not for this route. */
    record Unwanted() implements Sorted {}

    /** Nothing that can be delivered, ever; {@code why} is for the dead letter. */
    record Unusable(String why) implements Sorted {}
}

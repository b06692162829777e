package io.headgate.ingest;

/** What reading a body came to: a batch, or the answer that says why it is none. */
sealed interface Decoded {
    /** Every event of it is known to be valid or rejected. */
    record Whole(Batch batch) implements Decoded {}

    /** So many events need the validator library that reading on would hold up an event loop; read by a worker. */
    record Heavy() implements Decoded {}

    /** Nothing of the body is taken. */
    record Not(Answer answer) implements Decoded {}
}

package io.headgate.ingest;

import io.headgate.event.Event;

/** Is told what became of each batch, by the thread that decided it. Must return at once. */
public interface Witness {
    /** Each event of a batch has a verdict. */
    void answered(String source, int accepted, int duplicate, int rejected);

    /** A batch is answered 503, because an event of it could not be stored. */
    void refused(String source, int events);

    /**
     * Leads of a batch are on the stream or in the journal, for the first time, whatever the batch is answered.
     *
     * @param count how many, at least one
     * @param last the last of them
     */
    void stored(String source, int count, Event last);
}

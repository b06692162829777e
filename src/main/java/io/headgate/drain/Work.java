package io.headgate.drain;

import io.headgate.journal.Journal;
import io.headgate.meter.Books;
import io.headgate.meter.Tally;
import io.headgate.stream.StreamStore;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What the drains of all partitions share.
 *
 * @param unverified counts events that may be on the stream twice
 * @param readBytes that one partition reads from the journal at once
 * @param pause whether an operator keeps the backlog where it is
 */
record Work(
        Journal journal,
        StreamStore stream,
        Books books,
        Tally unverified,
        Duration dedupeWindow,
        long readBytes,
        BooleanSupplier pause,
        Clock clock,
        Timers timers) {
    boolean paused() {
        return pause.getAsBoolean();
    }
}

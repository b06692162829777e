package io.headgate.deliver;

import io.headgate.journal.Journal;
import io.headgate.meter.Books;
import io.headgate.meter.Tally;
import io.headgate.stream.StreamStore;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import java.time.Duration;

/**
 * What the routes of all partitions share.
 *
 * @param orderBroken counts events that went to the stream past a backlog
 * @param hanging whether the disk takes longer than it may, which is the same disk for all partitions
 * @param journalDeadline of one append to the journal
 */
record Parts(
        StreamStore stream,
        Journal journal,
        Breaker breaker,
        Books books,
        Tally orderBroken,
        Hanging hanging,
        Duration journalDeadline,
        Clock clock,
        Timers timers) {}

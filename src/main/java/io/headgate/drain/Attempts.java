package io.headgate.drain;

import io.headgate.deliver.Journaled;
import java.time.Duration;

/**
 * Which events may be on the stream already although they are in the journal: a write of them failed without a clear
 * answer, or the process before this one sent them and died before that was durable. Within the dedupe window Redis finds
 * that out; later a second copy is possible, and is counted. Belongs to the partition's event loop.
 */
final class Attempts {
    /** What a process may have sent and not noted durably: far more than a partition drains in the 0.2 s that it takes. */
    static final int BEFORE_START_MAX = 100_000;

    private final long windowMillis;
    private final long beforeStart;
    private long upTo;
    private long firstMillis;

    /** {@code confirmedAtStart}: number of the last record that was known to be on the stream when the process started. */
    Attempts(Duration dedupeWindow, long confirmedAtStart, long durableAtStart) {
        this.windowMillis = dedupeWindow.toMillis();
        this.beforeStart = Math.min(durableAtStart, confirmedAtStart + BEFORE_START_MAX);
    }

    /** What became of a call with the records up to this number is not known. */
    void failed(long sequence, long nowMillis) {
        if (upTo == 0) {
            firstMillis = nowMillis;
        }
        upTo = Math.max(upTo, sequence);
    }

    /** The stream has the records up to this number. */
    void confirmed(long sequence) {
        if (sequence >= upTo) {
            upTo = 0;
        }
    }

    /** Whether this record, which Redis has just taken as new, may be there twice. */
    boolean unverified(long sequence, Journaled event, long nowMillis) {
        boolean byUs = sequence <= upTo && nowMillis - firstMillis > windowMillis;
        boolean before = event.attempted() || sequence <= beforeStart;
        return byUs || (before && nowMillis - event.event().receivedMillis() > windowMillis);
    }
}

package io.headgate.drain;

import io.headgate.deliver.Journaled;
import java.time.Duration;

/**
 * Which events may be on the stream already because a write of them failed without a clear answer. Within the dedupe
 * window Redis finds that out; later a second copy is possible, and is counted. Belongs to the partition's event loop.
 */
final class Attempts {
    private final long windowMillis;
    private long upTo;
    private long firstMillis;

    Attempts(Duration dedupeWindow) {
        this.windowMillis = dedupeWindow.toMillis();
    }

    /** A call with the records up to this number failed. */
    void failed(long sequence, long nowMillis) {
        if (upTo == 0) {
            firstMillis = nowMillis;
        }
        upTo = Math.max(upTo, sequence);
    }

    /** Whether this record, which Redis has just taken as new, may be there twice. */
    boolean unverified(long sequence, Journaled event, long nowMillis) {
        boolean byUs = sequence <= upTo && nowMillis - firstMillis > windowMillis;
        if (sequence >= upTo) {
            upTo = 0;
        }
        return byUs || (event.attempted() && nowMillis - event.event().receivedMillis() > windowMillis);
    }
}

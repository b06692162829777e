package io.headgate.journal;

import java.io.IOException;
import java.util.List;

/**
 * Makes the confirmed positions durable and, only then, removes the segments before them. Belongs to the writer.
 *
 * <pre>
 *   confirm -> cursor written and forced -> segments that hold nothing above it deleted -> directory forced
 * </pre>
 */
final class Cleaner {
    private final Disk disk;
    private final Segments segments;
    private final Positions positions;
    private final Cursor cursor;
    private final Reserve reserve;
    private final Dead dead;
    private boolean reserveLookedAt;

    Cleaner(Disk disk, Recovered found, Reserve reserve, Dead dead) {
        this.disk = disk;
        this.segments = found.segments();
        this.positions = found.positions();
        this.cursor = found.cursor();
        this.reserve = reserve;
        this.dead = dead;
    }

    /**
     * Durable when this returns.
     *
     * @return whether segments were removed
     */
    boolean clean() throws IOException {
        List<Long> confirmed = positions.confirmed();
        if (!confirmed.equals(cursor.saved())) {
            reserve.spend(() -> cursor.save(confirmed));
        }
        boolean removed = false;
        while (segments.count() > 1 && isDone(segments.all().get(1).header())) {
            remove(segments.all().get(0));
            removed = true;
        }
        if (removed) {
            disk.sync();
        }
        if (removed || !reserveLookedAt) {
            reserveLookedAt = true;
            reserve.restore();
        }
        return removed;
    }

    void close() throws IOException {
        cursor.close();
    }

    /** Whether all before this segment is confirmed, durably. */
    private boolean isDone(SegmentHeader next) {
        for (int c = 0; c < next.channels(); c++) {
            if (cursor.saved().get(c) < next.base(c)) {
                return false;
            }
        }
        return true;
    }

    private void remove(Segment segment) throws IOException {
        reserve.spend(() -> {
            if (segment.corrupt()) {
                dead.keep(segment.name());
            } else {
                disk.delete(segment.name());
            }
        });
        segments.remove(segment);
    }
}

package io.headgate.alert;

import io.headgate.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code DrainStalled}: a partition has a backlog in the journal, and for {@value #STALLED_MINUTES} minutes none of it has
 * come to the stream, for whatever reason: Redis away, a pause, a partition that is halted. Over when it moves.
 */
final class DrainWatch {
    static final int STALLED_MINUTES = 5;

    private final Clock clock;
    private final List<Cursor> cursors = new ArrayList<>();

    DrainWatch(Clock clock) {
        this.clock = clock;
    }

    void look(Facts facts, Bell bell) {
        List<Facts.Partition> partitions = facts.partitions();
        for (int p = cursors.size(); p < partitions.size(); p++) {
            cursors.add(new Cursor(partitions.get(p).confirmed(), new Lasting(clock)));
        }
        List<Integer> stalled = IntStream.range(0, partitions.size())
                .filter(p -> cursors.get(p).stalled(partitions.get(p)))
                .boxed()
                .toList();
        if (!stalled.isEmpty()) {
            long since = stalled.stream()
                    .mapToLong(p -> cursors.get(p).still.sinceMillis())
                    .min()
                    .orElse(0);
            String summary = "The journal's backlog of " + facts.backlogEvents() + " events does not get shorter";
            bell.firing(AlertName.DRAIN_STALLED, "", Priority.P1, since, summary, details(facts, stalled), null);
        } else if (cursors.stream().allMatch(cursor -> cursor.moved)) {
            bell.well(AlertName.DRAIN_STALLED, "", "the drain goes on");
        }
    }

    private static List<String> details(Facts facts, List<Integer> stalled) {
        List<String> details = new ArrayList<>();
        details.add(
                "Nothing of partitions " + stalled + " has come to the stream for " + STALLED_MINUTES + " minutes.");
        for (int p : stalled) {
            String halted = facts.partitions().get(p).halted();
            if (halted != null) {
                details.add("Partition " + p + " waits for a person: " + halted);
            }
        }
        return details;
    }

    /** How far one partition has come. */
    private static final class Cursor {
        private final Lasting still;
        private long confirmed;
        /** Since the start: what was told by an earlier process is over only then. */
        private boolean moved;

        private Cursor(long confirmed, Lasting still) {
            this.confirmed = confirmed;
            this.still = still;
        }

        private boolean stalled(Facts.Partition partition) {
            boolean waits = partition.backlogEvents() > 0;
            boolean moves = partition.confirmed() != confirmed;
            confirmed = partition.confirmed();
            moved = moved || moves || !waits;
            if (moves) {
                still.is(false);
            }
            return still.is(waits).forAtLeast(Duration.ofMinutes(STALLED_MINUTES));
        }
    }
}

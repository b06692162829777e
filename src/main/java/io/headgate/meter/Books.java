package io.headgate.meter;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The books: every event of a body that could be decoded, counted from the start of the process.
 *
 * <pre>
 * received = accepted + duplicate + rejected + refused + in_progress
 * accepted = stream_direct                                (on the stream when the answer left)
 * </pre>
 *
 * <p>{@code in_progress} is counted by itself, up when a batch is received and down when its answer is decided, so that
 * the first equation is a statement and not a definition. All events of a batch that is answered 503, or 429 once it was read, are
 * {@code refused}; those of them that this batch is known to have put on the stream count as {@code refused_but_stored}
 * too, so the streams hold accepted + refused_but_stored entries and what was written without an answer. An event
 * answered {@code accepted} is counted once for each time it was so answered.
 *
 * <p>Both steps of a batch are one atomic change each, so a {@link #read} at any moment balances. Safe for use by any
 * thread; the lock is held for a few additions, twice a batch.
 */
public final class Books {
    /** The lines of the books, all of which only rise. */
    public enum Line {
        RECEIVED("Events of bodies that could be decoded"),
        ACCEPTED("Events stored and answered as accepted"),
        DUPLICATE("Events answered as duplicates"),
        REJECTED("Events rejected by the taxonomy or as unreadable"),
        REFUSED("Events of batches answered 503, or 429 once they were read"),
        REFUSED_BUT_STORED("Events of batches answered 503 that are known to have been stored by it"),
        STREAM_DIRECT("Accepted events that went straight to the stream");

        private final String help;

        Line(String help) {
            this.help = help;
        }

        /** The line's name in metrics and on the status page. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String help() {
            return help;
        }
    }

    /** The books at one moment. */
    public record Page(Map<Line, Long> lines, long inProgress) {
        public Page {
            lines = Map.copyOf(lines);
        }

        public long get(Line line) {
            return lines.getOrDefault(line, 0L);
        }

        /** What {@code received} exceeds the sum of the rest by: zero, or the books are wrong. */
        public long imbalance() {
            return get(Line.RECEIVED)
                    - get(Line.ACCEPTED)
                    - get(Line.DUPLICATE)
                    - get(Line.REJECTED)
                    - get(Line.REFUSED)
                    - inProgress;
        }
    }

    private final Map<Line, Long> lines = new EnumMap<>(Line.class);
    private long inProgress;

    Books() {}

    /** A batch was decoded: its events are in progress from now on, until {@link #answered} or {@link #refused}. */
    public synchronized void received(int events) {
        add(Line.RECEIVED, events);
        inProgress += events;
    }

    /** A batch received before is answered with a verdict for each event. */
    public synchronized void answered(int accepted, int duplicate, int rejected) {
        add(Line.ACCEPTED, accepted);
        add(Line.STREAM_DIRECT, accepted);
        add(Line.DUPLICATE, duplicate);
        add(Line.REJECTED, rejected);
        inProgress -= accepted + duplicate + rejected;
    }

    /** A batch received before is answered 503 or 429. */
    public synchronized void refused(int events, int newlyStored) {
        add(Line.REFUSED, events);
        add(Line.REFUSED_BUT_STORED, newlyStored);
        inProgress -= events;
    }

    /** All lines as they stand at this moment. */
    public synchronized Page read() {
        return new Page(lines, inProgress);
    }

    private void add(Line line, long n) {
        lines.merge(line, n, Long::sum);
    }
}

package io.headgate.meter;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The books: every event of a body that could be decoded, counted from the start of the process.
 *
 * <pre>
 * received        = accepted + duplicate + rejected + refused + in_progress
 * accepted        = stream_direct + journaled             (where they were when the answer left)
 * journal_backlog = backlog_at_start + journaled + refused_but_journaled
 *                   - drained - drain_duplicate - drain_corrupt
 * </pre>
 *
 * <p>The first two hold at every moment, the third whenever nothing is in progress: a record is in the journal a moment
 * before its batch is answered.
 *
 * <p>{@code in_progress} is counted by itself, up when a batch is received and down when its answer is decided, so that
 * the first equation is a statement and not a definition. All events of a batch that is answered 503, or 429 once it was read, are
 * {@code refused}; those of them that this batch is known to have put on the stream count as {@code refused_but_stored}
 * too, those that it is known to have put into the journal as {@code refused_but_journaled}. An event
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
        REFUSED_BUT_JOURNALED("Events of batches answered 503 that are in the journal all the same"),
        STREAM_DIRECT("Accepted events that went straight to the stream"),
        JOURNALED("Accepted events that went to the journal"),
        BACKLOG_AT_START("Events that the journal held when the process started"),
        DRAINED("Events that the drain brought from the journal to the stream"),
        DRAIN_DUPLICATE("Events of the journal that the drain found on the stream"),
        DRAIN_CORRUPT("Events of the journal that could not be read back");

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

        /** Whether both equations that hold at every moment do. */
        public boolean balanced() {
            long answered = get(Line.ACCEPTED) + get(Line.DUPLICATE) + get(Line.REJECTED) + get(Line.REFUSED);
            return get(Line.RECEIVED) == answered + inProgress
                    && get(Line.ACCEPTED) == get(Line.STREAM_DIRECT) + get(Line.JOURNALED);
        }

        /** What the journal must hold by the books when nothing is in progress. */
        public long journalBacklog() {
            long in = get(Line.BACKLOG_AT_START) + get(Line.JOURNALED) + get(Line.REFUSED_BUT_JOURNALED);
            return in - get(Line.DRAINED) - get(Line.DRAIN_DUPLICATE) - get(Line.DRAIN_CORRUPT);
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

    /** A batch received before is answered with a verdict for each event; the accepted ones by where they are. */
    public synchronized void answered(int onStream, int inJournal, int duplicate, int rejected) {
        add(Line.ACCEPTED, onStream + (long) inJournal);
        add(Line.STREAM_DIRECT, onStream);
        add(Line.JOURNALED, inJournal);
        add(Line.DUPLICATE, duplicate);
        add(Line.REJECTED, rejected);
        inProgress -= onStream + (long) inJournal + duplicate + rejected;
    }

    /** A batch received before is answered 503 or 429. */
    public synchronized void refused(int events, int newlyStored, int inJournal) {
        add(Line.REFUSED, events);
        add(Line.REFUSED_BUT_STORED, newlyStored);
        add(Line.REFUSED_BUT_JOURNALED, inJournal);
        inProgress -= events;
    }

    /** Events of a batch that was answered 503 without waiting for the journal any longer have come to be in it. */
    public synchronized void journaledLate(int events) {
        add(Line.REFUSED_BUT_JOURNALED, events);
    }

    /** What the journal held when the process started. To be told once. */
    public synchronized void backlogAtStart(long events) {
        add(Line.BACKLOG_AT_START, events);
    }

    /** Events left the journal: they are on the stream now, or were before, or could not be read back. */
    public synchronized void drained(long stored, long duplicate, long corrupt) {
        add(Line.DRAINED, stored);
        add(Line.DRAIN_DUPLICATE, duplicate);
        add(Line.DRAIN_CORRUPT, corrupt);
    }

    /** All lines as they stand at this moment. */
    public synchronized Page read() {
        return new Page(lines, inProgress);
    }

    private void add(Line line, long n) {
        lines.merge(line, n, Long::sum);
    }
}

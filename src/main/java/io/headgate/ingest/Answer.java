package io.headgate.ingest;

import io.headgate.event.Outcome;
import io.headgate.event.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the road of a batch ends in. The door turns each kind into a status. */
public sealed interface Answer {
    /**
     * Every event has a verdict.
     *
     * @param received events of the batch; the sum of the three verdicts
     * @param onStream accepted events that are on the stream
     * @param inJournal accepted events that are in the journal
     * @param results one for each event, in the batch's order
     * @param rejections the rejected ones among them, by rising index
     */
    record Verdicts(
            int received, int onStream, int inJournal, int duplicate, List<Result> results, List<Rejection> rejections)
            implements Answer {
        /** Events accepted. */
        public int accepted() {
            return onStream + inJournal;
        }

        /** Events rejected. */
        public int rejected() {
            return rejections.size();
        }
    }

    /** The body is no batch of events; nothing of it was taken. {@code detail} says what is wrong and where. */
    record Malformed(String detail) implements Answer {}

    /** The batch has more events than {@code max}; nothing of it was taken. */
    record TooMany(int max) implements Answer {}

    /** The source's events per second are used up; nothing of the batch was taken. */
    record OverRate(Duration retryAfter, String detail) implements Answer {}

    /** A valid event could not be stored. Some others may be stored; a retry answers those as duplicates. */
    record Refused(Duration retryAfter) implements Answer {}

    /**
     * The verdict on one event.
     *
     * @param eventId where it could be read
     * @param stored what became of it; null when it was rejected
     */
    record Result(@Nullable UUID eventId, @Nullable Outcome stored) {
        /** Its verdict. */
        public Verdict verdict() {
            if (stored == null) {
                return Verdict.REJECTED;
            }
            return switch (stored) {
                case STORED, JOURNALED -> Verdict.ACCEPTED;
                case DUPLICATE -> Verdict.DUPLICATE;
                case NOT_STORED, UNKNOWN -> throw new IllegalStateException("no verdict without a confirmed write");
            };
        }
    }

    /** The three verdicts. */
    enum Verdict {
        ACCEPTED("accepted"),
        DUPLICATE("duplicate"),
        REJECTED("rejected");

        private final String wire;

        Verdict(String wire) {
            this.wire = wire;
        }

        /** The word in answers. */
        public String wire() {
            return wire;
        }
    }
}

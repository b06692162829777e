package io.headgate.ingest;

import io.headgate.event.Event;
import io.headgate.event.Outcome;
import io.headgate.taxonomy.Taxonomy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The road of a batch without its end: the verdicts that the gateway would give, and nothing is stored. A valid event
 * counts as accepted; one that is in the same body a second time as duplicate. Owned by its caller's thread.
 */
public final class Trial {
    private final BatchReader reader;

    /** {@code settings}: limits as those of the gateway. */
    public Trial(Taxonomy taxonomy, IngestSettings settings) {
        this.reader = new BatchReader(taxonomy, settings);
    }

    /**
     * Judges a whole body; how the road would answer it.
     *
     * @param ndjson whether the body is newline-delimited JSON
     */
    public Answer judge(byte[] body, boolean ndjson) {
        Decoded decoded = reader.read("trial", body, ndjson, 0, Integer.MAX_VALUE);
        return decoded instanceof Decoded.Not not ? not.answer() : verdicts(((Decoded.Whole) decoded).batch());
    }

    private static Answer verdicts(Batch batch) {
        Set<Identity> seen = new HashSet<>();
        List<Answer.Result> results =
                batch.results(valid -> verdict(batch.events().get(valid), seen));
        int duplicate = batch.events().size() - seen.size();
        return new Answer.Verdicts(batch.size(), seen.size(), 0, duplicate, results, batch.rejections());
    }

    private static Outcome verdict(Event event, Set<Identity> seen) {
        boolean first = seen.add(new Identity(event.sessionId(), event.id()));
        return first ? Outcome.STORED : Outcome.DUPLICATE;
    }

    /** What makes two events of one source the same. */
    private record Identity(String sessionId, UUID eventId) {}
}

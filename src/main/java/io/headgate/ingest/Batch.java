package io.headgate.ingest;

import io.headgate.event.Event;
import io.headgate.event.Outcome;
import io.headgate.event.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A batch that could be decoded: its valid events, its rejected ones, and which place in the batch each had. Belongs to
 * the request that carried it; filled by one thread, then only read.
 */
final class Batch {
    private final List<Event> events;
    private final List<Rejection> rejections = new ArrayList<>(0);
    /** The id at each index of the batch, where it could be read. */
    private final List<@Nullable UUID> ids;

    Batch(int expected) {
        events = new ArrayList<>(expected);
        ids = new ArrayList<>(expected);
    }

    void add(Event event) {
        events.add(event);
        ids.add(event.id());
    }

    void add(Rejection rejection) {
        rejections.add(rejection);
        ids.add(rejection.eventId());
    }

    /** Events of the batch, valid or not; also the index of the next. */
    int size() {
        return ids.size();
    }

    /** The valid events, by rising index. */
    List<Event> events() {
        return events;
    }

    /** The rejected events, by rising index. */
    List<Rejection> rejections() {
        return rejections;
    }

    /**
     * One result for each event, in the batch's order.
     *
     * @param stored what became of a valid event, by its place in {@link #events}; asked in that order
     */
    List<Answer.Result> results(IntFunction<Outcome> stored) {
        List<Answer.Result> results = new ArrayList<>(size());
        int rejected = 0;
        for (int index = 0; index < size(); index++) {
            boolean bad =
                    rejected < rejections.size() && rejections.get(rejected).index() == index;
            results.add(new Answer.Result(ids.get(index), bad ? null : stored.apply(index - rejected)));
            rejected += bad ? 1 : 0;
        }
        return results;
    }
}

package io.headgate.destination;

import io.vertx.core.Future;
import java.util.List;

/**
 * One place that events are delivered to. Belongs to the event loop that it is called on, and never blocks it.
 *
 * <p>{@link #open} comes first, and again until it succeeds; {@link #deliver} only after that, as often at a time as
 * {@link DestinationSettings#limits} allow; {@link #close} at any time.
 */
public interface Destination {
    DestinationSettings settings();

    /**
     * Makes ready what deliveries need: tables, directories. Fails with a sentence for a person; may be called again then.
     */
    Future<Void> open();

    /**
     * Tries once to deliver these, all or none as far as the other side lets that be known. Never fails but by its answer,
     * which comes within the destination's timeout. What was answered {@link Answer.Delivered} is there for good.
     *
     * @param batch at least one, and within {@link DestinationSettings#limits}; in the order of the stream
     */
    Future<Answer> deliver(List<Outgoing> batch);

    /** Lets go of connections and files; what is under way may fail. */
    Future<Void> close();
}

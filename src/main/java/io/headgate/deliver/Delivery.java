package io.headgate.deliver;

import io.headgate.event.Event;
import io.headgate.event.Outcome;
import io.headgate.stream.Appended;
import io.headgate.stream.StreamStore;
import io.headgate.time.Clock;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sends the events of a batch to their partitions and brings the outcomes back in the batch's order. Safe for use by any event loop. */
public final class Delivery {
    private final StreamStore stream;
    private final RetryAfter retryAfter;

    public Delivery(StreamStore stream, DeliverSettings settings, Clock clock) {
        this.stream = stream;
        this.retryAfter = new RetryAfter(settings.retryAfter(), clock);
    }

    /**
     * Stores the events, each once. The future does not fail for anything that Redis does: an event that could not be
     * stored has the outcome that says so.
     */
    public Future<Delivered> store(List<Event> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture(new Delivered(List.of()));
        }
        List<Share> shares = split(events);
        List<Future<Appended>> calls = new ArrayList<>(shares.size());
        for (Share share : shares) {
            calls.add(stream.append(share.partition, share.events));
        }
        return Future.all(calls).map(all -> merge(events.size(), shares, all.list()));
    }

    /** Whether events can be durably taken now. */
    public boolean ready() {
        return stream.up();
    }

    /** What a client that is refused now should wait before it tries again. */
    public Duration retryAfter() {
        return retryAfter.now();
    }

    /** The shares of the partitions, each in the batch's order. */
    private List<Share> split(List<Event> events) {
        Share[] byPartition = new Share[stream.partitions()];
        List<Share> shares = new ArrayList<>(byPartition.length);
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            int partition = stream.partitionOf(event.sessionId());
            Share share = byPartition[partition];
            if (share == null) {
                share = new Share(partition);
                byPartition[partition] = share;
                shares.add(share);
            }
            share.events.add(event);
            share.places.add(i);
        }
        return shares;
    }

    private Delivered merge(int size, List<Share> shares, List<Appended> results) {
        List<Outcome> outcomes = new ArrayList<>(Collections.nCopies(size, Outcome.NOT_STORED));
        for (int s = 0; s < shares.size(); s++) {
            Share share = shares.get(s);
            List<Outcome> shareOutcomes = results.get(s).outcomes();
            for (int i = 0; i < shareOutcomes.size(); i++) {
                outcomes.set(share.places.get(i), shareOutcomes.get(i));
            }
        }
        Delivered delivered = new Delivered(outcomes);
        retryAfter.heard(delivered.whole());
        return delivered;
    }

    /** One partition's share of a batch, and where in the batch each of its events stands. */
    private static final class Share {
        private final int partition;
        private final List<Event> events = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();

        private Share(int partition) {
            this.partition = partition;
        }
    }
}

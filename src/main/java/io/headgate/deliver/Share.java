package io.headgate.deliver;

import io.headgate.event.Event;
import io.headgate.event.Outcome;
import io.headgate.stream.Appended;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One partition's share of a batch on its way, and where in the batch each of its events stands. It is tried at each of
 * the two places once at most, and told when it is safe or there is nothing left to try. Belongs to the thread that splits
 * the batch, then to the partition's event loop.
 */
final class Share {
    final int partition;
    final Promise<Share> told;
    private final List<Event> events = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private Outcome[] outcomes = {};
    private boolean streamTried;

    Share(int partition, Promise<Share> told) {
        this.partition = partition;
        this.told = told;
    }

    void add(Event event, int place) {
        events.add(event);
        places.add(place);
    }

    int size() {
        return events.size();
    }

    /** Whether Redis was asked to take its events. */
    boolean streamTried() {
        return streamTried;
    }

    /** The events that are not known to be stored, in order. */
    List<Event> left() {
        if (outcomes.length == 0) {
            return events;
        }
        List<Event> left = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            if (!outcomes[i].safe()) {
                left.add(events.get(i));
            }
        }
        return left;
    }

    /** What goes to the journal of them. */
    List<byte[]> payloads() {
        List<byte[]> payloads = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            if (outcomes.length == 0) {
                payloads.add(EventCodec.encode(events.get(i), false));
            } else if (!outcomes[i].safe()) {
                payloads.add(EventCodec.encode(events.get(i), outcomes[i] == Outcome.UNKNOWN));
            }
        }
        return payloads;
    }

    /** What Redis made of those that were left; how many of them are on the stream. */
    int streamed(Appended appended) {
        streamTried = true;
        return settle(appended.outcomes());
    }

    /** All that were left have this outcome. */
    void rest(Outcome outcome) {
        Outcome[] rest = new Outcome[left().size()];
        Arrays.fill(rest, outcome);
        settle(Arrays.asList(rest));
    }

    boolean safe() {
        return outcomes.length > 0 && Arrays.stream(outcomes).allMatch(Outcome::safe);
    }

    /** It is over; to be called once. */
    void tell() {
        if (outcomes.length == 0) {
            rest(Outcome.NOT_STORED);
        }
        told.complete(this);
    }

    /** Writes the outcomes at their events' places in the batch. */
    void into(List<Outcome> batch) {
        for (int i = 0; i < outcomes.length; i++) {
            batch.set(places.get(i), outcomes[i]);
        }
    }

    private int settle(List<Outcome> ofThoseLeft) {
        if (outcomes.length == 0) {
            outcomes = new Outcome[events.size()];
            Arrays.fill(outcomes, Outcome.NOT_STORED);
        }
        int next = 0;
        int safe = 0;
        for (int i = 0; i < outcomes.length; i++) {
            if (!outcomes[i].safe()) {
                outcomes[i] = ofThoseLeft.get(next++);
                safe += outcomes[i].safe() ? 1 : 0;
            }
        }
        return safe;
    }
}

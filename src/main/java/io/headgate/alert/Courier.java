package io.headgate.alert;

import io.headgate.meter.Meters;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes notices to one receiver, each until it answers 2xx: those of one key in order, those of different keys side by
 * side, the most urgent first, at most {@value #UNDER_WAY_MAX} at once. Waits for no other receiver. What it has not
 * delivered is forgotten with the process: who sends keeps it. Belongs to the loop of the alerting, but for its status.
 */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    static final int UNDER_WAY_MAX = 4;

    /** Alerts in one refresh; more take several, one behind the other. */
    static final int REFRESH_ALERTS_MAX = 500;

    private final ReceiverSettings settings;
    private final Format format;
    private final Post post;
    private final Retries retries;
    private final Clock clock;
    private final Timers timers;
    private final Health health;
    private final CourierMeters meters;

    private final Map<String, Parcel> parcels = new HashMap<>();
    private final Map<AlertKey, Deque<Parcel>> lanes = new HashMap<>();
    private final PriorityQueue<Parcel> ready =
            new PriorityQueue<>(Comparator.comparing((Parcel parcel) -> parcel.notice.priority())
                    .thenComparingLong(parcel -> parcel.number));
    private final Set<AlertKey> refreshing = new HashSet<>();
    private long sent;
    private int underWay;

    Courier(
            ReceiverSettings settings,
            Format format,
            Post post,
            RandomGenerator random,
            Clock clock,
            Timers timers,
            Meters meters) {
        this.settings = settings;
        this.format = format;
        this.post = post;
        this.retries = new Retries(random);
        this.clock = clock;
        this.timers = timers;
        this.health = new Health(settings.name(), clock);
        this.meters = new CourierMeters(settings.name(), meters);
    }

    /** Whom it serves. */
    ReceiverSettings settings() {
        return settings;
    }

    /**
     * Takes the notice on its way; a notice of the same id that is on its way already is not taken twice.
     *
     * @return what became of it; never fails, and is never completed when {@link #stop} comes before
     */
    Future<Fate> send(Notice notice) {
        Parcel known = parcels.get(notice.id());
        if (known != null) {
            return known.fate.future();
        }
        Parcel parcel = new Parcel(notice, sent++);
        parcels.put(notice.id(), parcel);
        Deque<Parcel> lane = lanes.computeIfAbsent(notice.key(), key -> new ArrayDeque<>());
        lane.add(parcel);
        if (lane.size() == 1 && !refreshing.contains(notice.key())) {
            ready.add(parcel);
        }
        meters.waiting(parcels.size());
        go();
        return parcel.fate.future();
    }

    /**
     * Takes a notice back. An attempt that is under way goes on, and if it is answered 2xx the notice is delivered.
     *
     * @return true when no attempt of it had begun, so that the receiver cannot know of it
     */
    boolean withdraw(String noticeId) {
        Parcel parcel = parcels.get(noticeId);
        if (parcel == null) {
            return false;
        }
        parcel.withdraw();
        if (!parcel.underWay()) {
            ready.remove(parcel);
            finish(parcel, new Fate(Fate.End.WITHDRAWN, ""));
            go();
        }
        return parcel.attempts() == 0;
    }

    /**
     * Tells a receiver that forgets alerts which ones go on firing; one attempt, for the next refresh follows. Alerts with
     * a notice on its way are left out, and a notice that comes meanwhile waits until it is over, for it must come last.
     */
    void refresh(List<Notice> firing) {
        if (refreshing.isEmpty()) {
            refreshFrom(firing.stream()
                    .filter(notice -> !lanes.containsKey(notice.key()))
                    .toList());
        }
    }

    private void refreshFrom(List<Notice> rest) {
        List<Notice> part = rest.subList(0, Math.min(rest.size(), REFRESH_ALERTS_MAX));
        Optional<Message> message = part.isEmpty() ? Optional.empty() : format.refresh(part, clock.wallMillis());
        if (message.isEmpty()) {
            return;
        }
        part.forEach(notice -> refreshing.add(notice.key()));
        post.post(message.get()).onSuccess(result -> {
            heard(result);
            refreshed();
            refreshFrom(rest.subList(part.size(), rest.size()).stream()
                    .filter(notice -> !lanes.containsKey(notice.key()))
                    .toList());
        });
    }

    private void refreshed() {
        for (AlertKey key : refreshing) {
            Deque<Parcel> lane = lanes.get(key);
            if (lane != null) {
                ready.add(lane.element());
            }
        }
        refreshing.clear();
        go();
    }

    /** One attempt at once, past whatever waits. */
    Future<PostResult> test(Notice notice) {
        return post.post(format.message(notice, clock.wallMillis())).onSuccess(this::heard);
    }

    /** How it does; may be asked by anybody. */
    ReceiverStatus status() {
        return new ReceiverStatus(
                settings.name(),
                settings.type(),
                meters.waiting(),
                health.lastAnswer(),
                health.lastSuccessMillis(),
                health.failingMillis(),
                meters.delivered(),
                meters.attempts(),
                meters.givenUp());
    }

    /** Attempts no more. */
    Future<Void> stop() {
        parcels.values().forEach(Parcel::stop);
        ready.clear();
        return post.close();
    }

    private void go() {
        while (underWay < UNDER_WAY_MAX && !ready.isEmpty()) {
            attempt(ready.remove());
        }
    }

    private void attempt(Parcel parcel) {
        Message message = format.message(parcel.notice, clock.wallMillis());
        parcel.goes();
        underWay++;
        post.post(message).onSuccess(result -> answered(parcel, result));
    }

    private void answered(Parcel parcel, PostResult result) {
        underWay--;
        heard(result);
        if (result.delivered()) {
            meters.countDelivered();
            finish(parcel, new Fate(Fate.End.DELIVERED, result.words()));
        } else if (parcel.withdrawn()) {
            finish(parcel, new Fate(Fate.End.WITHDRAWN, result.words()));
        } else if (format.refusesForGood(result)) {
            meters.countGivenUp();
            LOG.error(
                    "alert_given_up, its receiver refuses it for good: receiver={} alert={} answer={}",
                    settings.name(),
                    parcel.notice.key().text(),
                    result.words());
            finish(parcel, new Fate(Fate.End.GIVEN_UP, result.words()));
        } else {
            parcel.rests(timers.once(retries.after(parcel.attempts(), result), () -> again(parcel)));
        }
        go();
    }

    private void again(Parcel parcel) {
        parcel.queues();
        ready.add(parcel);
        go();
    }

    private void heard(PostResult result) {
        meters.count(result);
        health.heard(result);
    }

    /** It is on its way no more; the next of its key may go. */
    private void finish(Parcel parcel, Fate fate) {
        AlertKey key = parcel.notice.key();
        Deque<Parcel> lane = lanes.get(key);
        parcels.remove(parcel.notice.id());
        meters.waiting(parcels.size());
        if (lane != null) {
            boolean first = lane.peek() == parcel;
            lane.remove(parcel);
            if (lane.isEmpty()) {
                lanes.remove(key);
            } else if (first && !refreshing.contains(key)) {
                ready.add(lane.element());
            }
        }
        parcel.fate.complete(fate);
    }
}

package io.headgate.alert;

import io.headgate.meter.Meters;
import io.headgate.outbound.PostResult;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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

    /** Stands for the refreshes among the messages that a receiver does not take. */
    private static final String REFRESH = "refresh";

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

    private final Lanes lanes = new Lanes();
    private final Stuck stuck;
    private final Map<AlertKey, Notice> toRefresh = new LinkedHashMap<>();
    private long sent;
    private int underWay;
    private boolean refreshing;
    private boolean stopped;

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
        this.stuck = new Stuck(clock);
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
        Parcel known = lanes.parcel(notice.id());
        if (known != null) {
            return known.fate.future();
        }
        Parcel parcel = new Parcel(notice, sent++);
        toRefresh.remove(notice.key());
        lanes.add(parcel);
        go();
        return parcel.fate.future();
    }

    /** Takes a notice back. An attempt that is under way goes on, and if it is answered 2xx the notice is delivered. */
    void withdraw(String noticeId) {
        Parcel parcel = lanes.parcel(noticeId);
        if (parcel == null) {
            return;
        }
        parcel.withdraw();
        if (!parcel.underWay()) {
            finish(parcel, new Fate(Fate.End.WITHDRAWN, ""));
            go();
        }
    }

    private void go() {
        while (underWay < UNDER_WAY_MAX && lanes.mayGo()) {
            Parcel parcel = lanes.next();
            Message message = format.message(parcel.notice, clock.wallMillis());
            parcel.goes();
            underWay++;
            attempt(message, result -> answered(parcel, result));
        }
        meters.waiting(lanes.parcels().size());
    }

    private void attempt(Message message, Consumer<PostResult> then) {
        post.post(message).onSuccess(result -> {
            if (!stopped) {
                meters.count(result);
                health.heard(result);
                then.accept(result);
            }
        });
    }

    private void answered(Parcel parcel, PostResult result) {
        underWay--;
        if (result.delivered()) {
            meters.countDelivered();
            finish(parcel, new Fate(Fate.End.DELIVERED, result.words()));
        } else if (parcel.withdrawn()) {
            finish(parcel, new Fate(Fate.End.WITHDRAWN, result.words()));
        } else if (format.refusesForGood(result)) {
            giveUp(parcel, result);
        } else {
            stuck.failed(parcel.notice.id());
            parcel.rests(timers.once(retries.after(parcel.attempts(), result), () -> again(parcel)));
        }
        go();
    }

    private void giveUp(Parcel parcel, PostResult result) {
        meters.countGivenUp();
        LOG.error(
                "alert_given_up, its receiver refuses it for good: receiver={} alert={} answer={}",
                settings.name(),
                parcel.notice.key().text(),
                result.words());
        finish(parcel, new Fate(Fate.End.GIVEN_UP, result.words()));
    }

    private void again(Parcel parcel) {
        lanes.again(parcel);
        go();
    }

    /** It is on its way no more; the next of its key may go. */
    private void finish(Parcel parcel, Fate fate) {
        stuck.over(parcel.notice.id());
        lanes.remove(parcel);
        meters.waiting(lanes.parcels().size());
        parcel.fate.complete(fate);
    }

    /**
     * Tells a receiver that forgets alerts which ones go on firing; one attempt, for the next refresh follows. Alerts with
     * a notice on its way are left out, and a notice that comes meanwhile waits until it is over, for it must come last.
     */
    void refresh(List<Notice> firing) {
        if (!refreshing) {
            toRefresh.clear();
            if (firing.isEmpty()) {
                stuck.over(REFRESH);
            }
            firing.stream()
                    .filter(notice -> !lanes.has(notice.key()))
                    .forEach(notice -> toRefresh.put(notice.key(), notice));
            refreshNext();
        }
    }

    private void refreshNext() {
        List<Notice> part =
                toRefresh.values().stream().limit(REFRESH_ALERTS_MAX).toList();
        Optional<Message> message = part.isEmpty() ? Optional.empty() : format.refresh(part, clock.wallMillis());
        refreshing = message.isPresent();
        if (refreshing) {
            List<AlertKey> keys = part.stream().map(Notice::key).toList();
            toRefresh.keySet().removeAll(keys);
            lanes.hold(keys);
            attempt(message.get(), result -> {
                if (result.delivered()) {
                    stuck.over(REFRESH);
                } else {
                    stuck.failed(REFRESH);
                }
                lanes.release();
                refreshNext();
                go();
            });
        }
    }

    /** Whether it forgets an alert of which it hears no more, so that {@link #refresh} is needed. */
    boolean forgets() {
        return format.forgets();
    }

    /** One attempt at once, past whatever waits. */
    Future<PostResult> test(Notice notice) {
        Promise<PostResult> tested = Promise.promise();
        attempt(format.message(notice, clock.wallMillis()), tested::complete);
        return tested.future();
    }

    /** How it does; may be asked by anybody. */
    ReceiverStatus status() {
        return new ReceiverStatus(
                settings.name(),
                settings.type(),
                meters.waiting(),
                health.lastAnswer(),
                health.lastSuccessMillis(),
                stuck.millis(),
                meters.delivered(),
                meters.attempts(),
                meters.givenUp());
    }

    /** Attempts no more; what is under way is cut off, and its end is nobody's any more. */
    Future<Void> stop() {
        stopped = true;
        lanes.parcels().forEach(Parcel::stop);
        return post.close();
    }
}

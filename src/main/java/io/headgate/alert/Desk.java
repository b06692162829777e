package io.headgate.alert;

import io.headgate.meter.Meters;
import io.headgate.time.Clock;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where alerts, silences and messages come together, and from where they go to disk before anything is sent. Belongs to the
 * loop of the alerting.
 */
final class Desk {
    private static final Duration REFRESH_EVERY = Duration.ofMinutes(1);
    private static final Duration CONFIRMED_EVERY = Duration.ofSeconds(1);

    private final AlertSettings settings;
    private final String instance;
    private final AlertStore store;
    private final AlertState before;
    private final GatewayWatches watches;
    private final Couriers couriers;
    private final Clock clock;
    private final Silences silences;
    private final Outbox outbox;
    private final Alerts alerts;
    private long refreshedNanos;
    private long savedNanos;
    private boolean changed;
    private boolean confirmed;
    private volatile int firing;

    Desk(
            String instance,
            AlertSettings settings,
            AlertStore store,
            AlertState before,
            GatewayWatches watches,
            Couriers couriers,
            NoticeText text,
            Clock clock,
            Meters meters) {
        this.instance = instance;
        this.settings = settings;
        this.store = store;
        this.before = before;
        this.watches = watches;
        this.couriers = couriers;
        this.clock = clock;
        this.silences = new Silences(settings.silences(), clock);
        this.outbox = new Outbox(couriers.all().stream()
                .collect(Collectors.toUnmodifiableMap(
                        courier -> courier.settings().name(), Function.identity())));
        this.alerts = new Alerts(instance, settings.repeat(), settings.receivers(), silences, outbox, text, clock);
        this.refreshedNanos = clock.nanos();
        this.savedNanos = clock.nanos();
        meters.gauge("headgate_alert_messages", "Messages that their receivers have not taken yet", outbox::size);
        meters.gauge("headgate_alerts_firing", "Alerts that fire, silenced ones included", () -> firing);
    }

    /** Takes over what an earlier process left. */
    void open() {
        before.each("silences", silences::restore);
        before.each("messages", outbox::restore);
        alerts.restore(before.firing(), new Orphans(instance, settings)::why);
        changed = true; // the file has its room before there is anything to tell, and a disk that is full
        flush();
    }

    Bell bell() {
        return alerts;
    }

    void look() {
        watches.receivers.look(couriers.status(), outbox::waits, alerts);
        silences.look();
        alerts.look();
        flush();
        refresh();
        firing = alerts.firing().size();
    }

    /** Messages that their receivers have not taken yet. By any thread. */
    int waiting() {
        return outbox.size();
    }

    boolean allReceiversFail() {
        List<ReceiverStatus> all = couriers.status();
        return !all.isEmpty() && all.stream().allMatch(receiver -> receiver.failingMillis() > 0);
    }

    Future<List<TestResult>> test(Optional<String> receiver) {
        return couriers.test(receiver, instance);
    }

    Silence silence(String alert, String label, Duration length, String reason) {
        Silence silence = silences.make(alert, label, length, reason);
        look();
        return silence;
    }

    boolean endSilence(String id) {
        boolean deleted = silences.delete(id);
        look();
        return deleted;
    }

    /** Whether there was something to acknowledge. */
    boolean acknowledge(AlertName name) {
        boolean known =
                switch (name) {
                    case JOURNAL_CORRUPT -> watches.corruption.acknowledge(alerts);
                    case REDIS_UNSAFE -> watches.redis.acknowledge(alerts);
                    case LEAD_FLOW_STOPPED,
                            LEAD_FLOW_UNUSUAL,
                            FAILOVER_ACTIVE,
                            DRAIN_STALLED,
                            JOURNAL_FILLING,
                            INTAKE_REFUSING,
                            RECEIVER_FAILING,
                            PROCESSING_LAG,
                            GROUP_IDLE,
                            DESTINATION_SLOW,
                            DESTINATION_FAILING,
                            TEST -> false;
                };
        changed |= known;
        look();
        return known;
    }

    AlertsStatus status(Optional<AlertsStatus.Beat> beat, long watchFaults) {
        return new AlertsStatus(
                alerts.firing().stream().map(Desk::firing).toList(),
                alerts.recent().stream().map(Desk::over).toList(),
                couriers.status(),
                silences.list(),
                beat.orElse(null),
                store.fault().orElse(null),
                watchFaults);
    }

    /** What is known is on disk when this completes, or the disk does not take it. */
    Future<Void> close() {
        return store.save(this::state).eventually(couriers::stop);
    }

    /**
     * What has changed goes to disk, and then to the receivers. What they have confirmed is written with it, or within a
     * second: after a kill they get at most that much again.
     */
    private void flush() {
        changed |= alerts.takeChanged();
        changed |= outbox.hasFresh();
        changed |= watches.takeChanged();
        changed |= silences.takeChanged();
        confirmed |= outbox.takeConfirmed();
        boolean due = confirmed && clock.nanos() - savedNanos >= CONFIRMED_EVERY.toNanos();
        if (changed || due) {
            changed = false;
            confirmed = false;
            savedNanos = clock.nanos();
            Runnable release = outbox.take();
            store.save(this::state).onComplete(written -> release.run());
        }
    }

    /** For receivers that forget an alert of which they hear no more. */
    private void refresh() {
        if (clock.nanos() - refreshedNanos < REFRESH_EVERY.toNanos()) {
            return;
        }
        refreshedNanos = clock.nanos();
        List<Courier> forgetful =
                couriers.all().stream().filter(Courier::forgets).toList();
        if (forgetful.isEmpty()) {
            return;
        }
        Map<Firing, Notice> firing = new LinkedHashMap<>();
        alerts.firing().forEach(alert -> firing.put(alert, alerts.refreshed(alert)));
        for (Courier courier : forgetful) {
            ReceiverSettings receiver = courier.settings();
            courier.refresh(firing.entrySet().stream()
                    .filter(each -> each.getKey().told.contains(receiver.name()))
                    .filter(each -> Alerts.concerns(receiver, each.getKey().key, each.getKey().priority))
                    .map(Map.Entry::getValue)
                    .toList());
        }
    }

    private AlertState state() {
        return AlertState.of(
                List.copyOf(alerts.firing()),
                outbox,
                silences,
                watches.corruption.acknowledgedFiles(),
                watches.redis.hadAppendOnly());
    }

    private static AlertsStatus.Alert firing(Firing alert) {
        return new AlertsStatus.Alert(
                alert.key.text(),
                alert.key.name().wire(),
                alert.priority,
                alert.state(),
                alert.sinceMillis,
                alert.summary,
                alert.details,
                List.copyOf(alert.told));
    }

    private static AlertsStatus.Over over(Alerts.Resolved resolved) {
        Firing alert = resolved.alert();
        return new AlertsStatus.Over(
                alert.key.text(), alert.priority, alert.sinceMillis, resolved.atMillis(), resolved.reason());
    }
}

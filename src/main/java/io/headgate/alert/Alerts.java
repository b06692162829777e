package io.headgate.alert;

import io.headgate.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts that fire, and who was told of them.
 *
 * <pre>
 *              firing, covered by a silence            the silence ends
 *   (well) ---------------------------------> SILENCED ---------------+
 *     |  ^                                       |                     |
 *     |  +--------------- well ------------------+                     |
 *     |  firing                                                        v
 *     +-------------------------------------------------------------> FIRING --- alerts.repeat --> REPEATING, and again
 *        ^                                                              |                              |
 *        +--------------------- well: told as resolved -----------------+------------------------------+
 * </pre>
 *
 * <p>Each receiver is told what concerns its priorities, that it is over only if it was told that it began. A silence keeps a
 * page and its repeats from going out, never the message that it is over. An alert keeps the key that it began with.
 */
final class Alerts implements Bell {
    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    private static final int RECENT_MAX = 50;
    /** Alerts that begin at one look. */
    private static final int BEGUN_MAX = 50;

    private final String instance;
    private final Duration repeat;
    private final List<ReceiverSettings> receivers;
    private final Silences silences;
    private final Outbox outbox;
    private final NoticeText text;
    private final Clock clock;
    private final Map<AlertKey, Firing> firing = new LinkedHashMap<>();
    private final Deque<Resolved> recent = new ArrayDeque<>();
    private boolean changed;
    private int begun;

    Alerts(
            String instance,
            Duration repeat,
            List<ReceiverSettings> receivers,
            Silences silences,
            Outbox outbox,
            NoticeText text,
            Clock clock) {
        this.instance = instance;
        this.repeat = repeat;
        this.receivers = receivers;
        this.silences = silences;
        this.outbox = outbox;
        this.text = text;
        this.clock = clock;
    }

    /** One that is over. */
    record Resolved(Firing alert, long atMillis, String reason) {}

    @Override
    public void firing(
            AlertName name,
            String label,
            Priority priority,
            long sinceMillis,
            String summary,
            List<String> details,
            @Nullable LastLead lastLead) {
        AlertKey key = new AlertKey(instance, name, label);
        Firing alert = firing.get(key);
        if (alert == null) {
            if (begun == BEGUN_MAX) {
                return; // told again at the next look: a loop that begins thousands at once would serve nobody else
            }
            begun++;
            alert = new Firing(key, episode(), sinceMillis, clock.wallMillis(), priority, summary);
            alert.silenced = silences.cover(key);
            firing.put(key, alert);
            began(alert);
        } else if (priority.compareTo(alert.priority) < 0) {
            alert.priority = priority;
            began(alert);
        }
        alert.summary = summary;
        alert.details = details;
        alert.lastLead = lastLead;
    }

    /** It is told at the end of the look, when it has all that there is to say. */
    private void began(Firing alert) {
        LOG.warn("alert_firing key={} priority={} silenced={}", alert.key.text(), alert.priority, alert.silenced);
        alert.changed();
        changed = true;
    }

    @Override
    public void well(AlertName name, String label, String reason) {
        Firing alert = firing.get(new AlertKey(instance, name, label));
        if (alert != null) {
            resolve(alert, reason);
        }
    }

    @Override
    public void gone(AlertName name, Set<String> there, String reason) {
        List<Firing> gone = firing.values().stream()
                .filter(alert -> alert.key.name() == name && !there.contains(alert.key.label()))
                .toList();
        gone.forEach(alert -> resolve(alert, reason));
    }

    /** Tells what has begun or become worse, what a silence no longer covers, and again what is due. */
    void look() {
        begun = 0;
        for (Firing alert : firing.values()) {
            boolean covered = silences.cover(alert.key);
            if (covered != alert.silenced) {
                alert.silenced = covered;
                LOG.info(covered ? "alert_silenced key={}" : "alert_silence_over key={}", alert.key.text());
            }
            if (!covered && (alert.priority != alert.toldPriority || repeats(alert))) {
                tell(alert);
            }
        }
    }

    private boolean repeats(Firing alert) {
        return clock.nanos() - alert.toldNanos >= repeat.toNanos();
    }

    /** Those that fire. */
    Collection<Firing> firing() {
        return firing.values();
    }

    /** The last that are over, newest first. */
    List<Resolved> recent() {
        return List.copyOf(recent);
    }

    /** The message that it fires as it would be sent now, for receivers that must be told all the time. */
    Notice refreshed(Firing alert) {
        return text.notice(alert, "msg_" + alert.episode + "_" + alert.messages, null);
    }

    /** Whether something changed that must be on disk, since the last time this was asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /**
     * Takes over alerts of an earlier process. Those that cannot end by themselves any more are resolved under their own key.
     *
     * @param orphaned why an alert cannot: its instance has another name now, its source is not configured any more
     */
    void restore(List<Firing> alerts, Function<AlertKey, Optional<String>> orphaned) {
        for (Firing alert : alerts) {
            long ago = Math.max(0, clock.wallMillis() - alert.toldMillis);
            alert.toldNanos = clock.nanos()
                    - Duration.ofMillis(Math.min(ago, repeat.toMillis())).toNanos();
            alert.silenced = silences.cover(alert.key);
            firing.put(alert.key, alert);
            warnOfGone(alert);
            orphaned.apply(alert.key).ifPresent(reason -> resolve(alert, reason));
        }
        for (Firing alert : firing.values()) {
            if (alert.toldPriority != null && !alert.silenced) {
                send(
                        alert,
                        receivers.stream()
                                .filter(receiver -> !alert.told.contains(receiver.name()))
                                .toList(),
                        null);
            }
        }
    }

    private void warnOfGone(Firing alert) {
        List<String> gone = new ArrayList<>(alert.told);
        gone.removeAll(receivers.stream().map(ReceiverSettings::name).toList());
        if (!gone.isEmpty()) {
            LOG.warn(
                    "alert_receiver_gone, it will not be told that this is over: key={} told={}",
                    alert.key.text(),
                    gone);
        }
    }

    private void tell(Firing alert) {
        Priority was = alert.toldPriority == alert.priority ? null : alert.toldPriority;
        boolean news = alert.toldPriority != alert.priority;
        send(
                alert,
                receivers.stream()
                        .filter(receiver -> news || !outbox.waits(receiver.name(), alert.key))
                        .toList(),
                was);
        alert.toldPriority = alert.priority;
        alert.toldMillis = clock.wallMillis();
        alert.toldNanos = clock.nanos();
        alert.changed();
        changed = true;
    }

    /** One message to those of these receivers whom it concerns. */
    private void send(Firing alert, List<ReceiverSettings> to, @Nullable Priority was) {
        List<ReceiverSettings> concerned = to.stream()
                .filter(receiver -> concerns(receiver, alert.key, alert.priority))
                .toList();
        if (concerned.isEmpty()) {
            return;
        }
        Notice notice = text.notice(alert, alert.nextMessageId(), was);
        for (ReceiverSettings receiver : concerned) {
            alert.told.add(receiver.name());
            outbox.put(receiver.name(), notice);
        }
        alert.changed();
        changed = true;
    }

    private void resolve(Firing alert, String reason) {
        firing.remove(alert.key);
        recent.addFirst(new Resolved(alert, clock.wallMillis(), reason));
        while (recent.size() > RECENT_MAX) {
            recent.removeLast();
        }
        LOG.info("alert_resolved key={} reason={}", alert.key.text(), reason);
        Notice notice = text.resolved(alert, alert.nextMessageId(), reason);
        List<String> told = new ArrayList<>(alert.told);
        told.retainAll(receivers.stream().map(ReceiverSettings::name).toList());
        told.forEach(receiver -> outbox.put(receiver, notice));
        changed = true;
    }

    /** A receiver is not told of its own trouble. */
    static boolean concerns(ReceiverSettings receiver, AlertKey key, Priority priority) {
        boolean itself = key.name() == AlertName.RECEIVER_FAILING && key.label().equals(receiver.name());
        return receiver.priorities().contains(priority) && !itself;
    }

    private static String episode() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}

package io.headgate.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that receivers have not confirmed yet, by receiver and alert. Each is written to disk by whoever keeps the
 * state before {@link #take} hands it to its courier, and stays there until it was confirmed: so each is delivered at least
 * once whenever the process is killed, under the same id.
 *
 * <p>Of one alert at most two messages wait for a receiver: that it fires, and that it is over. A new message that it fires
 * takes the place of both. Belongs to the loop of the alerting.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Map<String, Courier> couriers;
    private final Map<Address, List<Notice>> waiting = new LinkedHashMap<>();

    private List<Intent> fresh = new ArrayList<>();
    private Map<String, JsonObject> made = Map.of();
    private boolean confirmed;
    private final Map<String, Integer> perReceiver = new HashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    /** {@code couriers}: one for each receiver, by its name. */
    Outbox(Map<String, Courier> couriers) {
        this.couriers = Map.copyOf(couriers);
    }

    /** Whom a message is for, and which alert it is about. */
    private record Address(String receiver, AlertKey key) {}

    private record Intent(Address to, Notice notice) {}

    /** A message that is to be written to disk and then sent. */
    void put(String receiver, Notice notice) {
        Address to = new Address(receiver, notice.key());
        List<Notice> queue = waiting.computeIfAbsent(to, any -> new ArrayList<>(1));
        if (notice.status() == Notice.Status.FIRING) {
            queue.forEach(old -> courier(receiver).withdraw(old.id()));
            count(receiver, -queue.size());
            queue.clear();
        }
        queue.add(notice);
        count(receiver, 1);
        fresh.add(new Intent(to, notice));
    }

    /** Whether a message of this alert is still on its way to the receiver. */
    boolean waits(String receiver, AlertKey key) {
        return waiting.containsKey(new Address(receiver, key));
    }

    /** Whether any message is still on its way to the receiver. */
    boolean waits(String receiver) {
        return perReceiver.getOrDefault(receiver, 0) > 0;
    }

    /** Whether there are messages that {@link #take} has not taken. */
    boolean hasFresh() {
        return !fresh.isEmpty();
    }

    /** The messages that were put since the last time; to be run once they are on disk. */
    Runnable take() {
        List<Intent> taken = fresh;
        fresh = new ArrayList<>();
        return () -> taken.stream().filter(this::stillWaits).forEach(this::send);
    }

    /** Whether messages were confirmed since the last time this was asked. */
    boolean takeConfirmed() {
        boolean was = confirmed;
        confirmed = false;
        return was;
    }

    /** Messages that wait. By any thread. */
    int size() {
        return size.get();
    }

    /** {@code [{notice, receivers}]}: each message once, and who has still to confirm it. */
    JsonArray toJson() {
        Map<String, JsonObject> messages = new LinkedHashMap<>();
        Map<String, JsonObject> used = new HashMap<>();
        waiting.forEach((to, notices) -> {
            for (Notice notice : notices) {
                JsonObject json = used.computeIfAbsent(notice.id(), id -> json(notice));
                messages.computeIfAbsent(
                                notice.id(),
                                id -> new JsonObject().put("notice", json).put("receivers", new JsonArray()))
                        .getJsonArray("receivers")
                        .add(to.receiver());
            }
        });
        made = used;
        return new JsonArray(new ArrayList<>(messages.values()));
    }

    /** Made once for each message: thousands may wait while the state is written again and again. */
    private JsonObject json(Notice notice) {
        JsonObject before = made.get(notice.id());
        return before == null ? NoticeJson.toJson(notice) : before;
    }

    /** A message of an earlier process, which is on disk. One to a receiver that there is no more is told and dropped. */
    void restore(JsonObject json) {
        Notice notice = NoticeJson.fromJson(json.getJsonObject("notice"));
        json.getJsonArray("receivers").forEach(receiver -> restore(String.valueOf(receiver), notice));
    }

    private void restore(String receiver, Notice notice) {
        if (!couriers.containsKey(receiver)) {
            LOG.warn(
                    "alert_message_dropped, its receiver is not configured any more receiver={} key={}",
                    receiver,
                    notice.key().text());
            return;
        }
        Address to = new Address(receiver, notice.key());
        waiting.computeIfAbsent(to, any -> new ArrayList<>(1)).add(notice);
        fresh.add(new Intent(to, notice));
        count(receiver, 1);
    }

    private void send(Intent intent) {
        courier(intent.to().receiver()).send(intent.notice()).onSuccess(fate -> {
            List<Notice> queue = waiting.get(intent.to());
            if (queue != null && queue.remove(intent.notice())) {
                count(intent.to().receiver(), -1);
                confirmed = true;
            }
            waiting.remove(intent.to(), List.of());
        });
    }

    private void count(String receiver, int more) {
        perReceiver.merge(receiver, more, Integer::sum);
        size.addAndGet(more);
    }

    private boolean stillWaits(Intent intent) {
        return waiting.getOrDefault(intent.to(), List.of()).contains(intent.notice());
    }

    private Courier courier(String receiver) {
        return Objects.requireNonNull(couriers.get(receiver), receiver);
    }
}

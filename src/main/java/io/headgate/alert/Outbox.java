package io.headgate.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that receivers have not confirmed yet, by receiver and in order. Each is written to disk by whoever keeps the
 * state before {@link #take} hands it to its courier, and stays there until it was confirmed: so each is delivered at least
 * once whenever the process is killed, under the same id.
 *
 * <p>Of one alert at most two messages wait for a receiver: that it fires, and that it is over. A new message that it fires
 * takes the place of both. Belongs to the loop of the alerting.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Map<String, Courier> couriers;
    /** By receiver, then in order. */
    private final Map<String, List<Notice>> waiting = new LinkedHashMap<>();

    private List<Intent> fresh = new ArrayList<>();
    private boolean changed;
    private volatile int size;

    /** {@code couriers}: one for each receiver, by its name. */
    Outbox(Map<String, Courier> couriers) {
        this.couriers = Map.copyOf(couriers);
    }

    private record Intent(String receiver, Notice notice) {}

    /** A message that is to be written to disk and then sent. */
    void put(String receiver, Notice notice) {
        List<Notice> queue = waiting.computeIfAbsent(receiver, any -> new ArrayList<>());
        if (notice.status() == Notice.Status.FIRING) {
            withdraw(receiver, queue, notice.key());
        }
        queue.add(notice);
        fresh.add(new Intent(receiver, notice));
        changed();
    }

    /** Whether a message of this alert is still on its way to the receiver. */
    boolean waits(String receiver, AlertKey key) {
        return waiting.getOrDefault(receiver, List.of()).stream()
                .anyMatch(notice -> notice.key().equals(key));
    }

    /** Whether something changed that must be on disk, since the last time this was asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** The messages that were put since the last time; to be run once they are on disk. */
    Runnable take() {
        List<Intent> taken = fresh;
        fresh = new ArrayList<>();
        return () -> taken.stream().filter(this::stillWaits).forEach(this::send);
    }

    /** Messages that wait. By any thread. */
    int size() {
        return size;
    }

    JsonArray toJson() {
        JsonArray array = new JsonArray();
        waiting.forEach((receiver, notices) -> notices.forEach(notice ->
                array.add(new JsonObject().put("receiver", receiver).put("notice", NoticeJson.toJson(notice)))));
        return array;
    }

    /** Messages of an earlier process, which are on disk. Those to receivers that there are no more are told and dropped. */
    void restore(JsonArray array) {
        for (int i = 0; i < array.size(); i++) {
            JsonObject json = array.getJsonObject(i);
            String receiver = json.getString("receiver");
            Notice notice = NoticeJson.fromJson(json.getJsonObject("notice"));
            if (couriers.containsKey(receiver)) {
                waiting.computeIfAbsent(receiver, any -> new ArrayList<>()).add(notice);
                fresh.add(new Intent(receiver, notice));
                changed();
            } else {
                LOG.warn(
                        "alert_message_dropped, its receiver is not configured any more receiver={} key={}",
                        receiver,
                        notice.key().text());
            }
        }
    }

    private void withdraw(String receiver, List<Notice> queue, AlertKey key) {
        for (Iterator<Notice> each = queue.iterator(); each.hasNext(); ) {
            Notice notice = each.next();
            if (notice.key().equals(key)) {
                each.remove();
                courier(receiver).withdraw(notice.id());
            }
        }
    }

    private void send(Intent intent) {
        courier(intent.receiver()).send(intent.notice()).onSuccess(fate -> {
            waiting.getOrDefault(intent.receiver(), List.of()).remove(intent.notice());
            changed();
        });
    }

    private void changed() {
        changed = true;
        size = waiting.values().stream().mapToInt(List::size).sum();
    }

    private Courier courier(String receiver) {
        return Objects.requireNonNull(couriers.get(receiver), receiver);
    }

    private boolean stillWaits(Intent intent) {
        return waiting.getOrDefault(intent.receiver(), List.of()).contains(intent.notice());
    }
}

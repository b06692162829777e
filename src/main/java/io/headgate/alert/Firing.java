package io.headgate.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One alert from when it began to when it is over. Belongs to the loop of the alerting. */
final class Firing {
    final AlertKey key;
    /** Names this time that it fires; the ids of its messages begin with it. */
    final String episode;

    final long sinceMillis;
    final long beganMillis;
    Priority priority;
    String summary;
    List<String> details;

    @Nullable
    LastLead lastLead;
    /** Receivers that were told, or are being told. */
    final Set<String> told = new LinkedHashSet<>();

    /** With which priority it was told last; null while nobody was told. */
    @Nullable
    Priority toldPriority;

    private @Nullable JsonObject json;

    int messages;
    /** When it was told last, in milliseconds since 1970 and by the monotonic clock; 0 while nobody was told. */
    long toldMillis;

    long toldNanos;
    /** Whether a silence covers it. */
    boolean silenced;

    Firing(AlertKey key, String episode, long sinceMillis, long beganMillis, Priority priority, String summary) {
        this.key = key;
        this.episode = episode;
        this.sinceMillis = sinceMillis;
        this.beganMillis = beganMillis;
        this.priority = priority;
        this.summary = summary;
        this.details = List.of();
    }

    /** What its next message is known by. */
    String nextMessageId() {
        messages++;
        return "msg_" + episode + "_" + messages;
    }

    /** What it is now, for people: firing for the first time, told again, or not told at all. */
    String state() {
        if (silenced) {
            return "silenced";
        }
        return messages > 1 && toldMillis > 0 ? "repeating" : "firing";
    }

    /** What is to be kept of it has changed. */
    void changed() {
        json = null;
    }

    /** As it was at the last change. Not to be changed, for it is made once: there may be thousands of alerts. */
    JsonObject toJson() {
        JsonObject made = json == null ? makeJson() : json;
        json = made;
        return made;
    }

    private JsonObject makeJson() {
        LastLead lead = lastLead;
        return new JsonObject()
                .put("instance", key.instance())
                .put("alert", key.name().wire())
                .put("label", key.label())
                .put("episode", episode)
                .put("since", sinceMillis)
                .put("began", beganMillis)
                .put("priority", priority.name())
                .put("summary", summary)
                .put("details", new JsonArray(new ArrayList<>(details)))
                .put("last_lead", lead == null ? null : lead.toJson())
                .put("told", new JsonArray(new ArrayList<>(told)))
                .put("told_at", toldMillis)
                .put("told_priority", toldPriority == null ? null : toldPriority.name())
                .put("messages", messages);
    }

    /** @throws RuntimeException when it is not what {@link #toJson} makes */
    static Firing fromJson(JsonObject json) {
        AlertName name = AlertName.ofWire(json.getString("alert")).orElseThrow();
        Firing firing = new Firing(
                new AlertKey(json.getString("instance"), name, json.getString("label")),
                json.getString("episode"),
                json.getLong("since"),
                json.getLong("began"),
                Priority.valueOf(json.getString("priority")),
                json.getString("summary"));
        firing.details =
                json.getJsonArray("details").stream().map(String::valueOf).toList();
        JsonObject lead = json.getJsonObject("last_lead");
        firing.lastLead = lead == null ? null : LastLead.fromJson(lead);
        json.getJsonArray("told").forEach(receiver -> firing.told.add(String.valueOf(receiver)));
        firing.toldMillis = json.getLong("told_at");
        String toldPriority = json.getString("told_priority");
        firing.toldPriority = toldPriority == null ? null : Priority.valueOf(toldPriority);
        firing.messages = json.getInteger("messages");
        return firing;
    }
}

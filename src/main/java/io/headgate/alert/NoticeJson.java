package io.headgate.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A notice as JSON: as receivers get it, and as it is kept on disk. */
final class NoticeJson {
    private NoticeJson() {}

    /** The generic body; its names are part of the contract. */
    static JsonObject body(Notice notice) {
        AlertKey key = notice.key();
        JsonObject body = new JsonObject()
                .put("alert", key.name().wire())
                .put("priority", notice.priority().name())
                .put("status", notice.status().wire())
                .put("key", key.text());
        if (!key.label().isEmpty()) {
            body.put(key.name().labelName(), key.label());
        }
        return body.put("since", time(notice.sinceMillis()))
                .put("last_lead", lastLead(notice.lastLead()))
                .put("summary", notice.summary())
                .put("details", new JsonArray(notice.details()))
                .put("instance", key.instance())
                .put("gateway", gateway(notice.gateway()))
                .put("runbook", notice.runbook());
    }

    /** RFC 3339, UTC. */
    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    static @Nullable JsonObject lastLead(@Nullable LastLead lead) {
        return lead == null
                ? null
                : new JsonObject()
                        .put("at", time(lead.atMillis()))
                        .put("event_id", lead.eventId())
                        .put("event_name", lead.eventName());
    }

    static JsonObject gateway(GatewayNow gateway) {
        return new JsonObject()
                .put("mode", gateway.mode())
                .put("journal_events", gateway.journalEvents())
                .put("accepted_last_hour", gateway.acceptedLastHour())
                .put("rejected_last_hour", gateway.rejectedLastHour());
    }

    /** All of it, to be kept. */
    static JsonObject toJson(Notice notice) {
        AlertKey key = notice.key();
        LastLead lead = notice.lastLead();
        Priority was = notice.was();
        return new JsonObject()
                .put("id", notice.id())
                .put("instance", key.instance())
                .put("alert", key.name().wire())
                .put("label", key.label())
                .put("priority", notice.priority().name())
                .put("was", was == null ? null : was.name())
                .put("status", notice.status().name())
                .put("since_ms", notice.sinceMillis())
                .put("at_ms", notice.atMillis())
                .put("summary", notice.summary())
                .put("details", new JsonArray(notice.details()))
                .put(
                        "last_lead",
                        lead == null
                                ? null
                                : new JsonObject()
                                        .put("at_ms", lead.atMillis())
                                        .put("event_id", lead.eventId())
                                        .put("event_name", lead.eventName()))
                .put("gateway", gateway(notice.gateway()))
                .put("runbook", notice.runbook());
    }

    /**
     * What {@link #toJson} kept.
     *
     * @throws IllegalArgumentException when it is no notice
     */
    static Notice fromJson(JsonObject json) {
        try {
            Object was = json.getValue("was");
            return new Notice(
                    text(json, "id"),
                    new AlertKey(
                            text(json, "instance"),
                            AlertName.ofWire(text(json, "alert")).orElseThrow(),
                            text(json, "label")),
                    Priority.valueOf(text(json, "priority")),
                    Notice.Status.valueOf(text(json, "status")),
                    json.getLong("since_ms"),
                    json.getLong("at_ms"),
                    text(json, "summary"),
                    texts(json.getJsonArray("details")),
                    keptLead(json.getJsonObject("last_lead")),
                    keptGateway(json.getJsonObject("gateway")),
                    text(json, "runbook"),
                    was == null ? null : Priority.valueOf((String) was));
        } catch (RuntimeException e) { // a member that is missing or of another type
            throw new IllegalArgumentException("this is no notice", e);
        }
    }

    /** A text that must be there; no number passes for one. */
    private static String text(JsonObject json, String member) {
        return (String) Objects.requireNonNull(json.getValue(member), member);
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    private static @Nullable LastLead keptLead(@Nullable JsonObject lead) {
        return lead == null
                ? null
                : new LastLead(lead.getLong("at_ms"), text(lead, "event_id"), text(lead, "event_name"));
    }

    private static GatewayNow keptGateway(JsonObject gateway) {
        return new GatewayNow(
                text(gateway, "mode"),
                gateway.getLong("journal_events"),
                gateway.getLong("accepted_last_hour"),
                gateway.getLong("rejected_last_hour"));
    }
}

package io.headgate.alert;

import io.headgate.outbound.PostResult;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;

/**
 * PagerDuty, Events API v2. One incident for each key: a trigger under a key that is open joins it, a resolve closes it. A
 * 400 says that the event itself is wrong; PagerDuty asks not to send it again.
 */
final class PagerDutyFormat implements Format {
    private static final int BAD_REQUEST = 400;

    private final ReceiverSettings.PagerDuty settings;

    PagerDutyFormat(ReceiverSettings.PagerDuty settings) {
        this.settings = settings;
    }

    @Override
    public URI target() {
        return settings.url();
    }

    @Override
    public List<String> secrets() {
        return List.of(settings.routingKey());
    }

    @Override
    public boolean refusesForGood(PostResult result) {
        return result instanceof PostResult.Answered answered && answered.status() == BAD_REQUEST;
    }

    @Override
    public Message message(Notice notice, long nowMillis) {
        JsonObject event = new JsonObject()
                .put("routing_key", settings.routingKey())
                .put("event_action", notice.status() == Notice.Status.FIRING ? "trigger" : "resolve")
                .put("dedup_key", notice.key().text())
                .put("client", "Headgate")
                .put("payload", payload(notice));
        if (Wording.isLink(notice.runbook())) {
            event.put(
                    "links",
                    new JsonArray()
                            .add(new JsonObject().put("href", notice.runbook()).put("text", "Runbook")));
        }
        return new Message(event.toBuffer());
    }

    /** A notice's summary is far below PagerDuty's limit of 1,024 characters, and a key below that of 255. */
    private static JsonObject payload(Notice notice) {
        AlertKey key = notice.key();
        JsonObject payload = new JsonObject()
                .put("summary", notice.summary())
                .put("source", key.instance())
                .put("severity", severity(notice.priority()))
                .put("timestamp", NoticeJson.time(notice.atMillis()))
                .put("component", "headgate")
                .put("class", key.name().wire())
                .put("custom_details", details(notice));
        return key.label().isEmpty() ? payload : payload.put("group", key.label());
    }

    private static String severity(Priority priority) {
        return switch (priority) {
            case P0 -> "critical";
            case P1 -> "error";
        };
    }

    private static JsonObject details(Notice notice) {
        JsonObject details = new JsonObject()
                .put("priority", notice.priority().name())
                .put("since", NoticeJson.time(notice.sinceMillis()))
                .put("gateway", NoticeJson.gateway(notice.gateway()))
                .put("details", String.join("\n", notice.details()))
                .put("runbook", notice.runbook());
        JsonObject lead = NoticeJson.lastLead(notice.lastLead());
        return lead == null ? details : details.put("last_lead", lead);
    }
}

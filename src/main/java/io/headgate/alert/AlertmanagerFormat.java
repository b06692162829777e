package io.headgate.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Alertmanager, API v2. It tells alerts apart by all their labels, so a label never has a value that changes while an alert
 * fires, but the priority: when that changes, the same post resolves the alert under the old one. It resolves an alert by
 * itself at {@code endsAt}, which is {@link #LASTS} ahead while it fires, so a firing alert is refreshed in between.
 */
final class AlertmanagerFormat implements Format {
    /** How long Alertmanager keeps an alert that is not refreshed: that of a gateway that died. */
    static final Duration LASTS = Duration.ofMinutes(5);

    private final URI target;

    AlertmanagerFormat(ReceiverSettings.Alertmanager settings) {
        String base = settings.url().toString();
        this.target = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/api/v2/alerts");
    }

    @Override
    public URI target() {
        return target;
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }

    @Override
    public Message message(Notice notice, long nowMillis) {
        boolean fires = notice.status() == Notice.Status.FIRING;
        JsonArray alerts = new JsonArray().add(alert(notice, notice.priority(), fires, nowMillis));
        Priority was = notice.was();
        if (was != null && was != notice.priority()) {
            alerts.add(alert(notice, was, false, nowMillis));
        }
        return new Message(alerts.toBuffer());
    }

    @Override
    public boolean forgets() {
        return true;
    }

    @Override
    public Optional<Message> refresh(List<Notice> firing, long nowMillis) {
        JsonArray alerts = new JsonArray();
        firing.forEach(notice -> alerts.add(alert(notice, notice.priority(), true, nowMillis)));
        return Optional.of(new Message(alerts.toBuffer()));
    }

    /** It is refused when it ends before it starts, which a clock that was set back would make of it. */
    private static JsonObject alert(Notice notice, Priority priority, boolean fires, long nowMillis) {
        long ends = fires ? nowMillis + LASTS.toMillis() : nowMillis;
        return new JsonObject()
                .put("labels", labels(notice.key(), priority))
                .put("annotations", annotations(notice))
                .put("startsAt", NoticeJson.time(Math.min(notice.sinceMillis(), ends)))
                .put("endsAt", NoticeJson.time(ends));
    }

    private static JsonObject labels(AlertKey key, Priority priority) {
        JsonObject labels = new JsonObject()
                .put("alertname", key.name().wire())
                .put("instance", key.instance())
                .put("priority", priority.name())
                .put("severity", severity(priority));
        return key.label().isEmpty() ? labels : labels.put(key.name().labelName(), key.label());
    }

    /** As Prometheus's own rules use to have it. */
    private static String severity(Priority priority) {
        return switch (priority) {
            case P0 -> "critical";
            case P1 -> "warning";
        };
    }

    private static JsonObject annotations(Notice notice) {
        JsonObject annotations = new JsonObject()
                .put("summary", notice.summary())
                .put("description", String.join("\n", notice.details()))
                .put("gateway", Wording.gateway(notice.gateway()))
                .put("runbook_url", notice.runbook());
        LastLead lead = notice.lastLead();
        return lead == null ? annotations : annotations.put("last_lead", Wording.lastLead(lead));
    }
}

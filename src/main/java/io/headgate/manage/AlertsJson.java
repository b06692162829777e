package io.headgate.manage;

import io.headgate.alert.AlertsStatus;
import io.headgate.alert.LeadFlowStatus;
import io.headgate.alert.ReceiverStatus;
import io.headgate.alert.Silence;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The watch, as the management port shows it. */
final class AlertsJson {
    private AlertsJson() {}

    static JsonObject of(AlertsStatus status) {
        JsonArray firing = new JsonArray();
        status.firing().forEach(alert -> firing.add(firing(alert)));
        JsonArray recent = new JsonArray();
        status.recent().forEach(over -> recent.add(over(over)));
        JsonArray receivers = new JsonArray();
        status.receivers().forEach(receiver -> receivers.add(receiver(receiver)));
        return new JsonObject()
                .put("firing", firing)
                .put("recent", recent)
                .put("receivers", receivers)
                .put("silences", silences(status))
                .put("heartbeat", beat(status.heartbeat()))
                .put("state_trouble", status.stateTrouble())
                .put("watch_faults", status.watchFaults());
    }

    static JsonArray silences(AlertsStatus status) {
        JsonArray silences = new JsonArray();
        status.silences().forEach(silence -> silences.add(silence(silence)));
        return silences;
    }

    static JsonObject silence(Silence silence) {
        return new JsonObject()
                .put("id", silence.id())
                .put("alert", silence.alert())
                .put("source", silence.label().isEmpty() ? null : silence.label())
                .put("from", time(silence.fromMillis()))
                .put("to", time(silence.toMillis()))
                .put("reason", silence.reason());
    }

    static JsonObject leadFlow(LeadFlowStatus status) {
        JsonArray flows = new JsonArray();
        status.flows().forEach(flow -> flows.add(flow(flow)));
        return new JsonObject()
                .put("flows", flows)
                .put("state_trouble", status.stateFault().orElse(null));
    }

    private static JsonObject flow(LeadFlowStatus.Flow flow) {
        JsonObject json = new JsonObject()
                .put("source", flow.source())
                .put("state", flow.state())
                .put("watched", flow.watched())
                .put(
                        "silent_s",
                        flow.silentSeconds().isPresent() ? flow.silentSeconds().getAsLong() : null)
                .put("limit_s", flow.limitSeconds());
        flow.lastLead()
                .ifPresentOrElse(
                        last -> json.put(
                                "last_lead",
                                new JsonObject()
                                        .put("at", time(last.atMillis()))
                                        .put("event_id", last.eventId())
                                        .put("event_name", last.eventName())),
                        () -> json.putNull("last_lead"));
        return json.put(
                        "usual_seconds_an_hour",
                        flow.usualAnHour().isPresent() ? flow.usualAnHour().getAsDouble() : null)
                .put("unusual", flow.unusual());
    }

    private static JsonObject firing(AlertsStatus.Alert alert) {
        return new JsonObject()
                .put("key", alert.key())
                .put("alert", alert.alert())
                .put("priority", alert.priority().name())
                .put("state", alert.state())
                .put("since", time(alert.sinceMillis()))
                .put("summary", alert.summary())
                .put("details", new JsonArray(new ArrayList<>(alert.details())))
                .put("told", new JsonArray(new ArrayList<>(alert.told())));
    }

    private static JsonObject over(AlertsStatus.Over over) {
        return new JsonObject()
                .put("key", over.key())
                .put("priority", over.priority().name())
                .put("since", time(over.sinceMillis()))
                .put("over", time(over.overMillis()))
                .put("reason", over.reason());
    }

    private static JsonObject receiver(ReceiverStatus receiver) {
        return new JsonObject()
                .put("name", receiver.name())
                .put("type", receiver.type())
                .put("waiting", receiver.waiting())
                .put("last_answer", receiver.lastAnswer())
                .put("last_success", time(receiver.lastSuccessMillis()))
                .put("failing_s", receiver.failingMillis() / 1000)
                .put("delivered", receiver.delivered())
                .put("attempts", receiver.attempts())
                .put("given_up", receiver.givenUp());
    }

    private static @Nullable JsonObject beat(AlertsStatus.@Nullable Beat beat) {
        return beat == null
                ? null
                : new JsonObject()
                        .put("last_answer", beat.lastAnswer())
                        .put("last_success", time(beat.lastSuccessMillis()))
                        .put("held_back", beat.heldBack());
    }

    private static @Nullable String time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }
}

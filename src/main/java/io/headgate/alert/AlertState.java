package io.headgate.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the alerts keep on disk, as JSON in {@code alerts/states}:
 *
 * <pre>
 *   format      1
 *   known       {corrupt_files, append_only}: what operators acknowledged, and what Redis had
 *   firing      alerts that fire, each with its key, when it began, who was told
 *   messages    [{notice, receivers}]: messages, and who has not confirmed them
 *   silences    those that operators made
 * </pre>
 */
final class AlertState {
    private static final Logger LOG = LoggerFactory.getLogger(AlertState.class);

    static final int FORMAT = 1;

    private final JsonObject json;

    private AlertState(JsonObject json) {
        this.json = json;
    }

    /** Of a gateway that never ran. */
    static AlertState none() {
        return new AlertState(new JsonObject());
    }

    static AlertState of(List<Firing> firing, Outbox outbox, Silences silences, long corruptFiles, boolean appendOnly) {
        JsonArray alerts = new JsonArray();
        firing.forEach(alert -> alerts.add(alert.toJson()));
        return new AlertState(new JsonObject()
                .put("format", FORMAT)
                .put(
                        "known",
                        new JsonObject().put("corrupt_files", corruptFiles).put("append_only", appendOnly))
                .put("firing", alerts)
                .put("messages", outbox.toJson())
                .put("silences", silences.toJson()));
    }

    /** @throws RuntimeException when it is not what this program writes */
    static AlertState read(JsonObject json) {
        if (json.getInteger("format") != FORMAT) {
            throw new IllegalArgumentException(
                    "format " + json.getInteger("format") + ", this program knows " + FORMAT);
        }
        return new AlertState(json);
    }

    JsonObject json() {
        return json;
    }

    List<Firing> firing() {
        List<Firing> firing = new ArrayList<>();
        each("firing", json -> firing.add(Firing.fromJson(json)));
        return firing;
    }

    /**
     * Takes each entry of a part. One that cannot be read, such as that of a newer program, is told and left out: nothing of
     * the rest is lost for it.
     *
     * @param part {@code firing}, {@code messages} or {@code silences}
     */
    void each(String part, Consumer<JsonObject> take) {
        for (Object entry : json.getJsonArray(part, new JsonArray())) {
            try {
                take.accept((JsonObject) entry);
            } catch (RuntimeException e) {
                LOG.error("alert_state_entry_unreadable, it is left out: part={} why={}", part, e.toString());
            }
        }
    }

    long corruptFiles() {
        return json.getJsonObject("known", new JsonObject()).getLong("corrupt_files", 0L);
    }

    boolean appendOnly() {
        return json.getJsonObject("known", new JsonObject()).getBoolean("append_only", false);
    }
}

package io.headgate.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

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
        AlertState state = new AlertState(json);
        state.firing();
        return state;
    }

    JsonObject json() {
        return json;
    }

    List<Firing> firing() {
        JsonArray array = array("firing");
        return array.stream().map(each -> Firing.fromJson((JsonObject) each)).toList();
    }

    JsonArray messages() {
        return array("messages");
    }

    JsonArray silences() {
        return array("silences");
    }

    long corruptFiles() {
        return json.getJsonObject("known", new JsonObject()).getLong("corrupt_files", 0L);
    }

    boolean appendOnly() {
        return json.getJsonObject("known", new JsonObject()).getBoolean("append_only", false);
    }

    private JsonArray array(String name) {
        return json.getJsonArray(name, new JsonArray());
    }
}

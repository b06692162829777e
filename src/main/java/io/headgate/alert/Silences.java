package io.headgate.alert;

import io.headgate.time.Clock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The silences: those of the configuration, and those that operators made, which are kept on disk. */
final class Silences {
    static final int MADE_MAX = 1_000;

    /** One that is over is shown for so long. */
    private static final Duration SHOWN_AFTER = Duration.ofDays(1);

    private final Clock clock;
    private final List<Silence> configured;
    private final List<Silence> made = new ArrayList<>();

    Silences(List<Silence> configured, Clock clock) {
        this.configured = List.copyOf(configured);
        this.clock = clock;
    }

    boolean cover(AlertKey key) {
        long now = clock.wallMillis();
        return all().anyMatch(silence -> silence.covers(key, now));
    }

    /** Those that hold or will, and those that ended not long ago. */
    List<Silence> list() {
        return all().toList();
    }

    /**
     * Makes one that holds from now on.
     *
     * @throws IllegalStateException when there are {@value #MADE_MAX} already
     */
    Silence make(String alert, String label, Duration length, String reason) {
        long now = clock.wallMillis();
        made.removeIf(silence -> silence.toMillis() + SHOWN_AFTER.toMillis() < now);
        if (made.size() >= MADE_MAX) {
            throw new IllegalStateException("there are " + MADE_MAX + " silences already: delete some");
        }
        String id = UUID.randomUUID().toString();
        Silence silence = new Silence(id, alert, label, now, now + length.toMillis(), reason);
        made.add(silence);
        return silence;
    }

    /** Ends one that an operator made; whether there was one. */
    boolean delete(String id) {
        return made.removeIf(silence -> silence.id().equals(id));
    }

    JsonArray toJson() {
        JsonArray array = new JsonArray();
        for (Silence silence : made) {
            array.add(new JsonObject()
                    .put("id", silence.id())
                    .put("alert", silence.alert())
                    .put("label", silence.label())
                    .put("from", silence.fromMillis())
                    .put("to", silence.toMillis())
                    .put("reason", silence.reason()));
        }
        return array;
    }

    /** Those of an earlier process. */
    void restore(JsonArray array) {
        for (int i = 0; i < array.size(); i++) {
            JsonObject json = array.getJsonObject(i);
            made.add(new Silence(
                    json.getString("id"),
                    json.getString("alert"),
                    json.getString("label"),
                    json.getLong("from"),
                    json.getLong("to"),
                    json.getString("reason")));
        }
    }

    private Stream<Silence> all() {
        return Stream.concat(configured.stream(), made.stream());
    }
}

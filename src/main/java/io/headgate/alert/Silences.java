package io.headgate.alert;

import io.headgate.alert.Elapsed.Moment;
import io.headgate.time.Clock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The silences. Those of the configuration hold from one time to another by the wall clock. Those that operators made last
 * as long as was said, by the clocks that nobody sets, sleep included: a wall clock that is set back must not hide a real
 * alert for a day. They are kept on disk as ages; the wall clock is asked only how long the process was away:
 *
 * <pre>
 *   {"id": "...", "alert": "LeadFlowStopped", "label": "shop", "reason": "...",
 *    "age": ms since it began, "left": ms until it ends, "wall": ms since 1970 when this was written}
 * </pre>
 *
 * <p>Belongs to the loop of the alerting.
 */
final class Silences {
    static final int MADE_MAX = 1_000;

    /** One that is over is shown for so long. */
    private static final Duration SHOWN_AFTER = Duration.ofDays(1);

    private final Clock clock;
    private final Elapsed elapsed;
    private final List<Silence> configured;
    /** Their times are not those of the wall clock but as elapsed. */
    private final List<Silence> made = new ArrayList<>();

    private boolean changed;

    Silences(List<Silence> configured, Clock clock) {
        this.configured = List.copyOf(configured);
        this.clock = clock;
        this.elapsed = new Elapsed(clock);
    }

    /** Looks at the clocks, and forgets what ended long ago; to be called a few times a second. */
    Moment look() {
        Moment now = elapsed.look();
        changed |= made.removeIf(silence -> silence.toMillis() + SHOWN_AFTER.toMillis() < now.millis());
        // what is on disk was counted by the wall clock as it was
        changed |= now.stepMillis() != 0 && !made.isEmpty();
        return now;
    }

    /** Whether one covers it, by the clocks as they were looked at last. */
    boolean cover(AlertKey key) {
        long wall = clock.wallMillis();
        long now = elapsed.last().millis();
        return configured.stream().anyMatch(silence -> silence.covers(key, wall))
                || made.stream().anyMatch(silence -> silence.covers(key, now));
    }

    /** Those that hold or will, and those that ended not long ago; their times agree with the wall clock as it is set now. */
    List<Silence> list() {
        long wall = look().wallAt(0);
        return Stream.concat(configured.stream(), made.stream().map(silence -> silence.later(wall)))
                .toList();
    }

    /**
     * Makes one that holds from now on.
     *
     * @throws IllegalStateException when there are {@value #MADE_MAX} already
     */
    Silence make(String alert, String label, Duration length, String reason) {
        Moment now = look();
        if (made.size() >= MADE_MAX) {
            throw new IllegalStateException("there are " + MADE_MAX + " silences already: delete some");
        }
        String id = UUID.randomUUID().toString();
        Silence silence = new Silence(id, alert, label, now.millis(), now.millis() + length.toMillis(), reason);
        made.add(silence);
        changed = true;
        return silence.later(now.wallAt(0));
    }

    /** Ends one that an operator made; whether there was one. */
    boolean delete(String id) {
        boolean deleted = made.removeIf(silence -> silence.id().equals(id));
        changed |= deleted;
        return deleted;
    }

    /** Whether those that operators made must be written, since the last time this was asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    JsonArray toJson() {
        Moment now = look();
        JsonArray array = new JsonArray();
        for (Silence silence : made) {
            array.add(new JsonObject()
                    .put("id", silence.id())
                    .put("alert", silence.alert())
                    .put("label", silence.label())
                    .put("age", now.millis() - silence.fromMillis())
                    .put("left", silence.toMillis() - now.millis())
                    .put("wall", now.wallMillis())
                    .put("reason", silence.reason()));
        }
        return array;
    }

    /**
     * One of an earlier process.
     *
     * @throws RuntimeException of some kind when it is not what {@link #toJson} makes
     */
    void restore(JsonObject json) {
        Moment now = elapsed.last();
        long saved = now.millis() - Math.max(0, now.wallMillis() - json.getLong("wall"));
        made.add(new Silence(
                json.getString("id"),
                json.getString("alert"),
                json.getString("label"),
                saved - json.getLong("age"),
                saved + json.getLong("left"),
                json.getString("reason")));
    }
}

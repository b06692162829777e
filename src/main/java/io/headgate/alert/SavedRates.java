package io.headgate.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The usual rates as they lie on disk, some 1.2 KB a flow at most.
 *
 * <pre>
 *   {"SOURCE or *": {
 *      "hours": hours that were learned from, 168 at most,
 *      "day": [independent leads of about the last day, how many were usual in the same hours],
 *      "lately": [the same of about the last three hours],
 *      "means": [168 numbers: usual independent leads an hour, in hundredths, from Monday 0:00 UTC],
 *      "weeks": "168 digits: how many weeks each of them is the mean of, 0 to 4"}}
 * </pre>
 */
record SavedRates(Map<String, UsualRate> flows) {
    private static final int HUNDRED = 100;
    private static final int PER_HOUR_MAX = 3_700;
    private static final int RECENT_MAX = 24 * PER_HOUR_MAX;

    /** What stands now, to be written later by another thread. */
    static Supplier<JsonObject> of(Collection<UnusualWatch> watches) {
        Map<String, UsualRate.Learned> learned = new HashMap<>();
        for (UnusualWatch watch : watches) {
            Optional.ofNullable(watch.rate())
                    .ifPresent(rate -> learned.put(watch.flow().source(), rate.learned()));
        }
        return () -> {
            JsonObject state = new JsonObject();
            learned.forEach((source, rate) -> state.put(source, encode(rate)));
            return state;
        };
    }

    private static JsonObject encode(UsualRate.Learned rate) {
        JsonArray means = new JsonArray();
        StringBuilder weeks = new StringBuilder();
        for (int slot = 0; slot < UsualRate.SLOTS; slot++) {
            means.add(Math.round(rate.means()[slot] * HUNDRED));
            weeks.append((char) ('0' + rate.weeks()[slot]));
        }
        return new JsonObject()
                .put("hours", rate.hours())
                .put("day", encode(rate.day()))
                .put("lately", encode(rate.lately()))
                .put("means", means)
                .put("weeks", weeks.toString());
    }

    /** @throws RuntimeException of some kind when it is not what this class wrote */
    static SavedRates decode(JsonObject state) {
        Map<String, UsualRate> flows = new HashMap<>();
        for (String source : state.fieldNames()) {
            flows.put(source, new UsualRate(rate(state.getJsonObject(source))));
        }
        return new SavedRates(flows);
    }

    private static UsualRate.Learned rate(JsonObject rate) {
        JsonArray means = rate.getJsonArray("means");
        String weeks = rate.getString("weeks");
        float[] perHour = new float[UsualRate.SLOTS];
        byte[] counts = new byte[UsualRate.SLOTS];
        for (int slot = 0; slot < UsualRate.SLOTS; slot++) {
            perHour[slot] = (float) within(means.getDouble(slot) / HUNDRED, PER_HOUR_MAX);
            counts[slot] = (byte) within(weeks.charAt(slot) - '0', UsualRate.WEEKS);
        }
        return new UsualRate.Learned(
                perHour,
                counts,
                (int) within(rate.getInteger("hours"), UsualRate.SLOTS),
                recent(rate.getJsonArray("day")),
                recent(rate.getJsonArray("lately")));
    }

    private static JsonArray encode(UsualRate.Recent recent) {
        return new JsonArray().add(recent.came()).add(recent.usual());
    }

    private static UsualRate.Recent recent(JsonArray sums) {
        return new UsualRate.Recent(within(sums.getDouble(0), RECENT_MAX), within(sums.getDouble(1), RECENT_MAX));
    }

    private static double within(double value, double max) {
        if (!(value >= 0 && value <= max)) {
            throw new IllegalArgumentException("not between 0 and " + max + ": " + value);
        }
        return value;
    }
}

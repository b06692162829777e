package io.headgate.alert;

import io.headgate.alert.Elapsed.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a flow that is silent, in words. Its beginning and its last lead stay as they were when it was first told.
 *
 * @param minute how long the silence was, in whole minutes, when this was put into words
 */
record Page(long sinceMillis, @Nullable LastLead lastLead, long minute, String summary, List<String> details) {
    private static final int MINUTES_AN_HOUR = 60;

    Page {
        details = List.copyOf(details);
    }

    /** That the limit is reached: the page before while it still says the same, else one with the silence as it is now. */
    static Page stopped(Flow flow, Flow all, Moment now, @Nullable Page before) {
        String never = flow.last() == null ? "; none ever came" : "";
        return of(flow, now, before, silent -> silent + never, () -> details(flow, all, now));
    }

    /** That the silence is unusual, with the figures. */
    static Page unusual(Flow flow, Moment now, @Nullable Page before, Supplier<List<String>> figures) {
        return of(flow, now, before, silent -> silent + ", which is unusual at this hour", figures);
    }

    private static Page of(
            Flow flow,
            Moment now,
            @Nullable Page before,
            UnaryOperator<String> summary,
            Supplier<List<String>> details) {
        long silent = flow.silentMillis(now);
        long minute = TimeUnit.MILLISECONDS.toMinutes(silent);
        if (before != null && before.minute == minute) {
            return before;
        }
        return new Page(
                before == null ? now.wallAt(flow.silentFrom()) : before.sinceMillis,
                before == null ? lastLead(flow, now) : before.lastLead,
                minute,
                summary.apply("No lead from " + flow.named() + " for " + spoken(silent)),
                details.get());
    }

    void tell(AlertName name, Priority priority, Flow flow, Bell bell) {
        bell.firing(name, flow.source(), priority, sinceMillis, summary, details, lastLead);
    }

    static @Nullable LastLead lastLead(Flow flow, Moment now) {
        LastSeen last = flow.last();
        return last == null
                ? null
                : new LastLead(now.wallAt(last.at()), last.eventId().toString(), last.eventName());
    }

    private static List<String> details(Flow flow, Flow all, Moment now) {
        List<String> details = new ArrayList<>();
        if (flow.last() == null) {
            details.add("No lead of it is known, and one is expected; it has been watched for this long.");
        }
        details.add("The limit is " + spoken(flow.limitMillis()) + ".");
        LastSeen any = all.last();
        if (flow != all && any != null) {
            details.add("The last lead from any source came at " + instant(now.wallAt(any.at())) + ", "
                    + spoken(all.silentMillis(now)) + " ago.");
        }
        return details;
    }

    /** {@code 4 h 0 m}, {@code 12 m}, {@code 5 s}. */
    static String spoken(long millis) {
        long minutes = TimeUnit.MILLISECONDS.toMinutes(millis);
        if (minutes >= MINUTES_AN_HOUR) {
            return minutes / MINUTES_AN_HOUR + " h " + minutes % MINUTES_AN_HOUR + " m";
        }
        return minutes > 0 ? minutes + " m" : TimeUnit.MILLISECONDS.toSeconds(millis) + " s";
    }

    private static Instant instant(long wallMillis) {
        return Instant.ofEpochSecond(Math.floorDiv(wallMillis, 1000));
    }
}

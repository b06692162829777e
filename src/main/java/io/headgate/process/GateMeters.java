package io.headgate.process;

import io.headgate.destination.Answer;
import io.headgate.meter.Meters;
import io.headgate.meter.Recent;
import io.headgate.meter.RecentCounts;
import io.headgate.meter.Tally;
import io.headgate.meter.Timing;
import io.headgate.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is counted of one destination. Written by the loop of the processing, read by anybody. */
final class GateMeters {
    /** A status of HTTP or an SQLSTATE, and what the other side says of it. */
    private static final Pattern STATUS = Pattern.compile("([0-9][0-9A-Z]{2,4}) .*", Pattern.DOTALL);

    private final Clock clock;
    private final Timing timing;
    private final Tally delivered;
    private final Tally refused;
    private final Tally failed;
    private final Recent recent;
    private final RecentCounts counts;
    private volatile String lastFault = "";
    private volatile String lastStatus = "";
    private volatile long lastFaultMillis;

    GateMeters(String destination, Clock clock, Meters meters) {
        this.clock = clock;
        this.timing = meters.timing(
                "headgate_destination_seconds",
                "Time that one delivery took, whatever came of it",
                "destination",
                destination);
        this.delivered = tried(meters, destination, "delivered");
        this.refused = tried(meters, destination, "refused");
        this.failed = tried(meters, destination, "failed");
        this.recent = new Recent(clock.nanos());
        this.counts = new RecentCounts(clock.nanos());
    }

    private static Tally tried(Meters meters, String destination, String result) {
        return meters.tally(
                "headgate_destination_events",
                "Events tried, by what came of it",
                "destination",
                destination,
                "result",
                result);
    }

    /** A batch that is refused as a whole is decided by its parts, each of which is answered by itself. */
    void answered(int events, Answer answer, long nanos) {
        timing.record(nanos);
        recent.record(clock.nanos(), nanos, 1);
        if (answer instanceof Answer.Delivered) {
            counts.add(clock.nanos(), events, 0);
            delivered.add(events);
        } else if (answer instanceof Answer.Refused why && events == 1) {
            counts.add(clock.nanos(), 1, 1);
            refused.increment();
            fault(why.request(), why.answer());
        } else if (answer instanceof Answer.Failed why) {
            counts.add(clock.nanos(), events, events);
            failed.add(events);
            fault(why.request(), why.answer());
        }
    }

    void cannotOpen(String why) {
        lastFault(why, why);
    }

    String lastFault() {
        return lastFault;
    }

    /** The same without the other side's own words, for they may repeat an event: of an answer its status alone. */
    String lastStatus() {
        return lastStatus;
    }

    /** In milliseconds since 1970; 0 before the first. */
    long lastFaultMillis() {
        return lastFaultMillis;
    }

    double percentileMillis(double percentile) {
        return recent.percentileMillis(clock.nanos(), percentile);
    }

    /** Events tried in the last {@value RecentCounts#MINUTES} minutes. */
    long recentlyTried() {
        return counts.all(clock.nanos());
    }

    /** Those of them that were not delivered. */
    long recentlyFailed() {
        return counts.failed(clock.nanos());
    }

    private void fault(String request, String answer) {
        Matcher theirs = STATUS.matcher(answer);
        lastFault(request + ": " + answer, request + ": " + (theirs.matches() ? theirs.group(1) : answer));
    }

    private void lastFault(String whole, String status) {
        lastFault = whole;
        lastStatus = status;
        lastFaultMillis = clock.wallMillis();
    }
}

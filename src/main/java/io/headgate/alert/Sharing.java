package io.headgate.alert;

import io.headgate.alert.Elapsed.Moment;
import io.headgate.event.Lead;
import io.headgate.meter.Meters;
import io.headgate.meter.Tally;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges last leads with the other gateways: every {@value #EVERY_MILLIS} ms, at once when a lead ended a long silence,
 * and when somebody must know; one exchange at a time. Asked is only for what is new since the last answer, but once in
 * {@value #ALL_EVERY_MILLIS} ms for all, which shows what was lost there. What cannot be exchanged now is told the next time. Belongs to the
 * loop of the alerting: an answer is taken in at its next look, whatever thread it came on.
 */
final class Sharing {
    private static final Logger LOG = LoggerFactory.getLogger(Sharing.class);

    private static final long EVERY_MILLIS = 5_000;
    private static final long ALL_EVERY_MILLIS = 60_000;
    /** By how much Redis's clock may differ from ours, within a minute, or after another server takes over. */
    private static final long SLACK_MILLIS = 5_000;
    /** An answer that takes longer will not come. */
    private static final long ANSWER_MILLIS_MAX = 10_000;
    /** A difference in age that the way to and fro can make. */
    private static final long DELAY_MILLIS_MAX = 1_000;

    private final LeadShare share;
    private final Map<String, Flow> sources;
    private final Flow all;
    private final Tally exchanged;
    private final Tally failed;
    private @Nullable Future<List<Lead>> underWay;
    private List<Flow> told = List.of();
    private long begunAt = -EVERY_MILLIS;
    /** When the last exchange that was answered began, and the last one that was answered with all, as elapsed. */
    private long heardAt;

    private long heardAllAt = -ALL_EVERY_MILLIS;
    /** Whether the exchange under way is for all. */
    private boolean forAll;

    private boolean atOnce;
    private boolean failing;
    /** When the last exchange that has ended began, as elapsed. */
    private long answeredFrom = Long.MIN_VALUE;

    Sharing(LeadShare share, Map<String, Flow> sources, Flow all, Meters meters) {
        this.share = share;
        this.sources = sources;
        this.all = all;
        String help = "Exchanges of last leads with the other gateways, by outcome";
        this.exchanged = meters.tally("headgate_lead_exchanges", help, "outcome", "done");
        this.failed = meters.tally("headgate_lead_exchanges", help, "outcome", "failed");
    }

    void look(Moment now) {
        takeIn(now);
        if (underWay == null && (atOnce || now.millis() - begunAt >= EVERY_MILLIS)) {
            begin(now);
        }
    }

    /** A lead comes here. Where it ends a long silence the other gateways must know at once: they may be about to page. */
    void came(LastSeen seen, Flow flow) {
        LastSeen before = flow.last();
        long limit = Math.min(flow.limitMillis(), all.limitMillis());
        atOnce |= before == null || seen.at() - before.at() >= limit / 2;
    }

    /** Whether an exchange that began at this moment, as elapsed, or later has ended, well or not; begins one otherwise. */
    boolean answeredSince(long moment, Moment now) {
        if (answeredFrom < moment && underWay == null) {
            begin(now);
        }
        return answeredFrom >= moment;
    }

    private void begin(Moment now) {
        told = sources.values().stream().filter(Flow::unshared).toList();
        List<Lead> mine = new ArrayList<>();
        for (Flow flow : told) {
            LastSeen last = flow.last();
            if (last != null) {
                mine.add(new Lead(flow.source(), last.eventId(), last.eventName(), flow.silentMillis(now)));
            }
            flow.unshared(false);
        }
        begunAt = now.millis();
        atOnce = false;
        forAll = begunAt - heardAllAt >= ALL_EVERY_MILLIS;
        underWay = exchange(mine, forAll ? LeadShare.ALL : begunAt - heardAt + SLACK_MILLIS);
        takeIn(now);
    }

    /** A share that is broken is one that cannot be reached: it must not keep a silence from being told. */
    private Future<List<Lead>> exchange(List<Lead> mine, long writtenMillis) {
        try {
            return share.exchange(mine, writtenMillis);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void takeIn(Moment now) {
        Future<List<Lead>> answer = underWay;
        if (answer == null || (!answer.isComplete() && now.millis() - begunAt < ANSWER_MILLIS_MAX)) {
            return;
        }
        underWay = null;
        answeredFrom = begunAt;
        if (answer.succeeded()) {
            exchanged.increment();
            if (failing) {
                LOG.info("lead_exchange_done again");
                failing = false;
            }
            heardAt = begunAt;
            heardAllAt = forAll ? begunAt : heardAllAt;
            hear(answer.result(), now);
        } else {
            failed.increment();
            if (!failing) {
                LOG.warn(
                        "lead_exchange_failed, other gateways' leads are not known: {}",
                        answer.failed() ? answer.cause().toString() : "no answer");
                failing = true;
            }
            told.forEach(flow -> flow.unshared(true));
        }
    }

    private void hear(List<Lead> leads, Moment now) {
        Map<String, Long> ages = new HashMap<>();
        // the oldest first: where one of them replaces a lead that only seemed later, those that are later are still to
        // come
        List<Lead> oldestFirst = leads.stream()
                .sorted(Comparator.comparingLong(Lead::ageMillis).reversed())
                .toList();
        for (Lead lead : oldestFirst) {
            ages.put(lead.source(), lead.ageMillis());
            LastSeen seen = new LastSeen(now.millis() - lead.ageMillis(), lead.eventId(), lead.eventName());
            Flow flow = sources.get(lead.source());
            if (flow != null) {
                flow.heard(seen);
            }
            // also of a source that only others know: all together means those of all gateways
            all.heard(seen);
        }
        // Redis may have been emptied, or restored: then it is told again
        long missing = forAll ? Long.MAX_VALUE : 0;
        for (Flow flow : sources.values()) {
            long shared = ages.getOrDefault(flow.source(), missing);
            if (flow.last() != null && flow.silentMillis(now) + DELAY_MILLIS_MAX < shared) {
                flow.unshared(true);
            }
        }
    }
}

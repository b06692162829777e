package io.headgate.alert;

import io.headgate.alert.Elapsed.Moment;
import io.headgate.event.Event;
import io.headgate.meter.Meters;
import io.headgate.meter.Tally;
import io.headgate.time.Clock;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that leads keep coming, from each source and from all together, and tells when they do not.
 *
 * <pre>
 *   stored, any thread -> Flow of the source -> look, a few times a second -> StoppedWatch -> Bell
 *                                                 |        ^        |
 *                              the disk, each 10 s <       |        > UnusualWatch -> Bell
 *                                                     other gateways
 * </pre>
 *
 * <p>Promise: a silence is as long as it is by the clocks that nobody sets, over restarts and sleep too; after a kill the
 * last ten seconds before it may be missing. Whatever is wrong with the disk or with Redis, silence is told.
 *
 * <p>Belongs to the loop of the alerting, but for {@link #stored} and {@link #status}.
 */
public final class LeadFlow {
    private static final Logger LOG = LoggerFactory.getLogger(LeadFlow.class);

    private static final long SAVE_EVERY_MILLIS = 10_000;

    private final Clock clock;
    private final Elapsed elapsed;
    private final Map<String, Flow> sources = new LinkedHashMap<>();
    private final Flow all;
    private final List<Flow> flows;
    private final List<StoppedWatch> stopped;
    private final SavedState state;
    private final SavedState rates;
    private final Sharing sharing;
    private final FlowChanges changes;
    private final UnusualFlows unusual;
    private final Map<String, Tally> leads = new LinkedHashMap<>();
    private final Tally clockSteps;
    private boolean lost;
    private boolean saveDue;
    private long savedAt = -SAVE_EVERY_MILLIS;
    private volatile Moment now;

    /**
     * The watch with what it knew before, if it is there and can be read. Blocks.
     *
     * @param dir where its state is kept
     * @param worker writes it; runs one task after the other, in their order
     */
    public static LeadFlow open(
            LeadFlowSettings settings, Path dir, LeadShare share, Clock clock, Meters meters, Executor worker) {
        SavedState state = new SavedState(dir, "leads", worker, meters);
        Optional<SavedLeads> saved = state.read(SavedLeads::decode);
        boolean lost = state.lost() || saved.map(SavedLeads::lost).orElse(false);
        LeadFlow flow =
                new LeadFlow(settings, state, new SavedState(dir, "rates", worker, meters), lost, share, clock, meters);
        saved.ifPresent(flow::restore);
        return flow;
    }

    private LeadFlow(
            LeadFlowSettings settings,
            SavedState state,
            SavedState rates,
            boolean lost,
            LeadShare share,
            Clock clock,
            Meters meters) {
        this.clock = clock;
        this.elapsed = new Elapsed(clock);
        this.now = elapsed.last();
        this.state = state;
        this.rates = rates;
        this.lost = lost;
        for (LeadFlowSettings.Source source : settings.sources()) {
            sources.put(
                    source.name(),
                    new Flow(source.name(), source.silence().toMillis(), settings.perSource(), source.expectLeads()));
        }
        // where what was known is lost there were leads, as good as surely: to wait for the next would hide a silence
        boolean expected = lost || settings.sources().stream().anyMatch(LeadFlowSettings.Source::expectLeads);
        this.all = new Flow(Flow.ALL, settings.silence().toMillis(), true, expected);
        this.flows = Stream.concat(Stream.of(all), sources.values().stream()).toList();
        this.sharing = new Sharing(share, sources, all, meters);
        this.unusual = new UnusualFlows(settings.unusual(), flows, rates, sharing, now);
        this.changes = new FlowChanges(meters);
        this.stopped = flows.stream()
                .map(flow -> new StoppedWatch(flow, all, sharing, changes))
                .toList();
        for (String source : sources.keySet()) {
            leads.put(
                    source,
                    meters.tally(
                            "headgate_leads_stored",
                            "Lead events stored, not counting those that were duplicates",
                            "source",
                            source));
        }
        this.clockSteps = meters.tally("headgate_clock_steps", "Times that the wall clock was seen to be set");
        for (Flow flow : flows) {
            meters.gauge(
                    "headgate_lead_silence_seconds",
                    "Time since the last lead; NaN where there was none",
                    () -> flow.last() == null ? Double.NaN : flow.silentMillis(now) / 1e3,
                    "source",
                    flow.source());
        }
    }

    private void restore(SavedLeads saved) {
        SavedLeads.Away away = saved.away(clock.bootId(), now);
        now = elapsed.startedAfter(away.millis());
        flows.forEach(flow -> saved.restore(flow, away, now));
    }

    /** Leads of one source were stored, none of them a duplicate; {@code last} came last. By any thread, for each batch. */
    public void stored(String source, int count, Event last) {
        Flow flow = sources.get(source);
        Tally counted = leads.get(source);
        if (flow != null && counted != null) {
            flow.stored(last, clock);
            counted.add(count);
        }
    }

    /**
     * Takes in what was stored and tells how each flow stands; to be called a few times a second. One flow that fails keeps
     * no other from being looked at; the first failure is thrown at the end.
     */
    void look(Bell bell) {
        Tries tries = new Tries();
        collect(tries);
        tries.run(() -> sharing.look(now));
        for (StoppedWatch watch : stopped) {
            tries.run(() -> watch.look(now, lost, bell));
        }
        unusual.look(now, bell, tries);
        // a source's first lead is kept at once: without it a killed process would not know that it is to be watched
        saveDue |= changes.takeAny() || now.stepMillis() != 0 || now.millis() - savedAt >= SAVE_EVERY_MILLIS;
        if (saveDue && !state.writing()) {
            save();
        }
        tries.end();
    }

    /** How things stood at the last look. By any thread. */
    public LeadFlowStatus status() {
        Moment moment = now;
        return new LeadFlowStatus(
                flows.stream().map(flow -> status(flow, moment)).toList(),
                state.fault().or(rates::fault));
    }

    /** Writes what is known a last time. Completes also when that fails. */
    public Future<Void> stop() {
        collect(new Tries());
        return Future.join(save(), unusual.stop()).mapEmpty();
    }

    private void collect(Tries tries) {
        now = elapsed.look();
        if (now.stepMillis() != 0) {
            clockSteps.increment();
            LOG.warn("wall_clock_set, silences are not measured by it: by_s={}", now.stepMillis() / 1000);
        }
        for (Flow flow : sources.values()) {
            LastSeen seen = flow.collect(now);
            if (seen != null) {
                tries.run(() -> came(flow, seen));
            }
        }
        lost &= all.last() == null;
    }

    private void came(Flow flow, LastSeen seen) {
        sharing.came(seen, flow);
        flow.came(seen);
        all.came(seen);
        unusual.lead(flow, seen.at());
        unusual.lead(all, seen.at());
    }

    private Future<Void> save() {
        savedAt = now.millis();
        saveDue = false;
        return state.write(SavedLeads.of(flows, lost, clock.bootId(), now));
    }

    private LeadFlowStatus.Flow status(Flow flow, Moment now) {
        LastLead last = Page.lastLead(flow, now);
        return new LeadFlowStatus.Flow(
                flow.source(),
                flow.state().wire(),
                flow.watched(),
                flow.remembered() ? OptionalLong.of(flow.silentMillis(now) / 1000) : OptionalLong.empty(),
                flow.limitMillis() / 1000,
                Optional.ofNullable(last)
                        .map(lead -> new LeadFlowStatus.Last(lead.atMillis(), lead.eventId(), lead.eventName())),
                unusual.of(flow).usualAnHour(),
                unusual.of(flow).fires());
    }
}

package io.headgate.process;

import io.headgate.stream.Owners;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's share of the work. All processes say every {@value #BEAT_MILLIS} ms that they are here, and for which routes;
 * a route's lanes are dealt out among those that were here for it in the last {@value #SILENT_MILLIS} ms, in turn. So a
 * process whose configuration does not have a route yet is never dealt a lane of it. A lane is begun when its lease is got, and
 * ended before another process can get it: by the monotonic clock, counted from before the lease was asked for.
 *
 * <p>Why leases, where a consumer group would let any process read any partition: only so are a session's events delivered
 * in order, and what waits to be tried again is known to one process and needs no room on Redis. Belongs to the loop of the
 * processing.
 */
final class Share {
    private static final Logger LOG = LoggerFactory.getLogger(Share.class);
    private static final int BEAT_MILLIS = 1_500;
    private static final int SILENT_MILLIS = 6_000;
    private static final Duration SILENT = Duration.ofMillis(SILENT_MILLIS);

    private final Owners owners;
    private final String process;
    private final String before;
    private final List<Lane> lanes;
    private final List<String> groups;
    private final Clock clock;
    private final Timers timers;
    private Timers.@Nullable Timer beat;
    private List<String> others = List.of();
    /** Lanes that are somebody else's by turn, and kept until what is being delivered of them is through. */
    private final Set<Integer> leaving = new HashSet<>();

    private boolean beating;
    private boolean stopped;

    /** {@code groups} are the lanes' own. */
    Share(Owners owners, ProcessName name, List<Lane> lanes, List<String> groups, Clock clock, Timers timers) {
        this.owners = owners;
        this.process = name.name();
        this.before = name.before();
        this.lanes = lanes;
        this.groups = groups;
        this.clock = clock;
        this.timers = timers;
    }

    void start() {
        buryBefore().onComplete(buried -> {
            if (!stopped) {
                beat = timers.every(Duration.ofMillis(BEAT_MILLIS), this::beat);
                beat();
            }
        });
    }

    /** What the one before would have done in the end. Where it fails, its leases run out by themselves. */
    private Future<Void> buryBefore() {
        if (before.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            all.add(owners.giveUp(groups.get(i), lanes.get(i).partition(), before));
        }
        all.add(owners.leaves(before, Set.copyOf(groups), SILENT));
        return Future.join(all)
                .<Void>mapEmpty()
                .onFailure(why -> LOG.debug("leases of the process before were not given up", why));
    }

    /** The processes that share the work, as far as was known last. */
    List<String> processes() {
        return others;
    }

    /** Ends all lanes; none is begun again. */
    void end() {
        stopped = true;
        if (beat != null) {
            beat.cancel();
        }
        lanes.stream().filter(Lane::owned).forEach(Lane::end);
    }

    /** Gives all lanes up for others that are quiet. To be called after {@link #end}. */
    Future<Void> stop() {
        List<Future<?>> given = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            if (lanes.get(i).quiet()) {
                given.add(owners.giveUp(groups.get(i), lanes.get(i).partition(), process));
            }
        }
        given.add(owners.leaves(process, Set.copyOf(groups), SILENT));
        return Future.join(given).mapEmpty();
    }

    private void beat() {
        endLate();
        if (beating) {
            return;
        }
        beating = true;
        owners.here(process, Set.copyOf(groups), SILENT)
                .compose(processes -> {
                    seen(processes);
                    return Future.join(dealt(processes));
                })
                .onComplete(done -> {
                    beating = false;
                    if (done.failed()) {
                        LOG.debug("the share of the work cannot be asked for now", done.cause());
                    }
                });
    }

    private void seen(Map<String, List<String>> processes) {
        List<String> names = processes.values().stream()
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .toList();
        if (!names.equals(others)) {
            LOG.info("processes_share_the_work processes={} this={}", names, process);
            others = names;
        }
    }

    /** Asks for each lane that is ours by turn, and gives up each that is not any more. */
    private List<Future<Boolean>> dealt(Map<String, List<String>> processes) {
        List<Future<Boolean>> asked = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            if (isOurs(i, processes.getOrDefault(groups.get(i), List.of(process)))) {
                leaving.remove(i);
                asked.add(own(i));
                continue;
            }
            if (lanes.get(i).owned()) {
                lanes.get(i).end();
                leaving.add(i);
            }
            if (leaving.contains(i)) {
                asked.add(leave(i));
            }
        }
        return asked;
    }

    /** The same for all processes that have the route, whatever other routes they have; each route begins with another one. */
    private boolean isOurs(int i, List<String> names) {
        int turn = Math.floorMod(groups.get(i).hashCode() + lanes.get(i).partition(), names.size());
        return names.get(turn).equals(process);
    }

    private Future<Boolean> own(int i) {
        Lane lane = lanes.get(i);
        long asked = clock.nanos();
        return owners.own(groups.get(i), lane.partition(), process, SILENT).onSuccess(ours -> {
            if (stopped) {
                return;
            }
            if (ours) {
                lane.ownUntil(asked + SILENT.toNanos());
            } else if (lane.owned()) {
                lane.end();
            }
        });
    }

    /** Only when it is quiet is it given up: until then nobody else may deliver what is being delivered. */
    private Future<Boolean> leave(int i) {
        Lane lane = lanes.get(i);
        if (!lane.quiet()) {
            return owners.own(groups.get(i), lane.partition(), process, SILENT);
        }
        leaving.remove(i);
        return owners.giveUp(groups.get(i), lane.partition(), process).map(true);
    }

    /** Ends lanes whose lease was not prolonged in time. */
    private void endLate() {
        for (int i = 0; i < lanes.size(); i++) {
            if (lanes.get(i).owned() && lanes.get(i).late()) {
                LOG.warn(
                        "lease_ran_out group={} partition={}",
                        groups.get(i),
                        lanes.get(i).partition());
                lanes.get(i).end();
            }
        }
    }
}

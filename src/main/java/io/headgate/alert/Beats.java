package io.headgate.alert;

import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the heartbeat beats: only right after a look of the watch that was whole, while the journal can be written and at
 * least one receiver does not fail. So whatever keeps a page from going out also stops the heartbeat. Belongs to the loop of
 * the alerting.
 */
final class Beats {
    private final Clock clock;
    private final Duration every;
    private final @Nullable Post post;
    private final @Nullable Heartbeat heartbeat;
    private long beatNanos;
    private boolean beaten;
    private @Nullable String heldBack;

    Beats(Vertx vertx, Optional<HeartbeatSettings> settings, Clock clock, Timers timers) {
        this.clock = clock;
        this.every = settings.map(HeartbeatSettings::every).orElse(Duration.ZERO);
        this.post =
                settings.map(beat -> Heartbeat.post(vertx, beat, clock, timers)).orElse(null);
        this.heartbeat = post == null ? null : new Heartbeat(post, clock);
    }

    /** The watch has looked. */
    void look(boolean whole, boolean journalWritable, boolean allReceiversFail) {
        Heartbeat beat = heartbeat;
        if (beat == null) {
            return;
        }
        heldBack = heldBack(whole, journalWritable, allReceiversFail);
        boolean due = !beaten || clock.nanos() - beatNanos >= every.toNanos();
        if (due && heldBack == null) {
            // by the schedule, not by this look, which may be a little late
            beatNanos =
                    beaten ? Math.max(beatNanos, clock.nanos() - 2 * every.toNanos()) + every.toNanos() : clock.nanos();
            beaten = true;
            beat.beat();
        }
    }

    /** Empty where there is no heartbeat. */
    Optional<AlertsStatus.Beat> status() {
        return Optional.ofNullable(heartbeat)
                .map(Heartbeat::health)
                .map(health -> new AlertsStatus.Beat(health.lastAnswer(), health.lastSuccessMillis(), heldBack));
    }

    Future<Void> stop() {
        return post == null ? Future.succeededFuture() : post.close();
    }

    private static @Nullable String heldBack(boolean whole, boolean journalWritable, boolean allReceiversFail) {
        if (!whole) {
            return "a part of the watch fails";
        }
        if (!journalWritable) {
            return "the journal cannot be written";
        }
        return allReceiversFail ? "all receivers fail" : null;
    }
}

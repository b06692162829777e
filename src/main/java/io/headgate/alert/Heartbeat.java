package io.headgate.alert;

import io.headgate.outbound.Secrets;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Asks an address of the outside, which pages when it is not asked any more. One request at a time, and none is made up
 * for. Belongs to the loop of the alerting, but for its status.
 */
final class Heartbeat {
    private final Post post;
    private final Health health;
    private boolean underWay;

    Heartbeat(Post post, Clock clock) {
        this.post = post;
        this.health = new Health("heartbeat", clock);
    }

    /** Asks the address of these settings. */
    static Post post(Vertx vertx, HeartbeatSettings settings, Clock clock, Timers timers) {
        Secrets secrets = new Secrets(settings.url(), List.of());
        return new Post(vertx, settings.url(), secrets, Post.DEADLINE, clock, timers);
    }

    /** One beat, unless the last one is still under way. */
    void beat() {
        if (underWay) {
            return;
        }
        underWay = true;
        post.get().onSuccess(result -> {
            underWay = false;
            health.heard(result);
        });
    }

    /** How it was answered of late; may be asked by anybody. */
    Health health() {
        return health;
    }
}

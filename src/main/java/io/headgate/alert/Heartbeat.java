package io.headgate.alert;

import io.headgate.time.Clock;

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

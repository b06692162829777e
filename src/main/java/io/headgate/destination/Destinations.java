package io.headgate.destination;

import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Vertx;

/** Makes destinations from their settings. */
public final class Destinations {
    private final Vertx vertx;
    private final Clock clock;
    private final Timers timers;

    public Destinations(Vertx vertx, Clock clock, Timers timers) {
        this.vertx = vertx;
        this.clock = clock;
        this.timers = timers;
    }

    /**
     * The one that these settings are of. It does nothing before it is opened.
     *
     * @throws IllegalArgumentException when it cannot be made of them; the message holds no secret
     */
    public Destination make(DestinationSettings settings) {
        if (settings instanceof DestinationSettings.Webhook webhook) {
            return new Webhook(vertx, webhook, clock, timers);
        } else if (settings instanceof DestinationSettings.Postgres postgres) {
            return new Postgres(vertx, postgres, clock, timers);
        } else if (settings instanceof DestinationSettings.Archive archive) {
            return new Archive(vertx, archive, clock, timers);
        }
        throw new IllegalArgumentException("no such type: " + settings.name());
    }
}

package io.headgate.stream;

import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;

/**
 * The streams as those see them who take events off: on a connection of their own, so that large answers hold no write up.
 * Made at the first use, and kept. Safe for use by any thread.
 */
public final class StreamOutlet {
    /** Answers of many entries are large, and a late one harms nobody but the route that waits for it. */
    private static final Duration DEADLINE_MIN = Duration.ofSeconds(3);

    private final Clients clients;
    private final SideLink link;
    private final int partitions;
    private final ConsumerGroups groups;
    private final Owners owners;
    private final Upkeep upkeep;
    private final DeadLetters deadLetters;

    public StreamOutlet(Vertx vertx, StreamSettings settings, Timers timers) {
        Keys keys = new Keys(settings.keyPrefix());
        this.partitions = settings.partitions();
        this.clients = new Clients(vertx, settings.uris());
        Duration deadline = settings.deadline().compareTo(DEADLINE_MIN) > 0 ? settings.deadline() : DEADLINE_MIN;
        this.link = new SideLink(
                ((VertxInternal) vertx).createEventLoopContext(),
                clients,
                new Handshake(settings, DedupeLayout.of(settings), () -> false, false),
                BackOff.DEFAULTS,
                deadline,
                timers);
        this.groups = new ConsumerGroups(link, keys);
        this.owners = new Owners(link, keys);
        this.upkeep = new Upkeep(link, keys);
        this.deadLetters = new DeadLetters(link, keys);
    }

    /** Where Redis is, when the settings do not say; until it is told, everything fails. */
    public void leadTo(List<String> addresses) {
        clients.leadTo(addresses);
    }

    /**
     * Whether Redis answers. Fails with {@link StreamRefusedException} where the server must not be used, with what to do;
     * with anything else while it does not answer.
     */
    public Future<Void> ping() {
        return link.ask(Request.cmd(Command.PING)).mapEmpty();
    }

    /** Number of partitions, numbered from 0. */
    public int partitions() {
        return partitions;
    }

    public ConsumerGroups groups() {
        return groups;
    }

    public Owners owners() {
        return owners;
    }

    public Upkeep upkeep() {
        return upkeep;
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    /** Closes the connection; what waits for an answer fails. */
    public Future<Void> stop() {
        return link.close();
    }
}

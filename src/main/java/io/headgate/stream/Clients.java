package io.headgate.stream;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisRole;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes Redis clients that are closed with the one connection that they are made for. What the addresses lead to is told
 * by themselves, not found by asking, so that a start without Redis knows it too: {@code ?master=NAME} on the first makes
 * all of them Sentinels that know the master by that name, several without it are nodes of a cluster.
 */
final class Clients implements Supplier<Redis> {
    private static final int CONNECT_TIMEOUT_MILLIS = 1000;
    /** A cluster's client asks for the slots on a second connection to a node. */
    private static final int CLUSTER_POOL = 4;

    private static final Pattern MASTER = Pattern.compile("[?&]master=([^&]+)");

    private final Vertx vertx;
    private volatile List<String> uris;

    /** {@code uris} may be empty: told by {@link #leadTo} then, before the first client is made. */
    Clients(Vertx vertx, List<String> uris) {
        this.vertx = vertx;
        this.uris = uris;
    }

    void leadTo(List<String> addresses) {
        uris = List.copyOf(addresses);
    }

    /** Whether it is known where Redis is. */
    boolean known() {
        return !uris.isEmpty();
    }

    @Override
    public Redis get() {
        if (!known()) {
            throw new IllegalStateException("no address of Redis yet");
        }
        return Redis.createClient(vertx, options());
    }

    private RedisOptions options() {
        RedisOptions options = new RedisOptions()
                .setNetClientOptions(new NetClientOptions()
                        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true)
                        .setHostnameVerificationAlgorithm("HTTPS"))
                .setMaxPoolSize(1)
                .setPoolCleanerInterval(-1)
                .setPoolRecycleTimeout(-1);
        uris.forEach(options::addConnectionString);
        Matcher master = MASTER.matcher(uris.get(0));
        if (master.find()) {
            options.setType(RedisClientType.SENTINEL).setRole(RedisRole.MASTER).setMasterName(master.group(1));
        } else if (uris.size() > 1) {
            options.setType(RedisClientType.CLUSTER).setMaxPoolSize(CLUSTER_POOL);
        }
        return options;
    }
}

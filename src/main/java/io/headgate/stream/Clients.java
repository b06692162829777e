package io.headgate.stream;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.util.List;
import java.util.function.Supplier;

/** Makes Redis clients that hold one connection each. */
final class Clients implements Supplier<Redis> {
    private static final int CONNECT_TIMEOUT_MILLIS = 1000;

    private final Vertx vertx;
    private final List<String> uris;

    Clients(Vertx vertx, List<String> uris) {
        this.vertx = vertx;
        this.uris = uris;
    }

    @Override
    public Redis get() {
        NetClientOptions net = new NetClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setHostnameVerificationAlgorithm("HTTPS");
        return Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(uris.get(0))
                        .setNetClientOptions(net)
                        .setMaxPoolSize(1)
                        .setPoolCleanerInterval(-1)
                        .setPoolRecycleTimeout(-1));
    }
}

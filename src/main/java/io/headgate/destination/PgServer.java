package io.headgate.destination;

import io.headgate.outbound.Secrets;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.PoolOptions;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;

/** Where a PostgreSQL is, and how it is spoken to. Shows no password. */
final class PgServer {
    /** In words for people. */
    static final String FORM = "postgresql://user:password@host:port/database, with ?sslmode=verify-full for TLS";

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    private final PgConnectOptions options;
    private final Secrets secrets;

    private PgServer(PgConnectOptions options, Secrets secrets) {
        this.options = options;
        this.secrets = secrets;
    }

    /** @throws IllegalArgumentException when it is not {@link #FORM}; the message does not hold it */
    static void require(String uri) {
        of(uri);
    }

    /** @throws IllegalArgumentException when it is not {@link #FORM}; the message does not hold it */
    static PgServer of(String uri) {
        try {
            PgConnectOptions options = PgConnectOptions.fromUri(uri);
            URI parsed = URI.create(uri);
            List<String> hidden = Stream.of(options.getPassword(), parsed.getRawUserInfo(), parsed.getUserInfo(), uri)
                    .filter(Objects::nonNull)
                    .toList();
            return new PgServer(
                    options.setReconnectAttempts(0).setSslOptions(tls(options.getSslMode())),
                    new Secrets(URI.create(""), hidden));
        } catch (RuntimeException e) { // whose message repeats it
            throw new IllegalArgumentException("uri must be " + FORM);
        }
    }

    Secrets secrets() {
        return secrets;
    }

    /** Without user and password. */
    String shown() {
        return options.getHost() + ":" + options.getPort() + "/" + options.getDatabase();
    }

    /**
     * Connections to it. One on which nothing comes for longer than an answer may take is dropped: it hangs, and nobody
     * waits for it any more; or it has nothing to do.
     */
    PgPool pool(Vertx vertx, Duration timeout, int connections) {
        return new PgPool(PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections).setShared(false))
                .with(new NetClientOptions()
                        .setConnectTimeout(Math.toIntExact(CONNECT_MAX.toMillis()))
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout(Math.toIntExact(timeout.toMillis() + 1_000)))
                .connectingTo(options)
                .using(vertx)
                .build());
    }

    /** As libpq has it: only the modes that begin with verify ask who the other side is. */
    private static ClientSSLOptions tls(SslMode mode) {
        ClientSSLOptions tls =
                new ClientSSLOptions().setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
        return mode == SslMode.VERIFY_FULL || mode == SslMode.VERIFY_CA
                ? tls.setTrustOptions(whomJavaTrusts())
                : tls.setTrustAll(true);
    }

    private static TrustOptions whomJavaTrusts() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return TrustOptions.wrap(factory.getTrustManagers()[0]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no trust store", e);
        }
    }
}

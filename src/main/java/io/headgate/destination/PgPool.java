package io.headgate.destination;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to one PostgreSQL, each lent for a transaction. One that broke is not lent again. */
final class PgPool {
    private static final Logger LOG = LoggerFactory.getLogger(PgPool.class);

    private final Pool pool;

    PgPool(Pool pool) {
        this.pool = pool;
    }

    /** All of the work, or none of it. */
    <T> Future<T> transaction(Function<SqlConnection, Future<T>> work) {
        return pool.withTransaction(connection -> {
            // without a handler of its own the client prints what breaks a connection; the work fails by it as well
            connection.exceptionHandler(why -> LOG.debug("a connection broke: {}", why.getMessage()));
            return work.apply(connection);
        });
    }

    Future<Void> close() {
        return pool.close();
    }
}

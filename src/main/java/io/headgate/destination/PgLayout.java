package io.headgate.destination;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Makes the table and its partitions, and drops what is too old. Each change is a transaction under a lock that all gateways
 * share, so that any number of them may start at once; none waits for the table's readers longer than {@value #LOCK_SECONDS}
 * seconds.
 */
final class PgLayout {
    static final int LOCK_SECONDS = 5;

    /** "headgate" in ASCII: who else takes advisory locks in this database will hardly take it. */
    private static final long LOCK = 0x6865_6164_6761_7465L;

    /** What leads from each version to the next. A released one is never changed. */
    private static final List<String> MIGRATIONS = List.of(
            """
            CREATE TABLE %s (
              received_at  timestamptz NOT NULL,
              event_time   timestamptz,
              event_id     uuid NOT NULL,
              event_name   text NOT NULL,
              source       text NOT NULL,
              session_id   text,
              user_id      text,
              anonymous_id text,
              properties   jsonb,
              context      jsonb,
              rest         jsonb,
              position     text NOT NULL,
              session_key  uuid NOT NULL,
              PRIMARY KEY (event_id, received_at, session_key)
            ) PARTITION BY RANGE (received_at)""");

    private final PgPool pool;
    private final PgTable table;

    PgLayout(PgPool pool, PgTable table) {
        this.pool = pool;
        this.table = table;
    }

    /** Makes the table, or brings it to the version of this program. */
    Future<Void> migrate() {
        return locked(connection -> connection
                .query("CREATE TABLE IF NOT EXISTS " + table.versions()
                        + " (relation text PRIMARY KEY, version integer NOT NULL)")
                .execute()
                .compose(made -> connection
                        .preparedQuery("SELECT version FROM " + table.versions() + " WHERE relation = $1")
                        .execute(Tuple.of(table.name())))
                .compose(rows -> migrate(connection, version(rows))));
    }

    /** Makes the partition of this month where it is not there. Its readers do not notice. */
    Future<Void> make(YearMonth month) {
        String part = table.quoted(month);
        return locked(connection -> connection
                .preparedQuery(
                        "SELECT 1 FROM pg_inherits WHERE inhparent = to_regclass($1) AND inhrelid = to_regclass($2)")
                .execute(Tuple.of(table.quoted(), part))
                .compose(found -> found.size() > 0
                        ? Future.succeededFuture()
                        : connection
                                .query("CREATE TABLE IF NOT EXISTS " + part + " (LIKE " + table.quoted()
                                        + " INCLUDING ALL); ALTER TABLE " + table.quoted() + " ATTACH PARTITION " + part
                                        + " FOR VALUES FROM ('" + month + "-01T00:00:00Z') TO ('" + month.plusMonths(1)
                                        + "-01T00:00:00Z')")
                                .execute()
                                .mapEmpty()));
    }

    /** Drops the partitions of months that were over then; which those were. */
    Future<List<YearMonth>> dropBefore(Instant time) {
        return pool.transaction(connection -> connection
                        .preparedQuery("SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                                + " WHERE i.inhparent = to_regclass($1)")
                        .execute(Tuple.of(table.quoted())))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .flatMap(row -> table.month(row.getString(0)).stream())
                        .filter(month -> !startOf(month.plusMonths(1)).isAfter(time))
                        .sorted()
                        .toList())
                .compose(old -> old.isEmpty()
                        ? Future.succeededFuture(old)
                        : locked(connection -> connection
                                        .query("DROP TABLE IF EXISTS "
                                                + String.join(
                                                        ", ",
                                                        old.stream()
                                                                .map(table::quoted)
                                                                .toList()))
                                        .execute()
                                        .mapEmpty())
                                .map(dropped -> old));
    }

    private Future<Void> migrate(SqlConnection connection, int version) {
        if (version > MIGRATIONS.size()) {
            return Future.failedFuture("the table " + table.quoted() + " has version " + version
                    + ", which is a newer Headgate's; this one knows " + MIGRATIONS.size());
        }
        Future<?> done = Future.succeededFuture();
        for (String migration : MIGRATIONS.subList(version, MIGRATIONS.size())) {
            done = done.compose(before ->
                    connection.query(migration.formatted(table.quoted())).execute());
        }
        return done.compose(before -> connection
                        .preparedQuery("INSERT INTO " + table.versions()
                                + " VALUES ($1, $2) ON CONFLICT (relation) DO UPDATE SET version = excluded.version")
                        .execute(Tuple.of(table.name(), MIGRATIONS.size())))
                .mapEmpty();
    }

    private static int version(RowSet<Row> rows) {
        return rows.size() == 0 ? 0 : rows.iterator().next().getInteger(0);
    }

    private static Instant startOf(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private interface Change {
        Future<Void> on(SqlConnection connection);
    }

    private Future<Void> locked(Change change) {
        return pool.transaction(connection -> connection
                .query("SET LOCAL lock_timeout = '" + LOCK_SECONDS + "s'; SET LOCAL client_min_messages = warning;"
                        + " SELECT pg_advisory_xact_lock(" + LOCK + ")")
                .execute()
                .compose(locked -> change.on(connection)));
    }
}

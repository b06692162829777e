package io.headgate.destination;

import io.headgate.outbound.Secrets;
import io.headgate.time.Clock;
import io.headgate.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inserts events into a table that it makes itself, each batch by one statement. A row that is there already is left as it
 * is: two rows are the same when source, session, event id and the time of reception are, which is the same each time an
 * entry of the streams is delivered.
 */
final class Postgres implements Destination {
    private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);

    private static final Duration KEEP_EVERY = Duration.ofHours(1);

    /** Column, and the type that its text is read as. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("received_at", "timestamptz"),
            Map.entry("event_time", "timestamptz"),
            Map.entry("event_id", "uuid"),
            Map.entry("event_name", "text"),
            Map.entry("source", "text"),
            Map.entry("session_id", "text"),
            Map.entry("user_id", "text"),
            Map.entry("anonymous_id", "text"),
            Map.entry("properties", "jsonb"),
            Map.entry("context", "jsonb"),
            Map.entry("rest", "jsonb"),
            Map.entry("position", "text"),
            Map.entry("session_key", "uuid"));

    private static final List<String> NAMES = COLUMNS.keySet().stream().sorted().toList();

    private final DestinationSettings.Postgres settings;
    private final Clock clock;
    private final Timers timers;
    private final Secrets secrets;
    private final PgPool pool;
    private final PgLayout layout;
    private final String insert;
    private final String asked;
    /** Months whose partitions are known to be there. */
    private final Set<YearMonth> months = new HashSet<>();

    private Timers.@Nullable Timer keeping;

    /** @throws IllegalArgumentException when the settings name no server or no table; the message holds no password */
    Postgres(Vertx vertx, DestinationSettings.Postgres settings, Clock clock, Timers timers) {
        PgTable table = PgTable.of(settings.table());
        PgServer server = PgServer.of(settings.uri());
        this.settings = settings;
        this.clock = clock;
        this.timers = timers;
        this.secrets = server.secrets();
        this.pool = server.pool(vertx, settings.timeout(), settings.limits().concurrency());
        this.layout = new PgLayout(pool, table);
        this.insert = insert(table);
        this.asked = "INSERT INTO " + table.quoted() + " at " + server.shown();
    }

    @Override
    public DestinationSettings settings() {
        return settings;
    }

    @Override
    public Future<Void> open() {
        Future<Void> opened = layout.migrate().compose(made -> keep());
        return within(opened)
                .recover(why -> Future.failedFuture(
                        "the table " + settings.table() + " cannot be made ready: " + PgFailure.words(why, secrets)))
                .onSuccess(ready -> keepUp());
    }

    @Override
    public Future<Answer> deliver(List<Outgoing> batch) {
        List<PgRow> rows = batch.stream().map(PgRow::of).toList();
        Tuple columns = Tuple.tuple();
        for (String name : NAMES) {
            columns.addArrayOfString(rows.stream().map(row -> row.get(name)).toArray(String[]::new));
        }
        Future<Answer> answer = make(monthsOf(batch))
                .compose(made -> pool.transaction(connection -> insert(connection, columns)))
                .<Answer>map(done -> new Answer.Delivered())
                .otherwise(this::answer);
        Answer late = new Answer.Failed(
                asked, "no answer within " + settings.timeout().toMillis() + " ms", null);
        return Deadline.of(answer, settings.timeout(), Future.succeededFuture(late), timers);
    }

    @Override
    public Future<Void> close() {
        if (keeping != null) {
            keeping.cancel();
        }
        return pool.close();
    }

    private static String insert(PgTable table) {
        List<String> arrays = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (String name : NAMES) {
            arrays.add("$" + (arrays.size() + 1) + "::text[]");
            values.add("e." + name + "::" + COLUMNS.get(name));
        }
        String names = String.join(", ", NAMES);
        // the conflict is named: another unique index, made by hand, is to refuse a row and not to swallow it
        return "INSERT INTO " + table.quoted() + " (" + names + ") SELECT " + String.join(", ", values)
                + " FROM unnest("
                + String.join(", ", arrays) + ") AS e(" + names + ")"
                + " ON CONFLICT (event_id, received_at, session_key) DO NOTHING";
    }

    /** The server gives up when we do, lest what we do not wait for any more holds its locks. */
    private Future<Void> insert(SqlConnection connection, Tuple columns) {
        return connection
                .query("SET LOCAL statement_timeout = " + settings.timeout().toMillis())
                .execute()
                .compose(set -> connection.preparedQuery(insert).execute(columns))
                .mapEmpty();
    }

    private Answer answer(Throwable why) {
        if (PgFailure.isWithoutPartition(why)) {
            months.clear(); // somebody dropped one
        }
        return PgFailure.answer(asked, why, secrets);
    }

    private Future<Void> make(Set<YearMonth> wanted) {
        Future<Void> made = Future.succeededFuture();
        for (YearMonth month : wanted) {
            if (!months.contains(month)) {
                made = made.compose(before -> layout.make(month)).onSuccess(done -> months.add(month));
            }
        }
        return made;
    }

    private static Set<YearMonth> monthsOf(List<Outgoing> batch) {
        Set<YearMonth> months = new TreeSet<>();
        for (Outgoing event : batch) {
            months.add(monthOf(event.receivedMillis()));
        }
        return months;
    }

    private static YearMonth monthOf(long millis) {
        return YearMonth.from(Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC));
    }

    private void keepUp() {
        if (keeping == null) {
            keeping = timers.every(KEEP_EVERY, () -> within(keep())
                    .onFailure(why -> LOG.warn(
                            "postgres_upkeep_failed destination={} why={}",
                            settings.name(),
                            PgFailure.words(why, secrets))));
        }
    }

    /** The next month's partition is made before it is needed; months that are too old are dropped, never the current one. */
    private Future<Void> keep() {
        YearMonth now = monthOf(clock.wallMillis());
        return make(new TreeSet<>(Set.of(now, now.plusMonths(1)))).compose(made -> drop());
    }

    private Future<Void> drop() {
        if (settings.retention().isZero()) {
            return Future.succeededFuture();
        }
        long before = clock.wallMillis() - settings.retention().toMillis();
        return layout.dropBefore(Instant.ofEpochMilli(before))
                .onSuccess(dropped -> {
                    months.removeAll(dropped);
                    dropped.forEach(month ->
                            LOG.info("postgres_month_dropped destination={} month={}", settings.name(), month));
                })
                .mapEmpty();
    }

    private Future<Void> within(Future<Void> work) {
        return Deadline.of(
                work,
                settings.timeout(),
                Future.failedFuture("no answer within " + settings.timeout().toMillis() + " ms"),
                timers);
    }
}

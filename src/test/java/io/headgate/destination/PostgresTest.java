package io.headgate.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.Eventually;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries to a real PostgreSQL, whose sessions are not in UTC. */
class PostgresTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private static Path dir;

    private static RealPostgres server;

    private final Loop loop = new Loop();
    private final List<Destination> held = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = new RealPostgres(dir);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        held.forEach(destination -> loop.on(destination::close));
        loop.close();
        server.run("DROP TABLE IF EXISTS events, headgate_schema, events_2026_10, events_2026_11 CASCADE");
    }

    @Test
    void anEventIsARow() {
        Destination postgres = open();

        assertThat(loop.deliver(postgres, Events.events(2))).isEqualTo(new Answer.Delivered());

        assertThat(
                        server.rows(
                                "SELECT event_id, event_time AT TIME ZONE 'UTC', event_name, session_id, user_id,"
                                        + " anonymous_id, source, received_at AT TIME ZONE 'UTC', position, rest FROM events ORDER BY position"))
                .containsExactly(
                        Events.id(0) + "|2026-11-21 09:59:58|page_view|s-0|null|a-1|shop|2026-11-21 10:00:00.123"
                                + "|2-1795255200123-0|null",
                        Events.id(1) + "|2026-11-21 09:59:58|page_view|s-1|null|a-1|shop|2026-11-21 10:00:00.123"
                                + "|2-1795255200123-1|null");
        assertThat(server.rows("SELECT properties->>'text', context->>'medium' FROM events WHERE event_id = '"
                        + Events.id(1) + "'"))
                .containsExactly("grün 🚀|cpc");
    }

    @Test
    void whatTheRouteDroppedIsNullAndWhatItAddedIsInTheRest() {
        Destination postgres = open();

        loop.deliver(
                postgres,
                List.of(
                        Events.shaped(1, "{}"),
                        Events.shaped(
                                2,
                                """
                {"mail":"a@b.example","price": 12345678901234567890.12345678901234567890,"user_id":17,\
                "timestamp":"2026-11-21T11:00:00.123456789+01:00","properties":null,"deep":{"a":[1,{"b":"ü"}]}}""")));

        assertThat(server.rows("SELECT event_time AT TIME ZONE 'UTC', session_id, user_id, properties, context, rest"
                        + " FROM events ORDER BY position"))
                .containsExactly(
                        "null|null|null|null|null|null",
                        "2026-11-21 10:00:00.123457|null|null|null|null|{\"deep\": {\"a\": [1, {\"b\": \"ü\"}]},"
                                + " \"mail\": \"a@b.example\", \"price\": 12345678901234567890.12345678901234567890,"
                                + " \"user_id\": 17, \"timestamp\": \"2026-11-21T11:00:00.123456789+01:00\"}");
    }

    @Test
    void whatIsDeliveredAgainIsThereOnce() {
        Destination postgres = open();
        List<Outgoing> batch = Events.events(3);

        loop.deliver(postgres, batch);
        assertThat(loop.deliver(postgres, batch)).isEqualTo(new Answer.Delivered());
        assertThat(loop.deliver(postgres, List.of(batch.get(0), batch.get(0), Events.event(9))))
                .isEqualTo(new Answer.Delivered());

        assertThat(count()).isEqualTo(4);
    }

    @Test
    void twoSendersThatUsedOneIdAreTwoRowsThoughTheSessionIsDropped() {
        Destination postgres = open();

        loop.deliver(
                postgres,
                List.of(
                        Events.sent("shop", "s-1", 1, "page_view", Events.RECEIVED, "{}"),
                        Events.sent("shop", "s-2", 1, "page_view", Events.RECEIVED, "{}"),
                        Events.sent("app", "s-1", 1, "page_view", Events.RECEIVED, "{}")));

        assertThat(count()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":{\"a\":\"\\u0000\"}}",
                "{\"properties\":{\"a\":\"\\ud800\"}}",
                "{\"properties\":{\"a\":1e200000}}",
                "{\"user_id\":\"\\u0000\"}",
                "{\"user_id\":\"\\ud800\"}",
                "{\"timestamp\":\"0000-01-01T00:00:00Z\"}",
                "{\"timestamp\":\"2026-11-21T10:00:00+23:59\"}",
                "{\"timestamp\":\"yesterday noon or so\"}"
            })
    void whatPostgresCannotHoldIsRefusedAndNoneOfItsBatchIsTaken(String poison) {
        Destination postgres = open();

        Answer answer = loop.deliver(postgres, List.of(Events.event(1), Events.shaped(2, poison), Events.event(3)));

        assertThat(answer).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.request()).startsWith("INSERT INTO \"events\" at 127.0.0.1:");
            assertThat(refused.answer()).startsWith("22");
        });
        assertThat(count()).isZero();
        assertThat(loop.deliver(postgres, List.of(Events.event(1), Events.event(3))))
                .isEqualTo(new Answer.Delivered());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T10:00:00Z,              2026-11-21 10:00:00,        false",
        "2026-11-21t10:00:00z,              2026-11-21 10:00:00,        false",
        "2026-11-21T10:00:00.123456Z,       2026-11-21 10:00:00.123456, false",
        "2026-11-21T10:00:00.1234567Z,      2026-11-21 10:00:00.123457, true",
        "2026-11-21T10:00:00-00:00,         2026-11-21 10:00:00,        true",
        "2026-11-21T23:30:00-05:30,         2026-11-22 05:00:00,        true",
        "2016-12-31T23:59:60Z,              2017-01-01 00:00:00,        true",
        "9999-12-31T23:59:59.999999999Z,    10000-01-01 00:00:00,       true",
        "0001-01-01T00:00:00Z,              0001-01-01 00:00:00,        false"
    })
    void aTimeIsKeptAndAsItWasPostedTooWhereItSaysMore(String posted, String kept, boolean more) {
        Destination postgres = open();

        loop.deliver(postgres, List.of(Events.shaped(1, "{\"timestamp\":\"" + posted + "\"}")));

        assertThat(server.rows("SELECT event_time AT TIME ZONE 'UTC', rest->>'timestamp' FROM events"))
                .containsExactly(kept + "|" + (more ? posted : "null"));
    }

    @Test
    void aMonthHasItsPartitionAlsoOneOfThePast() {
        Destination postgres = open();

        loop.deliver(
                postgres,
                List.of(
                        Events.event(1, Instant.parse("2024-02-29T23:59:59.999Z")),
                        Events.event(2, Instant.parse("2024-03-01T00:00:00Z"))));

        assertThat(server.rows("SELECT tableoid::regclass FROM events ORDER BY received_at"))
                .containsExactly("events_2024_02", "events_2024_03");
    }

    @Test
    void aMonthThatSomebodyDroppedIsMadeAgain() {
        Destination postgres = open();
        loop.deliver(postgres, Events.events(1));
        server.run("DROP TABLE events_2026_11");

        assertThat(loop.deliver(postgres, Events.events(1))).isInstanceOf(Answer.Failed.class);
        assertThat(loop.deliver(postgres, Events.events(1))).isEqualTo(new Answer.Delivered());
    }

    @Test
    void aMonthIsDroppedWhenAllOfItIsOlderThanTheRetentionAndTheCurrentOneNever() {
        Duration retention = Duration.ofDays(30);
        Destination first = open(retention);
        loop.deliver(
                first,
                List.of(
                        Events.event(1, Instant.parse("2025-09-30T23:59:59.999Z")),
                        Events.event(2, Instant.parse("2025-10-01T00:00:00Z"))));
        Instant limit = Instant.parse("2025-10-31T00:00:00Z");
        loop.clock.step(Duration.between(Instant.ofEpochMilli(loop.clock.wallMillis()), limit.minusMillis(1)));
        open(retention);
        assertThat(count()).isEqualTo(2);

        loop.clock.step(Duration.ofMillis(1));
        open(retention);
        assertThat(server.rows("SELECT tableoid::regclass FROM events")).containsExactly("events_2025_10");

        loop.clock.step(Duration.ofDays(1).plusMillis(1));
        open(Duration.ofMillis(1));
        assertThat(server.rows("SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                        + " WHERE inhparent = 'events'::regclass ORDER BY 1"))
                .containsExactly("events_2025_11", "events_2025_12");
    }

    @Test
    void manyMayOpenAtOnceAndAgain() {
        List<Destination> many = List.of(make(uri()), make(uri()), make(uri()), make(uri()));

        Loop.await(Future.all(many.stream().map(each -> loop.begin(each::open)).toList()));
        open();

        assertThat(server.rows("SELECT relation, version FROM headgate_schema")).containsExactly("events|1");
    }

    @Test
    void aTableOfANewerHeadgateIsLeftAlone() {
        open();
        server.run("UPDATE headgate_schema SET version = 99");

        assertThatThrownBy(this::open).hasMessageContaining("version 99").hasMessageContaining("newer Headgate");
    }

    @Test
    void aTableThatIsNotOursIsLeftAlone() {
        server.run("CREATE TABLE events (id integer)");

        assertThatThrownBy(this::open).hasMessageContaining("already exists");
    }

    @Test
    void aUniqueIndexOfSomebodyElseRefusesAndSwallowsNothing() {
        Destination postgres = open();
        server.run("CREATE UNIQUE INDEX ON events (user_id, received_at)");
        loop.deliver(postgres, List.of(Events.shaped(1, "{\"user_id\":\"u\"}")));

        assertThat(loop.deliver(postgres, List.of(Events.shaped(2, "{\"user_id\":\"u\"}"))))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.answer())
                        .startsWith("23505"));
    }

    @Test
    void aConnectionThatIsLostInMidTransactionIsAFailureAndTheNextIsMade() throws Exception {
        Destination postgres = open();
        loop.deliver(postgres, List.of(Events.event(1)));
        Future<Answer> blocked;
        try (Connection other = server.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE");
            blocked = loop.begin(() -> postgres.deliver(List.of(Events.event(2))));
            String waiting = "FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT%'";
            Eventually.isTrue(() -> server.rows("SELECT pid " + waiting).size() == 1);

            server.run("SELECT pg_terminate_backend(pid) " + waiting);
            assertThat(Loop.await(blocked)).isInstanceOf(Answer.Failed.class);
        }

        assertThat(loop.deliver(postgres, List.of(Events.event(2)))).isEqualTo(new Answer.Delivered());
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void aLockThatSomebodyHoldsIsAFailureInTimeAndNothingWaitsOn() throws Exception {
        Destination postgres = open(server.uri(), Duration.ofMillis(1500));
        loop.deliver(postgres, List.of(Events.event(1)));
        try (Connection other = server.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE");

            assertThat(loop.deliver(postgres, List.of(Events.event(2)))).isInstanceOf(Answer.Failed.class);

            Eventually.isTrue(() -> server.rows(
                            "SELECT pid FROM pg_stat_activity WHERE query LIKE 'INSERT%'" + " AND state = 'active'")
                    .isEmpty());
        }
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aServerThatRestartsIsFoundAgain() {
        Destination postgres = open();
        loop.deliver(postgres, List.of(Events.event(1)));

        server.stop();
        assertThat(loop.deliver(postgres, List.of(Events.event(2))))
                .isInstanceOfSatisfying(Answer.Failed.class, failed -> assertThat(failed.answer())
                        .doesNotContain("a-secret-password"));
        server.startAgain();

        Eventually.isTrue(() -> loop.deliver(postgres, List.of(Events.event(2))).equals(new Answer.Delivered()));
        assertThat(count()).isEqualTo(2);
    }

    private Destination open() {
        return open(Duration.ZERO);
    }

    private Destination open(Duration retention) {
        return hold(loop.open(settings(server.uri(), "events", retention, TIMEOUT)));
    }

    private Destination open(String uri, Duration timeout) {
        return hold(loop.open(settings(uri, "events", Duration.ZERO, timeout)));
    }

    private Destination make(String uri) {
        return hold(loop.make(settings(uri, "events", Duration.ZERO, TIMEOUT)));
    }

    private Destination hold(Destination destination) {
        held.add(destination);
        return destination;
    }

    private static String uri() {
        return server.uri();
    }

    private static DestinationSettings.Postgres settings(
            String uri, String table, Duration retention, Duration timeout) {
        Limits limits = new Limits(1_000, 1 << 20, 2, 0, Duration.ZERO);
        return new DestinationSettings.Postgres("warehouse", uri, table, retention, timeout, limits);
    }

    private static int count() {
        return Integer.parseInt(server.rows("SELECT count(*) FROM events").get(0));
    }
}

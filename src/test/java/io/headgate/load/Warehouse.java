package io.headgate.load;

import io.headgate.destination.RealPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Every event that was answered as stored is a row of a real PostgreSQL, once, though the gateway is killed again and again
 * on the way.
 *
 * <p>Arguments: {@code --events} 1000000, {@code --kills} 20, {@code --rate} 6000 events/s (0: as fast as they are answered),
 * {@code --fsync} always.
 */
public final class Warehouse {
    private static final int LANES = 8;
    private static final int SESSIONS_EACH = 25;
    private static final int BATCH = 50;
    private static final String ROUTE = "warehouse";
    private static final long LIVE_WITHIN_SECONDS = 60;
    private static final long CAUGHT_UP_WITHIN_SECONDS = 900;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** As it comes from a package: each transaction is on the disk before it is answered; and it keeps when that was. */
    private static final Map<String, String> SERVER =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on", "track_commit_timestamp", "on");

    private final int total;
    private final int kills;
    private final int rate;
    private final Rig rig;
    private final RealPostgres postgres;
    private final Numbered events = new Numbered(1);
    private final Ledger ledger = Ledger.inMemory(LANES * SESSIONS_EACH);

    private Warehouse(Options options, Rig rig, RealPostgres postgres) {
        this.total = options.number("events", 1_000_000);
        this.kills = options.number("kills", 20);
        this.rate = options.number("rate", 6_000);
        this.rig = rig;
        this.postgres = postgres;
    }

    public static void main(String... arguments) throws Exception {
        System.exit(run(arguments) ? 0 : 1);
    }

    /** Runs it and says whether every promise was kept; what was seen is printed. */
    public static boolean run(String... arguments) throws Exception {
        Options options = new Options(arguments).only("events", "kills", "rate", "fsync");
        Path dir = Files.createTempDirectory("postgres");
        try (RealPostgres postgres = new RealPostgres(dir, SERVER);
                Rig rig = Rig.withRedis(
                        options.text("fsync", "always"),
                        List.of(),
                        "destinations=[{name: warehouse, type: postgres, uri: '" + postgres.uri() + "'}]",
                        "routes=[{name: " + ROUTE + ", destination: warehouse}]")) {
            Thread hook = new Thread(rig::close); // PostgreSQL ends by itself
            Runtime.getRuntime().addShutdownHook(hook);
            boolean passed = new Warehouse(options, rig, postgres).run();
            if (!passed) {
                rig.keepDir();
                System.out.println("kept for a look: " + rig.dir());
            }
            Runtime.getRuntime().removeShutdownHook(hook);
            return passed;
        } finally {
            delete(dir);
        }
    }

    private boolean run() throws IOException, InterruptedException, SQLException {
        rig.startGateway();
        if (!rig.awaitLive(LIVE_WITHIN_SECONDS)) {
            System.out.println("FAILED: the gateway does not start");
            return false;
        }
        long began = System.nanoTime();
        ClosedLoop load = new ClosedLoop(
                rig.client(), events, ledger, LANES, SESSIONS_EACH, BATCH, total, rate == 0 ? Integer.MAX_VALUE : rate);
        load.start();
        for (int kill = 1; kill <= kills; kill++) {
            awaitPosted((long) total * kill / (kills + 1));
            Map<String, Long> books = rig.streams().books(ROUTE);
            rig.killGateway();
            rig.startGateway();
            System.out.printf(
                    "kill %d after %.1f s: posted=%d acknowledged=%d%n",
                    kill, (System.nanoTime() - began) / 1e9, ledger.ids(), books.getOrDefault("acknowledged", 0L));
        }
        awaitPosted(total);
        boolean posted = load.await(CAUGHT_UP_WITHIN_SECONDS);
        double postedSeconds = (System.nanoTime() - began) / 1e9;
        boolean caughtUp = posted && awaitCaughtUp();
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "posted after %.1f s, %d batches posted again; caught up after %.1f s: %.0f rows/s over all%n",
                postedSeconds, load.again(), seconds, ledger.ids() / seconds);
        return judge(caughtUp);
    }

    /** A gateway that could not start, since something took its port while it was away, is started again. */
    private void awaitPosted(long ids) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CAUGHT_UP_WITHIN_SECONDS);
        while (ledger.ids() < ids && System.nanoTime() < end) {
            rig.startGateway();
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Until what is on the streams is acknowledged, and nothing of it waits elsewhere. */
    private boolean awaitCaughtUp() throws InterruptedException {
        Status status = rig.awaitRest(CAUGHT_UP_WITHIN_SECONDS);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CAUGHT_UP_WITHIN_SECONDS);
        while (acknowledged() < rig.streams().length() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return status != null
                && status.atRest()
                && acknowledged() == rig.streams().length();
    }

    private long acknowledged() {
        return rig.streams().books(ROUTE).getOrDefault("acknowledged", 0L);
    }

    private boolean judge(boolean caughtUp) throws SQLException {
        Receipts rows = new Receipts(events, ledger);
        read(rows);
        String counted = postgres.rows("SELECT count(*), count(DISTINCT event_id) FROM headgate_events")
                .get(0);
        boolean sound = caughtUp
                && counted.equals(ledger.ids() + "|" + ledger.ids())
                && rows.missing() == 0
                && rows.twice() == 0
                && rows.foreign() == 0;
        Map<String, Long> books = rig.streams().books(ROUTE);
        System.out.println("rows|distinct=" + counted + " " + rows + " books=" + books);
        System.out.println(times());
        System.out.printf(
                "%s events=%d kills=%d rate=%d %s postgres=%s%n",
                sound ? "PASSED" : "FAILED",
                total,
                kills,
                rate,
                Machine.describe(rig.streams()),
                postgres.rows("SELECT current_setting('server_version') || ', fsync ' || current_setting('fsync')"
                        + " || ', synchronous_commit ' || current_setting('synchronous_commit')"));
        return sound;
    }

    /** In pages, so that memory does not depend on how many there are. */
    private void read(Receipts rows) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(10_000);
            try (ResultSet result = statement.executeQuery("SELECT event_id FROM headgate_events")) {
                while (result.next()) {
                    rows.took(result.getString(1));
                }
            }
        }
    }

    /** From an event's reception to the commit of its row, and rows between the first and the last commit. */
    private String times() {
        return postgres.rows(
                        """
                        WITH r AS (SELECT received_at, pg_xact_commit_timestamp(xmin) AS at FROM headgate_events)
                        SELECT format('accepted to row: p50_ms=%s p99_ms=%s worst_ms=%s rows/s=%s',
                          round(1000 * percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at - received_at))),
                          round(1000 * percentile_cont(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM at - received_at))),
                          round(1000 * max(extract(epoch FROM at - received_at))),
                          round(count(*) / greatest(0.001, extract(epoch FROM max(at) - min(at))))) FROM r""")
                .get(0);
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

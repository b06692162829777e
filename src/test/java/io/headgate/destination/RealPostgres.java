package io.headgate.destination;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL on loopback, of the binaries that Maven brings; can be stopped and started again. */
public final class RealPostgres implements AutoCloseable {
    private final Path dir;
    private final Map<String, String> settings;
    private EmbeddedPostgres server;
    private final int port;

    /** With settings of its configuration file; it writes each transaction to the disk only when they say so. */
    public RealPostgres(Path dir, Map<String, String> settings) {
        this.dir = dir;
        this.settings = settings;
        this.server = start(0);
        this.port = server.getPort();
    }

    RealPostgres(Path dir) {
        this(dir, Map.of());
    }

    int port() {
        return port;
    }

    public String uri() {
        return "postgresql://postgres:a-secret-password@127.0.0.1:" + port + "/postgres";
    }

    void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void startAgain() {
        server = start(port);
    }

    public Connection connect() {
        try {
            return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "any");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void run(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Rows, with a bar between the columns. */
    public List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return rows;
    }

    @Override
    public void close() {
        stop();
    }

    private EmbeddedPostgres start(int on) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
            settings.forEach(builder::setServerConfig);
            return builder.setDataDirectory(dir)
                    .setCleanDataDirectory(false)
                    .setPort(on)
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("timezone", "America/New_York")
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

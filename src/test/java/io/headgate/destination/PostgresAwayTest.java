package io.headgate.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of it where no PostgreSQL is. */
class PostgresAwayTest {
    private static final String SECRET = "a-secret%2Fpassword";

    private final Loop loop = new Loop();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aServerThatNeverAnswersIsAFailureInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Destination postgres = loop.make(settings(uri(silent.getLocalPort()), "events"));

            assertThatThrownBy(() -> loop.on(postgres::open)).hasMessageContaining("no answer within 1000 ms");
            for (int i = 0; i < 3; i++) {
                assertThat(loop.deliver(postgres, Events.events(1)))
                        .isEqualTo(new Answer.Failed(
                                "INSERT INTO \"events\" at 127.0.0.1:" + silent.getLocalPort() + "/db",
                                "no answer within 1000 ms",
                                null));
            }
        }
    }

    @Test
    void nobodyThereIsAFailureAtOnce() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        Destination postgres = loop.make(settings(uri(port), "events"));

        assertThat(loop.deliver(postgres, Events.events(1)))
                .isInstanceOfSatisfying(Answer.Failed.class, failed -> assertThat(failed.answer())
                        .isEqualTo("no connection"));
        assertThatThrownBy(() -> loop.on(postgres::open))
                .hasMessageContaining("the table events cannot be made ready: no connection");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Events", "a-b", "a\"b", "a.b.c", "events; DROP TABLE x", "1a", "a.", ".b"})
    void aNameThatIsNoneIsRefused(String table) {
        assertThatThrownBy(() -> loop.make(settings(uri(5432), table)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("table cannot be " + table);
    }

    @Test
    void aNameOf50CharactersIsTakenAndNoLongerOne() {
        loop.make(settings(uri(5432), "marketing." + "x".repeat(50)));

        assertThatThrownBy(() -> loop.make(settings(uri(5432), "x".repeat(51))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://u:a-secret%2Fpassword@h/db", "postgresql://u:a-secret%2Fpassword@h:x/db", ""})
    void anAddressThatIsNoneIsRefusedWithoutShowingIt(String uri) {
        assertThatThrownBy(() -> loop.make(settings(uri, "events")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("uri must be postgresql://")
                .hasMessageNotContaining("secret");
    }

    private static String uri(int port) {
        return "postgresql://me:" + SECRET + "@127.0.0.1:" + port + "/db";
    }

    private static DestinationSettings.Postgres settings(String uri, String table) {
        Limits limits = new Limits(1_000, 1 << 20, 2, 0, Duration.ZERO);
        return new DestinationSettings.Postgres("warehouse", uri, table, Duration.ZERO, Duration.ofSeconds(1), limits);
    }
}

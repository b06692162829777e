package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public pages, what is not there, and how the door closes. */
class PagesTest {
    private OpenDoor gate;
    private Client client;

    @BeforeEach
    void open() {
        gate = OpenDoor.open();
        client = gate.client();
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    @Test
    void theTaxonomyInForceIsShown() {
        assertThat(client.get("/v1/schema").text()).isEqualTo("{\"types\":[\"page_view\"]}");
        assertThat(client.get("/v1/schema/page_view?x=y").text()).isEqualTo("{\"title\":\"page_view\"}");
        assertThat(client.get("/v1/schema/nothing").status()).isEqualTo(404);
    }

    @Test
    void readyMeansThatEventsCanBeTakenNow() {
        assertThat(client.get("/readyz").status()).isEqualTo(200);
        gate.road.ready = false;
        assertThat(client.get("/readyz").status()).isEqualTo(503);
        assertThat(client.get("/livez").status()).isEqualTo(200);
        gate.road.ready = true;
        assertThat(client.get("/readyz").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            GET    /              | 404 |
            GET    /v1            | 404 |
            GET    /v1/events/    | 404 |
            POST   /v1/event      | 404 |
            GET    /v1/schema/    | 404 |
            GET    /../v1/schema  | 404 |
            GET    *              | 404 |
            GET    /v1/events     | 405 | POST, OPTIONS
            PUT    /v1/events     | 405 | POST, OPTIONS
            HEAD   /v1/events     | 405 | POST, OPTIONS
            POST   /v1/schema     | 405 | GET, HEAD
            DELETE /v1/schema/x   | 405 | GET, HEAD
            OPTIONS /livez        | 405 | GET, HEAD
            POST   /readyz        | 405 | GET, HEAD
            BREW   /openapi.json  | 405 | GET, HEAD
            """)
    void whatIsNotThereIsToldSo(String line, int status, String allow) {
        boolean head = line.startsWith("HEAD");
        client.send(line.replaceAll(" +", " ") + " HTTP/1.1\r\nHost: gate\r\n\r\n");
        Client.Reply reply = head ? client.replyToHead() : client.reply();

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("allow")).isEqualTo(allow);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(client.get("/livez").status()).isEqualTo(200);
    }

    @Test
    void headAnswersAsGetWithoutABody() {
        for (String path : List.of("/v1/schema", "/v1/schema/page_view", "/openapi.json", "/livez", "/readyz")) {
            Client.Reply get = client.get(path);
            client.send("HEAD " + path + " HTTP/1.1\r\nHost: gate\r\n\r\n");

            assertThat(client.replyToHead().headers()).isEqualTo(get.headers());
        }
    }

    @Test
    void aDoorThatDrainsSaysSoOnKeptAndOnNewConnectionsAndTakesEventsUntilItStops() {
        assertThat(client.get("/readyz").status()).isEqualTo(200);

        gate.door.drain();

        assertDrains(client);
        for (int i = 0; i < 2 * OpenDoor.LANES; i++) {
            try (Client late = gate.client()) {
                assertDrains(late);
            }
        }
        gate.door.stop().await();
        assertThat(client.ended()).isTrue();
        // the system may take a last connection into its queue while the socket closes
        OpenDoor.eventually(this::refusesConnections);
    }

    private boolean refusesConnections() {
        try {
            gate.client().close();
            return false;
        } catch (RuntimeException e) {
            assertThat(e).hasRootCauseInstanceOf(ConnectException.class);
            return true;
        }
    }

    /** Asks twice over one connection, for a door that closes it after the first answer has stopped already. */
    private static void assertDrains(Client client) {
        for (int i = 0; i < 2; i++) {
            Client.Reply readiness = client.get("/readyz");
            assertThat(readiness.status()).isEqualTo(503);
            assertThat(readiness.text()).isEqualTo("{\"status\":\"draining\"}");
            assertThat(readiness.header("connection")).isNull();
            assertThat(client.get("/livez").status()).isEqualTo(200);
            assertThat(client.ask(Client.postJson("{}")).status()).isEqualTo(202);
        }
    }

    @Test
    void aRequestUnderWayIsAnsweredWhileTheDoorCloses() {
        try (Client idle = gate.client()) {
            assertThat(idle.get("/livez").status()).isEqualTo(200);
            gate.road.hold = true;
            client.send(Client.postJson("{}"));
            OpenDoor.eventually(() -> gate.road.held.size() == 1);

            var stopped = gate.door.stop();
            assertThat(idle.ended()).isTrue();
            assertThat(stopped.isComplete()).isFalse();
            gate.road.held.remove().complete(gate.road.answer);

            Client.Reply reply = client.reply();
            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.header("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
            client.close();
            OpenDoor.eventually(stopped::succeeded);
        }
    }

    @Test
    void requestsAreCountedByWhatTheyEndedIn() {
        client.ask(Client.postJson("{}"));
        client.get("/nowhere");

        assertThat(gate.ended(Reason.STORED)).isEqualTo(1);
        assertThat(gate.ended(Reason.NOT_FOUND)).isEqualTo(1);
        assertThat(gate.connections()).isEqualTo(1);
        assertThat(gate.metric("headgate_http_request_duration_seconds_count")).isEqualTo(1);
    }
}

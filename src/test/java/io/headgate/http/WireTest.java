package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 as it is on the wire: order, keep-alive, limits of the head, and shapes that are no HTTP. */
class WireTest {
    private static final String POST = String.join(
            "\r\n",
            "POST /v1/events HTTP/1.1",
            "Host: gate",
            "X-Write-Key: demo",
            "Content-Type: application/json",
            "");
    private static OpenDoor gate;

    @BeforeAll
    static void open() {
        gate = OpenDoor.open();
    }

    @AfterAll
    static void close() {
        gate.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Length: 2, 2\r\n\r\n{}",
                "Content-Length: +2\r\n\r\n{}",
                "Content-Length: -2\r\n\r\n{}",
                "Content-Length: 0x2\r\n\r\n{}",
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}",
                "Transfer-Encoding : chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: identity, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked;q=1\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip\r\n\r\n{}",
                "Transfer-Encoding: ,chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding:\r\n\r\n{}",
                "Content-Length : 2\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}0\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
                "X-Split\r\n: 1\r\nContent-Length: 2\r\n\r\n{}",
                "X-Nul: a\0b\r\nContent-Length: 2\r\n\r\n{}",
            })
    void whatTwoServersCouldReadDifferentlyIsRefusedAndClosed(String rest) {
        gate.road.taken.clear();
        try (Client client = gate.client()) {
            Client.Reply reply = client.ask(POST + rest + "GET /livez HTTP/1.1\r\nHost: gate\r\n\r\n");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("connection")).isEqualTo("close");
            assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
            assertThat(client.ended()).as("nothing behind it is answered").isTrue();
            assertThat(gate.road.taken).isEmpty();
        }
        OpenDoor.eventually(() -> gate.inFlight() == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1 x\r\nHost: gate\r\n\r\n",
                "nonsense\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /livez HTTP/1.1\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /livez HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /livez HTTP/1.1\r\nHost: gate\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            })
    void whatIsNoRequestIsRefused(String bytes) {
        try (Client client = gate.client()) {
            assertThat(client.ask(bytes).status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "Chunked", "CHUNKED", " chunked\t"})
    void aChunkedBodyIsReadHoweverTheWordIsSpelt(String coding) {
        gate.road.taken.clear();
        try (Client client = gate.client()) {
            Client.Reply reply =
                    client.ask(POST + "Transfer-Encoding: " + coding + "\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n");

            assertThat(reply.status()).isEqualTo(202);
            assertThat(gate.road.taken.remove().body()).asString().isEqualTo("{}");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            all.append(POST).append("Content-Length: 2\r\n\r\n{}");
            all.append("GET /livez HTTP/1.1\r\nHost: gate\r\n\r\n");
            all.append("GET /nowhere HTTP/1.1\r\nHost: gate\r\n\r\n");
        }
        try (Client client = gate.client()) {
            client.send(all.toString());

            for (int i = 0; i < 50; i++) {
                assertThat(client.reply().status()).isEqualTo(202);
                assertThat(client.reply().status()).isEqualTo(200);
                assertThat(client.reply().status()).isEqualTo(404);
            }
        }
    }

    @Test
    void aPipelinedRequestWaitsForTheOneBeforeIt() {
        try (OpenDoor own = OpenDoor.open();
                Client client = own.client()) {
            own.road.hold = true;
            client.send(Client.postJson("{}")).send("GET /livez HTTP/1.1\r\nHost: gate\r\n\r\n");
            OpenDoor.eventually(() -> own.road.held.size() == 1);

            own.road.held.remove().complete(own.road.answer);

            assertThat(client.reply().status()).isEqualTo(202);
            assertThat(client.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void aConnectionGoesOnUnlessTheClientWantsItClosed() {
        try (Client client = gate.client();
                Client old = gate.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.ask(Client.postJson("{}")).status()).isEqualTo(202);
            }
            Client.Reply last = client.ask("GET /livez HTTP/1.1\r\nHost: gate\r\nConnection: close\r\n\r\n");

            assertThat(last.header("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
            assertThat(old.ask("GET /livez HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
            assertThat(old.ended()).isTrue();
        }
    }

    /** One is refused by the decoder, one by the door's own look at the head. */
    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n\r\n", "GET /livez HTTP/1.1\r\n\r\n"})
    void aStatusHasItsStandardPhraseWhoeverFindsTheFault(String bytes) {
        try (Client client = gate.client()) {
            Client.Reply reply = client.ask(bytes);

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.phrase()).isEqualTo("Bad Request");
        }
    }

    @Test
    void nothingBehindALastAnswerIsTaken() {
        gate.road.taken.clear();
        try (Client client = gate.client()) {
            Client.Reply reply = client.ask("GET /livez HTTP/1.1\r\n\r\n" + POST + "Content-Length: 2\r\n\r\n{}");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
            assertThat(gate.road.taken).isEmpty();
        }
    }

    @Test
    void aRequestLineOfTheLimitIsReadAndOneBytePastItRefused() {
        String around = "GET /livez? HTTP/1.1";
        String query = "q".repeat(Lane.LINE_BYTES_MAX - around.length());
        try (Client client = gate.client();
                Client past = gate.client()) {
            assertThat(client.get("/livez?" + query).status()).isEqualTo(200);

            Client.Reply reply = past.get("/livez?" + query + "q");

            assertThat(reply.status()).isEqualTo(414);
            assertThat(reply.text()).contains("uri-too-long");
            assertThat(past.ended()).isTrue();
        }
    }

    @Test
    void headersOfTheLimitAreReadAndLargerOnesRefused() {
        String head = "GET /livez HTTP/1.1\r\nHost: gate\r\nX-Pad: ";
        int others = "Host: gate".length() + "X-Pad: ".length();
        try (Client client = gate.client();
                Client past = gate.client()) {
            String pad = "p".repeat(Lane.HEADER_BYTES_MAX - others);
            assertThat(client.ask(head + pad + "\r\n\r\n").status()).isEqualTo(200);

            Client.Reply reply = past.ask(head + pad + "p\r\n\r\n");

            assertThat(reply.status()).isEqualTo(431);
            assertThat(reply.text()).contains("headers-too-large");
            assertThat(past.ended()).isTrue();
        }
    }

    @Test
    void noUpgradeToHttp2OrToWebSocket() {
        try (Client client = gate.client()) {
            String h2c = Client.head(
                    "GET /livez HTTP/1.1",
                    "Host: gate",
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAAQAAP__");
            String webSocket = Client.head(
                    "GET /livez HTTP/1.1",
                    "Host: gate",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");

            assertThat(client.ask(h2c).status()).isEqualTo(200);
            assertThat(client.ask(webSocket).status()).isEqualTo(200);
        }
    }

    @Test
    void answersDoNotTellWhatServerThisIs() {
        try (Client client = gate.client()) {
            Client.Reply reply = client.get("/livez");

            assertThat(reply.headers()).doesNotContainKeys("server", "x-powered-by");
            assertThat(reply.header("cache-control")).isEqualTo("no-store");
            assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
        }
    }
}

package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bodies go through, how large they may be, and that they go through whole or not at all. */
class BodyTest {
    private static final int BODY_MAX = 1_000;
    private static final int INFLATED_MAX = 20_000;

    private OpenDoor gate;

    @BeforeEach
    void open() {
        gate = OpenDoor.with()
                .bodyBytesMax(BODY_MAX)
                .inflatedBytesMax(INFLATED_MAX)
                .open();
    }

    @AfterEach
    void everythingIsGivenBack() {
        OpenDoor.eventually(() -> gate.inFlight() == 0);
        gate.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            application/json                      | 202 | false
            Application/JSON                      | 202 | false
            application/json; charset=utf-8       | 202 | false
            application/json;charset="UTF-8"      | 202 | false
            application/json; odata=verbose       | 202 | false
            text/plain                            | 202 | false
            text/plain;charset=UTF-8              | 202 | false
            application/x-ndjson                  | 202 | true
            application/x-ndjson; charset=utf-8   | 202 | true
            application/json; charset=iso-8859-1  | 415 | false
            text/plain; charset=utf-16            | 415 | false
            application/x-www-form-urlencoded     | 415 | false
            multipart/form-data; boundary=x       | 415 | false
            text/html                             | 415 | false
            application/jsonx                     | 415 | false
            ''                                    | 415 | false
            """)
    void contentTypes(String type, int status, boolean ndjson) {
        try (Client client = gate.client()) {
            Client.Reply reply = client.ask(Client.post("Content-Type: " + type + "\r\n", Client.ascii("{}")));

            assertThat(reply.status()).isEqualTo(status);
            if (status == 202) {
                assertThat(gate.road.taken.remove().ndjson()).isEqualTo(ndjson);
            } else {
                assertThat(gate.road.taken).isEmpty();
                assertThat(reply.header("accept")).contains("application/json", "application/x-ndjson", "text/plain");
            }
        }
    }

    /** needed, announced (-1 for chunks), array */
    @ParameterizedTest
    @CsvSource({
        "1, -1, 1024",
        "1, 5, 5",
        "700, 700, 700",
        "600, 100000, 1200",
        "600, 1000, 1000",
        "536870912, -1, 1073741824",
        "1073741823, 1073741824, 1073741824",
        "1073741824, 1073741824, 1073741824",
        "1073741824, -1, 2147483639",
        "1073741825, 2147483647, 2147483639",
        "2147483647, -1, 2147483647",
    })
    void theArrayOfABodyDoublesUpToTheLongestThereIs(int needed, long announced, int bytes) {
        assertThat(Body.room(needed, announced)).isEqualTo(bytes);
    }

    @Test
    void aBodyWithoutATypeIsRefused() {
        try (Client client = gate.client()) {
            assertThat(client.ask(Client.post("", Client.ascii("{}"))).status()).isEqualTo(415);
        }
    }

    @ParameterizedTest
    @CsvSource({"identity, 202", "br, 415", "deflate, 415", "'gzip, gzip', 415", "zstd, 415"})
    void contentEncodings(String encoding, int status) {
        try (Client client = gate.client()) {
            Client.Reply reply = client.ask(Client.post(
                    "Content-Type: application/json\r\nContent-Encoding: " + encoding + "\r\n", Client.ascii("{}")));

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("accept-encoding")).isEqualTo(status == 415 ? "gzip, identity" : null);
        }
    }

    @Test
    void aBodyOfTheLimitIsTakenAndOneBytePastItRefused() {
        try (Client client = gate.client()) {
            assertThat(client.ask(json(new byte[BODY_MAX])).status()).isEqualTo(202);

            Client.Reply reply = client.ask(json(new byte[BODY_MAX + 1]));

            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.text()).contains("body-too-large", "1000 bytes");
            assertThat(client.ended()).isTrue();
            assertThat(gate.road.taken).hasSize(1);
        }
    }

    @Test
    void anAnnouncedBodyPastTheLimitIsRefusedBeforeItIsSent() {
        try (Client client = gate.client()) {
            Client.Reply reply = client.ask(Client.postHead("Content-Length: 99999999999"));

            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.header("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void chunksAreCountedWhileTheyCome() {
        String chunk = "64\r\n" + "x".repeat(100) + "\r\n";
        try (Client atLimit = gate.client();
                Client past = gate.client()) {
            Client.Reply whole = atLimit.ask(chunked() + chunk.repeat(10) + "0\r\n\r\n");
            Client.Reply refused = past.ask(chunked() + chunk.repeat(10) + "1\r\nx\r\n");

            assertThat(whole.status()).isEqualTo(202);
            assertThat(gate.road.taken.remove().body()).hasSize(BODY_MAX);
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.header("connection")).isEqualTo("close");
            assertThat(past.ended()).isTrue();
        }
    }

    @Test
    void aBodyInPiecesArrivesAsItWasSent() {
        byte[] body = new byte[BODY_MAX];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) i;
        }
        byte[] request = json(body);
        try (Client client = gate.client()) {
            for (byte piece : request) {
                client.send(new byte[] {piece});
            }

            assertThat(client.reply().status()).isEqualTo(202);
            assertThat(gate.road.taken.remove().body()).isEqualTo(body);
        }
    }

    @Test
    void aGzipBodyIsInflatedUpToTheLimit() {
        byte[] atLimit = new byte[INFLATED_MAX];
        try (Client client = gate.client()) {
            assertThat(client.ask(gzipped(GunzipTest.gzip(atLimit))).status()).isEqualTo(202);
            assertThat(gate.road.taken.remove().body()).isEqualTo(atLimit);

            Client.Reply reply = client.ask(gzipped(GunzipTest.gzip(new byte[INFLATED_MAX + 1])));

            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.text()).contains("inflated-too-large", "20000 bytes");
            assertThat(client.get("/livez").status()).isEqualTo(200);
        }
    }

    @Test
    void aLargeGzipBodyIsInflatedAsideUpToTheLimit() {
        int max = 4 * Lane.LOOP_INFLATED_BYTES_MAX;
        byte[] liar = GunzipTest.gzip(new byte[max]);
        liar[liar.length - 2] = 0;
        try (OpenDoor large = OpenDoor.with().inflatedBytesMax(max).open();
                Client client = large.client()) {
            assertThat(client.ask(gzipped(GunzipTest.gzip(new byte[max]))).status())
                    .isEqualTo(202);
            assertThat(large.road.taken.remove().body()).hasSize(max);
            assertThat(client.ask(gzipped(GunzipTest.gzip(new byte[max + 1]))).status())
                    .isEqualTo(413);
            assertThat(client.ask(gzipped(GunzipTest.gzip(new byte[100 * max]))).status())
                    .isEqualTo(413);
            assertThat(client.ask(gzipped(liar)).status()).isEqualTo(400);
            OpenDoor.eventually(() -> large.inFlight() == 0);
        }
    }

    @Test
    void ofAGzipBodyCutAtAnyByteNothingIsTaken() {
        byte[] body = GunzipTest.gzip(Client.ascii("{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n"));
        try (Client client = gate.client()) {
            for (int cut = 0; cut < body.length; cut++) {
                Client.Reply reply = client.ask(gzipped(Arrays.copyOf(body, cut)));

                assertThat(reply.status()).as("cut at " + cut).isEqualTo(400);
                assertThat(reply.text()).contains("urn:headgate:problem:bad-gzip");
            }
            assertThat(gate.road.taken).isEmpty();
            assertThat(client.ask(gzipped(body)).status()).isEqualTo(202);
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() {
        try (Client client = gate.client()) {
            client.send(expecting("demo", 2));

            assertThat(client.replyToHead().status()).isEqualTo(100);
            assertThat(client.ask("{}").status()).isEqualTo(202);
        }
    }

    @Test
    void aClientThatAsksFirstIsRefusedBeforeItSends() {
        try (Client unknown = gate.client();
                Client large = gate.client()) {
            assertThat(unknown.ask(expecting("nobody", 2)).status()).isEqualTo(401);
            assertThat(unknown.ended()).isTrue();
            assertThat(large.ask(expecting("demo", BODY_MAX + 1)).status()).isEqualTo(413);
            assertThat(large.ended()).isTrue();
        }
    }

    private static byte[] json(byte[] body) {
        return Client.post("Content-Type: application/json\r\n", body);
    }

    private static byte[] gzipped(byte[] body) {
        return Client.post("Content-Type: application/x-ndjson\r\nContent-Encoding: gzip\r\n", body);
    }

    private static String chunked() {
        return Client.postHead("Transfer-Encoding: chunked");
    }

    private static String expecting(String key, int length) {
        return "POST /v1/events HTTP/1.1\r\nHost: gate\r\nX-Write-Key: " + key
                + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: " + length
                + "\r\n\r\n";
    }
}

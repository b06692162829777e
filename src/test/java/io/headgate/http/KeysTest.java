package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may post: the write key in its four places. */
class KeysTest {
    private static OpenDoor gate;

    @BeforeAll
    static void open() {
        gate = OpenDoor.with()
                .sources(
                        new SourceSettings("shop", "k-shop", List.of("*"), 0, 0),
                        new SourceSettings("blog", "k blog+&", List.of("*"), 0, 0))
                .open();
    }

    @AfterAll
    static void close() {
        gate.close();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            shop, X-Write-Key: k-shop,                ''
            shop, Authorization: Bearer k-shop,       ''
            shop, authorization: bearer k-shop,       ''
            shop, Authorization: Basic <k-shop:>,     ''
            blog, Authorization: Basic <k blog+&:>,   ''
            shop, X-Nothing: 1,                       ?write_key=k-shop
            shop, X-Nothing: 1,                       ?a=b&write_key=k-shop&c=d
            blog, X-Nothing: 1,                       ?write_key=k+blog%2B%26
            shop, X-Write-Key: k-shop,                ?write_key=other
            shop, Authorization: Bearer other,        ?write_key=k-shop
            """)
    void aKnownKeyNamesItsSource(String source, String header, String query) {
        try (Client client = gate.client()) {
            Client.Reply reply = client.ask(request(header, query));

            assertThat(reply.status()).isEqualTo(202);
            assertThat(gate.road.taken.remove().source()).isEqualTo(source);
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            X-Nothing: 1,                              ''
            X-Write-Key: K-SHOP,                       ''
            X-Write-Key: other,                        ?write_key=k-shop
            X-Nothing: 1,                              ?write_key=
            X-Nothing: 1,                              ?write_key=%zz
            X-Nothing: 1,                              ?xwrite_key=k-shop
            Authorization: Bearer,                     ''
            Authorization: Bearer k-shop2,             ''
            Authorization: Basic <k-shop:secret>,      ''
            Authorization: Basic <k-shop>,             ''
            Authorization: Basic !!,                   ''
            Authorization: Digest k-shop,              ''
            Authorization: k-shop,                     ''
            """)
    void anUnknownKeyIsToldSo(String header, String query) {
        try (Client client = gate.client()) {
            Client.Reply reply = client.ask(request(header, query));

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("www-authenticate")).isEqualTo("Bearer realm=\"headgate\"");
            assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
            assertThat(reply.text()).contains("\"type\":\"urn:headgate:problem:unknown-key\"", "\"status\":401");
            assertThat(gate.road.taken).isEmpty();
            assertThat(client.get("/livez").status())
                    .as("the connection goes on")
                    .isEqualTo(200);
        }
    }

    @Test
    void whoSentNoKeyIsToldWhereToPutIt() {
        try (Client client = gate.client()) {
            assertThat(client.ask(request("X-Nothing: 1", "")).text())
                    .contains("Authorization: Bearer", "Basic", "X-Write-Key", "write_key");
        }
    }

    private static String request(String header, String query) {
        int open = header.indexOf('<');
        String line = open < 0
                ? header
                : header.substring(0, open) + base64(header.substring(open + 1).replace(">", ""));
        return "POST /v1/events" + query + " HTTP/1.1\r\nHost: gate\r\n" + line
                + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    }

    private static String base64(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}

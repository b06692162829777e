package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pages may post, and which may read the answer. */
class CorsTest {
    private static OpenDoor closed;
    private static OpenDoor wide;

    @BeforeAll
    static void open() {
        SourceSettings named = new SourceSettings("named", "named", List.of("https://shop.example"), 0, 0);
        SourceSettings opaque = new SourceSettings("opaque", "opaque", List.of("null"), 0, 0);
        SourceSettings none = new SourceSettings("none", "none", List.of(), 0, 0);
        SourceSettings star = new SourceSettings("star", "star", List.of("*"), 0, 0);
        SourceSettings both = new SourceSettings("both", "both", List.of("https://shop.example", "*"), 0, 0);
        closed = OpenDoor.with().sources(named, opaque, none).open();
        wide = OpenDoor.with().sources(named, star, both).open();
    }

    @AfterAll
    static void close() {
        closed.close();
        wide.close();
    }

    /** door, key, origin, status, allowed origin (- for none), credentials */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            closed, named,   https://shop.example,      202, https://shop.example, true
            closed, named,   https://shop.example:8443, 403, -,                    false
            closed, named,   http://shop.example,       403, -,                    false
            closed, named,   https://evil.example,      403, -,                    false
            closed, named,   null,                      403, -,                    false
            closed, named,   *,                         403, -,                    false
            closed, named,   -,                         202, -,                    false
            closed, opaque,  null,                      202, null,                 false
            closed, opaque,  https://shop.example,      403, -,                    false
            closed, none,    https://shop.example,      403, -,                    false
            closed, none,    -,                         202, -,                    false
            closed, unknown, https://shop.example,      401, https://shop.example, true
            closed, unknown, https://evil.example,      401, -,                    false
            wide,   star,    https://any.example,       202, *,                    false
            wide,   star,    null,                      403, -,                    false
            wide,   star,    *,                         202, *,                    false
            wide,   both,    https://shop.example,      202, https://shop.example, true
            wide,   both,    https://any.example,       202, *,                    false
            wide,   named,   https://any.example,       403, -,                    false
            wide,   unknown, https://any.example,       401, *,                    false
            """)
    void aRequestIsHeldToItsOwnSource(
            String door, String key, String origin, int status, String allowed, boolean credentials) {
        try (Client client = gate(door).client()) {
            Client.Reply reply = client.ask(post(key, origin, "application/json"));

            assertThat(reply.status()).isEqualTo(status);
            assertAllowed(reply, allowed, credentials);
            assertThat(reply.header("vary")).isEqualTo("Origin");
            assertThat(reply.header("access-control-expose-headers"))
                    .isEqualTo(allowed.equals("-") ? null : "Retry-After, Preference-Applied");
        }
    }

    /** door, origin, status, allowed origin, credentials */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            closed, https://shop.example, 204, https://shop.example, true
            closed, https://evil.example, 403, -,                    false
            closed, null,                 204, null,                 false
            closed, -,                    204, -,                    false
            wide,   https://shop.example, 204, https://shop.example, true
            wide,   https://any.example,  204, *,                    false
            wide,   null,                 403, -,                    false
            """)
    void aPreflightIsAllowedForWhatAnySourceLists(
            String door, String origin, int status, String allowed, boolean credentials) {
        try (Client client = gate(door).client()) {
            Client.Reply reply = client.ask("OPTIONS /v1/events HTTP/1.1\r\nHost: gate\r\n" + origin(origin)
                    + "Access-Control-Request-Method: POST\r\n"
                    + "Access-Control-Request-Headers: content-type,x-write-key\r\n\r\n");

            assertThat(reply.status()).isEqualTo(status);
            assertAllowed(reply, allowed, credentials);
            assertThat(reply.header("vary")).startsWith("Origin, Access-Control-Request-Method");
            if (!allowed.equals("-")) {
                assertThat(reply.header("access-control-allow-methods")).isEqualTo("POST");
                assertThat(reply.header("access-control-max-age")).isEqualTo("7200");
                assertThat(reply.headers()).doesNotContainKeys("content-length", "content-type");
                assertThat(reply.header("access-control-allow-headers").split(", "))
                        .contains("Authorization", "Content-Type", "Content-Encoding", "Prefer", "X-Write-Key");
            }
        }
    }

    @Test
    void errorAnswersCanBeReadByThePageToo() {
        try (Client client = closed.client()) {
            Client.Reply reply = client.ask(post("named", "https://shop.example", "text/html"));

            assertThat(reply.status()).isEqualTo(415);
            assertAllowed(reply, "https://shop.example", true);
            assertThat(reply.header("vary")).isEqualTo("Origin");
        }
    }

    /** request line, status, whether a page that some source lists may read it */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            PUT /v1/events HTTP/1.1,              405, true
            GET /v1/events?write_key=named HTTP/1.1, 405, true
            POST /v1/events HTTP/1.1 x,           400, false
            POST /v1/events HTTP/2.7,             400, true
            POST /v1/events HTTP/1.1 LONG-LINE,   414, false
            POST /v1/events HTTP/1.1 LONG-HEAD,   431, false
            """)
    void aRefusalBeforeTheKeyIsReadVariesByOriginToo(String line, int status, boolean readable) {
        String request = line.replace(" HTTP/1.1 LONG-LINE", "?" + "q".repeat(Lane.LINE_BYTES_MAX) + " HTTP/1.1")
                .replace(" LONG-HEAD", "\r\nX-Pad: " + "p".repeat(Lane.HEADER_BYTES_MAX));
        try (Client client = closed.client()) {
            Client.Reply reply = client.ask(request + "\r\nHost: gate\r\nOrigin: https://shop.example\r\n\r\n");

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("vary")).isEqualTo("Origin");
            assertAllowed(reply, readable ? "https://shop.example" : "-", readable);
        }
    }

    @Test
    void aRequestWithoutAHostVariesByOriginToo() {
        try (Client client = closed.client()) {
            Client.Reply reply = client.ask("POST /v1/events HTTP/1.1\r\nOrigin: https://evil.example\r\n\r\n");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("vary")).isEqualTo("Origin");
            assertAllowed(reply, "-", false);
        }
    }

    @Test
    void theAnswerToHeadersThatAreTooSlowVariesByOriginToo() {
        try (OpenDoor gate =
                        OpenDoor.with().requestDeadline(Duration.ofMillis(100)).open();
                Client client = gate.client()) {
            Client.Reply reply = client.ask("POST /v1/events HTTP/1.1\r\nOrigin: https://shop.example\r\n");

            assertThat(reply.status()).isEqualTo(408);
            assertThat(reply.header("vary")).isEqualTo("Origin");
        }
    }

    @Test
    void nothingOfARefusedPageIsTaken() {
        try (Client client = closed.client()) {
            closed.road.taken.clear();

            client.ask(post("named", "https://evil.example", "application/json"));

            assertThat(closed.road.taken).isEmpty();
        }
    }

    private static OpenDoor gate(String name) {
        return name.equals("wide") ? wide : closed;
    }

    private static String post(String key, String origin, String type) {
        return "POST /v1/events HTTP/1.1\r\nHost: gate\r\nX-Write-Key: " + key + "\r\n" + origin(origin)
                + "Content-Type: " + type + "\r\nContent-Length: 2\r\n\r\n{}";
    }

    private static String origin(String origin) {
        return origin.equals("-") ? "" : "Origin: " + origin + "\r\n";
    }

    private static void assertAllowed(Client.Reply reply, String origin, boolean credentials) {
        assertThat(reply.header("access-control-allow-origin")).isEqualTo(origin.equals("-") ? null : origin);
        assertThat(reply.header("access-control-allow-credentials")).isEqualTo(credentials ? "true" : null);
    }
}

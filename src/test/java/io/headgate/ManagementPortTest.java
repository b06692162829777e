package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagementPortTest {
    private static final String[] ACT = {"X-Headgate", "1"};

    @TempDir
    private static Path dir;

    private static Path taxonomy;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        taxonomy = Files.createDirectory(dir.resolve("taxonomy"));
        for (var file : ShippedTaxonomy.files().entrySet()) {
            Files.write(taxonomy.resolve(file.getKey()), file.getValue());
        }
        gateway = RunningGateway.start(dir, "taxonomy.dir=" + taxonomy);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void theStatusShowsModeBooksRedisAndTaxonomy() {
        gateway.posts().post(Posts.event(UUID.randomUUID(), "s"));

        JsonObject status = gateway.status();

        assertThat(status.getString("mode")).isEqualTo("stream");
        assertThat(status.getJsonObject("books").getBoolean("balanced")).isTrue();
        assertThat(status.getJsonObject("books").getLong("accepted")).isPositive();
        assertThat(status.getJsonObject("redis").getJsonObject("server").getString("maxmemory_policy"))
                .isEqualTo("noeviction");
        assertThat(status.getJsonObject("redis").getJsonObject("server").getBoolean("append_only"))
                .isTrue();
        assertThat(status.getJsonObject("taxonomy").getJsonArray("types")).hasSize(9);
    }

    @Test
    void theMetricsHoldTheBooks() {
        gateway.posts().post("[" + Posts.event(UUID.randomUUID(), "s") + ",1]");

        String page = gateway.management().ask("GET", "/metrics").body();

        assertThat(page)
                .containsPattern("(?m)^headgate_events_accepted_total [1-9]")
                .containsPattern("(?m)^headgate_events_rejected_total [1-9]")
                .containsPattern("(?m)^headgate_events_in_progress 0");
    }

    @Test
    void probesAreAnsweredOnBothPorts() {
        for (Posts port : new Posts[] {gateway.management(), gateway.posts()}) {
            assertThat(port.ask("GET", "/livez").statusCode()).isEqualTo(200);
            assertThat(port.ask("GET", "/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatChangesSomethingNeedsTheHeaderThatNoPageCanSend() {
        assertThat(gateway.management().ask("POST", "/taxonomy/reload").statusCode())
                .isEqualTo(403);
        assertThat(gateway.management().ask("POST", "/taxonomy/reload", ACT).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aHostThatAPageCouldPointHereIsRefused() throws IOException {
        assertThat(statusUnderHost("127.0.0.1:" + gateway.managePort())).contains(" 200 ");
        assertThat(statusUnderHost("localhost")).contains(" 200 ");
        assertThat(statusUnderHost("[::1]:8081")).contains(" 200 ");
        assertThat(statusUnderHost("evil.example")).contains(" 403 ");
        assertThat(statusUnderHost("127.0.0.1.evil.example")).contains(" 403 ");
    }

    @Test
    void aTokenIsNeededWhereOneIsSetButNotForProbesAndScrapers(@TempDir Path other) {
        try (RunningGateway guarded = RunningGateway.start(other, "management.token=s3cret-of-operators")) {
            Posts port = guarded.management();

            assertThat(port.ask("GET", "/status").statusCode()).isEqualTo(401);
            assertThat(port.ask("GET", "/status", "Authorization", "Bearer wrong")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(port.ask("GET", "/status", "Authorization", "Bearer s3cret-of-operators")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(port.ask("GET", "/metrics").statusCode()).isEqualTo(200);
            assertThat(port.ask("GET", "/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aTaxonomyIsReloadedWholeOrNotAtAll() throws IOException {
        String event = Posts.event(UUID.randomUUID(), "s", "page_view", "{\"path\":\"/\",\"mood\":\"good\"}");
        String before = gateway.status().getJsonObject("taxonomy").getString("version");
        Path file = taxonomy.resolve("page_view.json");
        String schema = Files.readString(file);

        assertThat(gateway.posts().post(event).status()).isEqualTo(422);
        Files.writeString(file, schema.replaceFirst("\"path\": \\{", "\"mood\": {\"type\": \"string\"},\n\"path\": {"));
        Path broken = Files.writeString(taxonomy.resolve("broken.json"), "{\"type\": 7}");
        HttpResponse<String> refused = gateway.management().ask("POST", "/taxonomy/reload", ACT);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("broken.json");
        assertThat(gateway.status().getJsonObject("taxonomy").getString("version"))
                .isEqualTo(before);
        assertThat(gateway.posts().post(event).status()).isEqualTo(422);

        Files.delete(broken);
        assertThat(gateway.management().ask("POST", "/taxonomy/reload", ACT).statusCode())
                .isEqualTo(200);
        assertThat(gateway.posts().post(event).counts()).isEqualTo("1/1/0/0");
        assertThat(gateway.posts().ask("GET", "/v1/schema/page_view").body()).contains("mood");
    }

    @Test
    void theQuarantineShowsWhatWasRejectedAndWhy() {
        String bad = "{\"event_name\":\"" + UUID.randomUUID() + "\"}";
        gateway.posts().post("[" + bad + "]");

        JsonObject newest = Eventually.notNull(() -> new JsonObject(gateway.management()
                        .ask("GET", "/quarantine?limit=1000")
                        .body())
                .getJsonArray("events").stream()
                        .map(JsonObject.class::cast)
                        .filter(entry -> entry.getString("event").equals(bad))
                        .findFirst()
                        .orElse(null));

        assertThat(newest.getString("source")).isEqualTo("demo");
        assertThat(newest.getJsonArray("reason").getJsonObject(0).getString("code"))
                .isEqualTo("unknown_event_name");
        assertThat(gateway.management().ask("GET", "/quarantine?limit=0").statusCode())
                .isEqualTo(400);
        assertThat(gateway.management().ask("GET", "/quarantine?limit=1001").statusCode())
                .isEqualTo(400);
    }

    private static String statusUnderHost(String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.managePort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET /status HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
        }
    }
}

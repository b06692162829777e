package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sees and does of the road out, on the management port of a gateway with a Redis and a receiver. */
class RoadOutPagesTest {
    private static final String[] ACT = {"X-Headgate", "1"};

    @TempDir
    private Path dir;

    private final Sink sink = new Sink();
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        gateway = RunningGateway.start(dir, sink.settings());
    }

    @AfterEach
    void stop() {
        gateway.close();
        sink.close();
    }

    @Test
    void theRoutesShowWhatWaitsHowItIsDeliveredAndThatTheBooksBalance() {
        post("s1", 3);
        Eventually.isTrue(() -> book("delivered") == 3);

        JsonObject page = get("/routes");

        JsonObject route = page.getJsonArray("routes").getJsonObject(0);
        assertThat(route.getString("name")).isEqualTo("crm");
        assertThat(route.getLong("waiting_events")).isZero();
        assertThat(route.getBoolean("balanced")).isTrue();
        assertThat(route.getDouble("p99_ms")).isPositive();
        assertThat(route.getDouble("success_percent")).isEqualTo(100);
        assertThat(route.getInteger("partitions")).isEqualTo(4);
        assertThat(route.getString("paused_until")).isNull();
        assertThat(route.getJsonObject("settings").getString("priority")).isEqualTo("normal");
        JsonObject destination = page.getJsonArray("destinations").getJsonObject(0);
        assertThat(destination.getString("type")).isEqualTo("webhook");
        assertThat(destination.getString("breaker")).isEqualTo("closed");
        assertThat(destination.getLong("tried")).isEqualTo(3);
        assertThat(page.getJsonArray("processes")).hasSize(1);
        assertThat(page.getJsonObject("trimming").getBoolean("trims")).isTrue();
        assertThat(page.getLong("dead_letters")).isZero();
    }

    @Test
    void othersConsumerGroupsAreShownWithWhatWaitsForThem() {
        gateway.redis().command("XGROUP", "CREATE", "{headgate:0}:events", "own", "0", "MKSTREAM");

        JsonObject group = Eventually.notNull(() -> first(get("/routes").getJsonArray("groups")));

        assertThat(group.getString("name")).isEqualTo("own");
        assertThat(group.getValue("idle_s")).isNull();
    }

    @Test
    void aPausedRouteDeliversNothingUntilItIsResumed() {
        post("s1", 1);
        Eventually.isTrue(() -> sink.taken().size() == 1);

        JsonObject paused = act("/routes/crm/pause?for=1h");
        assertThat(Instant.parse(paused.getString("paused_until"))).isAfter(Instant.now());
        Eventually.isTrue(() -> route().getString("paused_until") != null);
        post("s1", 2);
        Eventually.isTrue(() -> route().getLong("waiting_events") == 2);
        assertThat(sink.taken()).hasSize(1);
        assertThat(shortly().getJsonArray("routes").getJsonObject(0).getString("paused_until"))
                .isNotNull();

        assertThat(act("/routes/crm/resume").getString("paused_until")).isNull();
        Eventually.isTrue(() -> sink.taken().size() == 3);
    }

    @Test
    void aReplayCountsFirstAndSendsThenWhatWasStoredInItsTime() {
        List<String> posted = post("s1", 3);
        Eventually.isTrue(() -> book("delivered") == 3);

        assertThat(act("/routes/crm/replay?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z")
                        .getLong("events"))
                .isZero();
        JsonObject dry = act("/routes/crm/replay?from=2020-01-01T00:00:00Z&to=2120-01-01T00:00:00Z");
        assertThat(dry.getLong("events")).isEqualTo(3);
        assertThat(dry.getBoolean("dry_run")).isTrue();
        assertThat(sink.taken()).hasSize(3);

        JsonObject done = act("/routes/crm/replay?from=2020-01-01T00:00:00Z&to=2120-01-01T00:00:00Z&dry-run=false");
        assertThat(done.getBoolean("dry_run")).isFalse();
        Eventually.isTrue(() -> sink.taken().size() == 6);
        assertThat(sink.taken().stream().map(event -> event.getString("event_id")))
                .containsAll(posted);
        Eventually.isTrue(() -> route().getBoolean("balanced") && book("again") == 3);
    }

    @Test
    void aDeadLetterIsListedShownAndRedrivenAfterItsDestinationIsMended() {
        sink.answers(document ->
                document.getJsonObject("event").getString("session_id").equals("bad") ? 400 : 200);
        String poison = post("bad", 1).get(0);
        post("good", 2);
        JsonObject letter = Eventually.notNull(() -> first(letters("")));

        assertThat(letter.getString("event_id")).isEqualTo(poison);
        assertThat(letter.getString("route")).isEqualTo("crm");
        assertThat(letter.getString("source")).isEqualTo("demo");
        assertThat(letter.getString("answer")).contains("400");
        assertThat(letter.containsKey("event")).isFalse();
        JsonObject whole = get("/dead-letters/" + letter.getString("id"));
        assertThat(new JsonObject(whole.getString("event")).getString("event_id"))
                .isEqualTo(poison);

        sink.answers(event -> 200);
        JsonObject dry = act("/dead-letters/redrive?route=crm");
        assertThat(dry).isEqualTo(new JsonObject().put("dead_letters", 1).put("dry_run", true));
        assertThat(letters("")).hasSize(1);
        assertThat(act("/dead-letters/redrive?dry-run=false&id=" + letter.getString("id"))
                        .getLong("dead_letters"))
                .isEqualTo(1);
        Eventually.isTrue(() -> sink.taken().size() == 3);
        assertThat(letters("")).isEmpty();
        Eventually.isTrue(() -> route().getBoolean("balanced") && book("delivered") == 3);
    }

    @Test
    void eachPartOfAFilterNarrowsWhatIsListedRedrivenAndRemoved() {
        sink.answers(event -> 400);
        post("s1", 3);
        Eventually.isTrue(() -> letters("").size() == 3);
        String id = first(letters("")).getString("id");
        String later = "2120-01-01T00:00:00Z";

        assertThat(letters("limit=2")).hasSize(2);
        assertThat(letters("route=crm&event=page_view&answer=400&to=" + later)).hasSize(3);
        for (String none : List.of("route=other", "event=lead_submitted", "answer=500", "from=" + later)) {
            assertThat(letters(none)).as(none).isEmpty();
            assertThat(act("/dead-letters/remove?dry-run=false&" + none).getLong("dead_letters"))
                    .isZero();
        }
        assertThat(act("/dead-letters/remove?id=" + id).getBoolean("dry_run")).isTrue();
        assertThat(act("/dead-letters/remove?dry-run=false&id=" + id).getLong("dead_letters"))
                .isEqualTo(1);
        assertThat(letters(""))
                .hasSize(2)
                .noneMatch(each -> ((JsonObject) each).getString("id").equals(id));
    }

    @Test
    void aDeadLetterOfARouteThatIsNoMoreIsNotRedrivenToNobody() {
        sink.answers(event -> 400);
        post("s1", 1);
        Eventually.isTrue(() -> letters("").size() == 1);
        renameRoute(first(letters("")).getString("id"));

        HttpResponse<String> refused = gateway.management().ask("POST", "/dead-letters/redrive?dry-run=false", ACT);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("route gone-route").contains("remove them");
        assertThat(letters("route=gone-route")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dead-letters/redrive?ruote=crm",
                "/dead-letters/redrive?route=",
                "/dead-letters/redrive?route=a&route=b",
                "/dead-letters/redrive?dry-run=no",
                "/dead-letters/redrive?limit=1",
                "/dead-letters/remove?from=yesterday",
                "/routes/crm/pause",
                "/routes/crm/pause?for=25h",
                "/routes/crm/resume?for=1h",
                "/routes/crm/replay",
                "/routes/crm/replay?from=2026-01-01T00:00:00Z",
                "/routes/crm/replay?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z"
            })
    void aSlipOfThePenIsRefusedAndWidensNothing(String path) {
        assertThat(gateway.management().ask("POST", path, ACT).statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsNotThereIs404AndWhatChangesNeedsTheHeader() {
        assertThat(status("POST", "/routes/other/pause?for=1m")).isEqualTo(404);
        assertThat(status("POST", "/routes/other/resume")).isEqualTo(404);
        assertThat(status("GET", "/dead-letters/0-1-1")).isEqualTo(404);
        assertThat(status("GET", "/dead-letters/nonsense")).isEqualTo(404);
        assertThat(gateway.management().ask("POST", "/routes/crm/pause?for=1m").statusCode())
                .isEqualTo(403);
    }

    @Test
    void withoutRedisItIsSaidWithTheReasonAndWhatWasKnownIsShown() {
        Eventually.isTrue(() -> get("/routes").getJsonArray("processes").size() == 1);
        gateway.redis().kill();

        HttpResponse<String> refused = Eventually.notNull(() -> {
            HttpResponse<String> answer = gateway.management().ask("POST", "/routes/crm/resume", ACT);
            return answer.statusCode() == 503 ? answer : null;
        });

        assertThat(new JsonObject(refused.body()).getString("detail")).isNotBlank();
        assertThat(status("GET", "/dead-letters")).isEqualTo(503);
        assertThat(get("/routes").getValue("dead_letters")).isNull();
        assertThat(get("/routes").getJsonArray("routes")).hasSize(1);
    }

    @Test
    void whereNoRouteIsReadItIsSaidThatNothingTrims() {
        gateway.close();
        gateway = RunningGateway.start(dir.resolve("other"), "routes=[]");

        assertThat(shortly().getBoolean("reading")).isFalse();
        assertThat(shortly().getBoolean("trims")).isFalse();
        assertThat(shortly().getString("note")).contains("nothing trims the streams");
        assertThat(shortly().getJsonArray("destinations")).isEmpty();
    }

    private List<String> post(String session, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID id = UUID.randomUUID();
            ids.add(id.toString());
            assertThat(gateway.posts().post(Posts.event(id, session)).status()).isEqualTo(202);
        }
        return ids;
    }

    /** As if its route had been another, which is not configured any more. */
    private void renameRoute(String id) {
        String key = "{headgate:" + id.substring(0, id.indexOf('-')) + "}:dead";
        List<?> entry = (List<?>) gateway.redis().list("XRANGE", key, "-", "+").get(0);
        List<String> copy = new ArrayList<>(List.of("XADD", key, "*"));
        for (Object each : (List<?>) entry.get(1)) {
            copy.add(each.equals("crm") ? "gone-route" : each.toString());
        }
        gateway.redis().command(copy.toArray(String[]::new));
        gateway.redis().command("XDEL", key, entry.get(0).toString());
    }

    private JsonArray letters(String query) {
        return get("/dead-letters?" + query).getJsonArray("dead_letters");
    }

    private JsonObject route() {
        return get("/routes").getJsonArray("routes").getJsonObject(0);
    }

    private long book(String line) {
        return route().getJsonObject("books").getLong(line, 0L);
    }

    private JsonObject shortly() {
        return gateway.status().getJsonObject("processing");
    }

    private JsonObject get(String path) {
        return new JsonObject(gateway.management().ask("GET", path).body());
    }

    private JsonObject act(String path) {
        HttpResponse<String> answer = gateway.management().ask("POST", path, ACT);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private int status(String method, String path) {
        return gateway.management().ask(method, path, ACT).statusCode();
    }

    private static JsonObject first(JsonArray array) {
        return array.isEmpty() ? null : array.getJsonObject(0);
    }
}

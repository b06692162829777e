package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import io.headgate.Posts;
import io.headgate.RunningGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch inside a whole gateway, in real time, with limits of seconds. */
class AlertingTest {
    private static final String[] ACT = {"X-Headgate", "1"};

    @TempDir
    Path dir;

    private final PlayingReceiver receiver = PlayingReceiver.playing(answer(200));
    private RunningGateway gateway;

    @AfterEach
    void close() {
        gateway.close();
        receiver.close();
    }

    @Test
    void rejectedLeadsAndLeadsSentAgainDoNotKeepTheFlowAlive() {
        start("alerts.lead-flow.silence=2s");
        Posts posts = gateway.posts();
        List<String> leads = Stream.generate(AlertingTest::lead).limit(20).toList();
        posts.post(leads.toString());

        busyUntil(() -> !receiver.requests().isEmpty(), () -> {
            leads.forEach(posts::post);
            posts.post(Posts.event(UUID.randomUUID(), "s", "lead_submitted", "{\"no\":\"form\"}"));
            posts.post(Posts.event(UUID.randomUUID(), "s"));
        });

        JsonObject body = Office.body(receiver.request(1));
        assertThat(body.getString("alert")).isEqualTo("LeadFlowStopped");
        assertThat(leads.get(19)).contains(body.getJsonObject("last_lead").getString("event_id"));
        assertThat(body.getJsonObject("gateway").getLong("rejected_last_hour")).isPositive();
        assertThat(body.getJsonObject("gateway").getLong("accepted_last_hour")).isPositive();
    }

    @Test
    void aWrongKeyIsNotTakenForASiteThatPostsNothing() {
        start("alerts.lead-flow.silence=1s", "alerts.lead-flow.per-source=false");
        gateway.posts().post(lead());
        Posts wrong = gateway.posts().withKey("wrong");

        busyUntil(() -> !receiver.requests().isEmpty(), () -> wrong.post(lead()));

        assertThat(Office.body(receiver.request(1)).getJsonArray("details").encode())
                .containsPattern("[1-9][0-9]* requests refused, of any source");
    }

    @Test
    void oneSourceIsToldWhileAnotherFlowsAndThatItFlowsAgain() {
        start("alerts.lead-flow.silence=2s");
        gateway.posts().post(lead());

        busyUntil(
                () -> !receiver.requests().isEmpty(),
                () -> gateway.posts().withKey("other").post(lead()));
        gateway.posts().post(lead());
        busyUntil(
                () -> receiver.requests().size() == 2,
                () -> gateway.posts().withKey("other").post(lead()));

        assertThat(receiver.requests())
                .extracting(request -> Office.body(request).getString("source"))
                .containsOnly("demo");
        assertThat(receiver.requests())
                .extracting(request -> Office.body(request).getString("status"))
                .containsExactly("firing", "resolved");
    }

    @Test
    void withRedisDeadAndNoPlaceForItsStateThePageGoesOut() throws Exception {
        Files.createDirectories(dir.resolve("data"));
        Files.writeString(dir.resolve("data/alerts"), "where the directory should be");
        gateway = RunningGateway.startWithoutRedis(dir, settings("alerts.lead-flow.silence=1s"));

        gateway.posts().post(lead());
        JsonObject body = Office.body(receiver.request(1));

        assertThat(body.getString("status")).isEqualTo("firing");
        assertThat(body.getJsonObject("gateway").getString("mode")).isEqualTo("journal");
        assertThat(body.getJsonObject("gateway").getLong("journal_events")).isEqualTo(1);
        Eventually.isTrue(() -> gateway.status().getJsonObject("alerts").getString("state_trouble") != null);
    }

    @Test
    void operatorsSilenceListAndEndSilences() {
        start("alerts.lead-flow.silence=1s");
        JsonObject made =
                json(act("POST", "/alerts/silences?alert=LeadFlowStopped&source=demo&for=1h&reason=a%20release"), 201);
        act("POST", "/alerts/silences?alert=LeadFlowStopped&source=*&for=1h&reason=a%20release");
        gateway.posts().post(lead());
        Eventually.isTrue(() -> firing().size() == 2);
        JsonArray listed =
                json(gateway.management().ask("GET", "/alerts/silences"), 200).getJsonArray("silences");
        String state = firing().getJsonObject(0).getString("state");
        int toldBefore = receiver.requests().size();

        HttpResponse<String> ended = act("DELETE", "/alerts/silences/" + made.getString("id"));
        JsonObject body = Office.body(receiver.request(1));

        assertThat(listed).hasSize(2);
        assertThat(listed.getJsonObject(0).getString("reason")).isEqualTo("a release");
        assertThat(state).isEqualTo("silenced");
        assertThat(toldBefore).isZero();
        assertThat(ended.statusCode()).isEqualTo(204);
        assertThat(body.getString("source")).isEqualTo("demo");
        assertThat(act("DELETE", "/alerts/silences/" + made.getString("id")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatAnOperatorAsksForWronglyIsExplained() {
        start();

        assertThat(act("POST", "/alerts/silences?alert=No&for=1h&reason=r").body())
                .contains("alert=LeadFlowStopped");
        assertThat(act("POST", "/alerts/silences?alert=*&for=31d&reason=r").body())
                .contains("30d at most");
        assertThat(act("POST", "/alerts/silences?alert=*&for=30d&reason=r").statusCode())
                .isEqualTo(201);
        for (String reason : List.of("", "&reason=%20", "&reason=two%0Alines", "&reason=" + "r".repeat(501))) {
            assertThat(act("POST", "/alerts/silences?alert=*&for=1h" + reason).body())
                    .contains("needs a reason", "a line of 1 to 500 characters");
        }
        assertThat(act("POST", "/alerts/silences?alert=*&source=tpyo&for=1h&reason=r")
                        .body())
                .contains("\"status\":400", "one of demo, other, *, hook");
        for (String label : List.of("demo", "*", "hook")) {
            assertThat(act("POST", "/alerts/silences?alert=*&source=" + label + "&for=1h&reason=r")
                            .statusCode())
                    .isEqualTo(201);
        }
        assertThat(act("POST", "/alerts/acknowledge?alert=No").statusCode()).isEqualTo(400);
        assertThat(act("POST", "/alerts/acknowledge?alert=FailoverActive").body())
                .contains("ends by itself");
        assertThat(act("POST", "/alerts/acknowledge?alert=JournalCorrupt").statusCode())
                .isEqualTo(409);
        assertThat(act("POST", "/alerts/test?receiver=nobody").statusCode()).isEqualTo(404);
        assertThat(gateway.management().ask("POST", "/alerts/test").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aTestAlertReachesEachReceiverAndIsOverAtOnce() {
        start();

        JsonObject page = json(act("POST", "/alerts/test"), 200);
        receiver.play(answer(404));
        HttpResponse<String> refused = act("POST", "/alerts/test?receiver=hook");

        assertThat(page.getJsonArray("receivers").getJsonObject(0).getBoolean("delivered"))
                .isTrue();
        assertThat(receiver.requests())
                .extracting(request -> Office.body(request).getString("status"))
                .startsWith("firing", "resolved");
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body()).contains("404");
    }

    @Test
    void theHeartbeatIsSentWhileTheWatchWorksAndNotWhileAllReceiversFail() {
        PlayingReceiver beat = PlayingReceiver.playing(answer(200));
        start("alerts.heartbeat.url=" + beat.url("/beat"), "alerts.heartbeat.every=1s", "alerts.lead-flow.silence=1s");
        beat.request(2);
        receiver.play(answer(500));
        gateway.posts().post(lead());

        Eventually.isTrue(() -> "all receivers fail".equals(heartbeat().getString("held_back")));
        receiver.play(answer(200));
        Eventually.isTrue(() -> heartbeat().getString("held_back") == null);
        int before = beat.requests().size();
        beat.request(before + 1);

        assertThat(beat.requests()).allMatch(request -> request.method().equals("GET"));
        beat.close();
    }

    private JsonObject heartbeat() {
        return gateway.status().getJsonObject("alerts").getJsonObject("heartbeat");
    }

    private JsonArray firing() {
        return gateway.status().getJsonObject("alerts").getJsonArray("firing");
    }

    private HttpResponse<String> act(String method, String path) {
        return gateway.management().ask(method, path, ACT);
    }

    private static JsonObject json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        return new JsonObject(answer.body());
    }

    private static void busyUntil(BooleanSupplier done, Runnable work) {
        Eventually.isTrue(() -> {
            work.run();
            return done.getAsBoolean();
        });
    }

    private void start(String... more) {
        gateway = RunningGateway.start(dir, settings(more));
    }

    private String[] settings(String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.add("alerts.receivers=[{name: hook, type: webhook, url: '" + receiver.url("/hook") + "', secret: "
                + Office.SECRET + "}]");
        return settings.toArray(String[]::new);
    }

    private static String lead() {
        return Posts.event(UUID.randomUUID(), "s", "lead_submitted", "{\"form\":\"demo\"}");
    }
}

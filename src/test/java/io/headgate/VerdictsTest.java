package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Posts.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 3: every event gets a verdict, and one bad event never harms its neighbours. */
class VerdictsTest {
    private static final int EVENT_BYTES_MAX = 2000;
    private static final int BATCH_EVENTS_MAX = 20;

    private static RunningGateway gateway;
    private static Posts posts;

    @BeforeAll
    static void start(@TempDir Path dir) {
        gateway = RunningGateway.start(
                dir, "http.event-bytes-max=" + EVENT_BYTES_MAX, "http.batch-events-max=" + BATCH_EVENTS_MAX);
        posts = gateway.posts();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void aBatchOfGoodAndBadEventsGetsAVerdictForEach() {
        String good = event();
        String bad = good().replace("\"web\"", "\"fridge\"");

        Reply reply = posts.post("[" + good + "," + bad + "," + good + ",17]", "Prefer", "return=representation");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.counts()).isEqualTo("4/1/1/2");
        assertThat(reply.json().getJsonObject("stored")).isEqualTo(new JsonObject("{\"stream\":1,\"journal\":0}"));
        assertThat(verdicts(reply)).containsExactly("accepted", "rejected", "duplicate", "rejected");
        assertThat(reply.errors().getJsonObject(0).getMap())
                .containsEntry("index", 1)
                .containsEntry("code", "schema")
                .containsEntry("event_name", "page_view")
                .containsEntry("pointer", "/context/device_type")
                .containsEntry("keyword", "enum")
                .containsEntry("message", "must be one of web, mobile, api");
        assertThat(reply.errors().getJsonObject(1).getMap())
                .containsEntry("index", 3)
                .containsEntry("code", "not_an_object");
    }

    @Test
    void withoutPreferThereAreNoResults() {
        Reply reply = posts.post("[" + event() + "]");

        assertThat(reply.json().containsKey("results")).isFalse();
        assertThat(reply.errors()).isEmpty();
    }

    @Test
    void theFourShapesOfABodyAreTaken() {
        assertThat(posts.post("[" + event() + "]").counts()).isEqualTo("1/1/0/0");
        assertThat(posts.post(event()).counts()).isEqualTo("1/1/0/0");
        assertThat(posts.post("{\"sent_at\":{\"any\":[1]},\"batch\":[" + event() + "," + event() + "],\"x\":null}")
                        .counts())
                .isEqualTo("2/2/0/0");
        assertThat(posts.post(event() + "\n\n" + event() + "\r\n", "Content-Type", "application/x-ndjson")
                        .counts())
                .isEqualTo("2/2/0/0");
    }

    @Test
    void inNdjsonEachLineStandsAlone() {
        String body = String.join("\n", event(), "{oops", "", event(), "[]", "\ufeff" + event(), event() + "{}");

        Reply reply = posts.post(body, "Content-Type", "application/x-ndjson", "Prefer", "return=representation");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.counts()).isEqualTo("6/2/0/4");
        assertThat(verdicts(reply))
                .containsExactly("accepted", "rejected", "accepted", "rejected", "rejected", "rejected");
        assertThat(codes(reply)).containsExactly("1 not_json", "3 not_an_object", "4 not_json", "5 not_json");
    }

    @Test
    void inAnArrayOneSyntaxFaultRefusesTheBodyAndNothingOfItIsStored() {
        String event = event();

        Reply broken = posts.post("[" + event + ",{\"a\":1,\"a\":2}]");
        Reply whole = posts.post("[" + event + "]");

        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.json().getString("detail")).contains("byte");
        assertThat(whole.counts()).isEqualTo("1/1/0/0");
    }

    @Test
    void aBatchOfWhichEveryEventIsRejectedIs422() {
        Reply reply = posts.post("[1,{}]");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.counts()).isEqualTo("2/0/0/2");
    }

    @Test
    void aBatchOfDuplicatesAloneIs202() {
        String event = event();
        posts.post(event);

        Reply again = posts.post(event);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.counts()).isEqualTo("1/0/1/0");
    }

    @Test
    void aBodyThatIsNoBatchIs400() {
        for (String body : List.of("", "[]", "{\"batch\":[]}", "{\"batch\":{}}", "17", "\"x\"", "null", "[", "nope")) {
            Reply reply = posts.post(body);

            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.json().getString("detail")).as(body).isNotBlank();
        }
        assertThat(posts.post("\n \n", "Content-Type", "application/x-ndjson").status())
                .isEqualTo(400);
    }

    @Test
    void anEventOfTheLargestSizeIsTakenAndOneByteMoreIsTooLarge() {
        String small = event();
        String largest = small.replace("/pricing", "/" + "p".repeat(EVENT_BYTES_MAX - small.length() + 7));
        String larger = largest.replace("/pp", "/ppp");

        assertThat(largest).hasSize(EVENT_BYTES_MAX);
        assertThat(posts.post("[ " + largest + " ]").counts()).isEqualTo("1/1/0/0");
        Reply reply = posts.post("[" + larger + "," + event() + "]");
        assertThat(reply.counts()).isEqualTo("2/1/0/1");
        assertThat(codes(reply)).containsExactly("0 too_large");
        assertThat(codes(posts.post(larger, "Content-Type", "application/x-ndjson")))
                .containsExactly("0 too_large");
    }

    @Test
    void aBatchOfTheLargestNumberIsTakenAndOneEventMoreIs413() {
        List<String> most =
                IntStream.range(0, BATCH_EVENTS_MAX).mapToObj(i -> event()).collect(Collectors.toList());
        List<String> more = new ArrayList<>(most);
        more.add(event());

        assertThat(posts.post(most.toString()).counts()).isEqualTo("20/20/0/0");
        assertThat(posts.post(more.toString()).status()).isEqualTo(413);
        assertThat(posts.post("{\"batch\":" + more + "}").status()).isEqualTo(413);
        assertThat(posts.post(String.join("\n", more), "Content-Type", "application/x-ndjson")
                        .status())
                .isEqualTo(413);
        assertThat(posts.post("[" + more.get(20) + "]").counts())
                .as("nothing of it was taken")
                .isEqualTo("1/1/0/0");
    }

    @Test
    void anUnknownTypeAndAnUnreadableIdAreToldApart() {
        Reply reply = posts.post("[" + event().replace("page_view", "page_veiw") + ","
                + event().replaceFirst("[0-9a-f]{8}-", "zzzzzzzz-") + ","
                + Posts.event(new UUID(0, 0), "s") + ","
                + Posts.event(new UUID(-1, -1), "s") + "]");

        assertThat(codes(reply)).containsExactly("0 unknown_event_name", "1 schema", "2 schema", "3 schema");
        assertThat(reply.errors().getJsonObject(2).getString("pointer")).isEqualTo("/event_id");
        assertThat(reply.errors().getJsonObject(1).containsKey("event_id")).isFalse();
    }

    @Test
    void aTextThatUtf8CannotSpellIsToldAsWellAsItCan() {
        String half = "\\ud800";

        Reply reply = posts.post(
                event().replace("page_view", half) + "\n" + event().replace("\"user_id\"", "\"" + half + "\""),
                "Content-Type",
                "application/x-ndjson");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.errors().getJsonObject(0).getString("event_name")).isEqualTo("?");
        assertThat(codes(reply)).contains("0 unknown_event_name", "1 schema");
    }

    @Test
    void aRejectionTellsTenFaultsAtMost() {
        String unknown =
                IntStream.range(0, 30).mapToObj(i -> "\"u" + i + "\":1,").collect(Collectors.joining());

        Reply reply = posts.post("[" + event().replaceFirst("\\{", "{" + unknown) + "]");

        assertThat(reply.errors()).hasSize(10);
    }

    @Test
    void aTooLargeEventIsToldWithItsId() {
        UUID id = UUID.randomUUID();

        Reply reply = posts.post("[" + Posts.event(id, "s".repeat(EVENT_BYTES_MAX)) + "]");

        assertThat(codes(reply)).containsExactly("0 too_large");
        assertThat(reply.errors().getJsonObject(0).getString("event_id")).isEqualTo(id.toString());
    }

    @Test
    void theSameIdFromAnotherSourceOrSessionIsAnotherEvent() {
        UUID id = UUID.randomUUID();

        assertThat(posts.post(Posts.event(id, "s1")).counts()).isEqualTo("1/1/0/0");
        assertThat(posts.post(Posts.event(id, "s2")).counts()).isEqualTo("1/1/0/0");
        assertThat(posts.post(Posts.event(id, "\\u0073\\u0031")).counts()).isEqualTo("1/0/1/0");
        assertThat(posts.post(Posts.event(id, "s1")
                                .replace(id.toString(), id.toString().toUpperCase(java.util.Locale.ROOT)))
                        .counts())
                .isEqualTo("1/0/1/0");
        assertThat(posts.withKey("other").post(Posts.event(id, "s1")).counts()).isEqualTo("1/1/0/0");
    }

    private static String good() {
        return event();
    }

    private static String event() {
        return Posts.event(UUID.randomUUID(), "s-" + UUID.randomUUID());
    }

    private static List<String> verdicts(Reply reply) {
        return objects(reply.json().getJsonArray("results"))
                .map(result -> result.getString("verdict"))
                .toList();
    }

    private static List<String> codes(Reply reply) {
        return objects(reply.errors())
                .map(error -> error.getInteger("index") + " " + error.getString("code"))
                .toList();
    }

    private static java.util.stream.Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }
}

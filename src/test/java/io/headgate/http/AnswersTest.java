package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.event.Fault;
import io.headgate.event.FaultCode;
import io.headgate.event.Outcome;
import io.headgate.event.Rejection;
import io.headgate.event.Slice;
import io.headgate.ingest.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the road's answers and the gateway's faults look to a client. */
class AnswersTest {
    private static final UUID A = UUID.fromString("0b8f7c1e-5c1a-4f0e-9a53-0d8f5c7d2f11");
    private static final UUID B = UUID.fromString("7d2a4d0c-63d5-4a0b-b0b8-5f3f3c8a9d02");
    private static final UUID C = UUID.fromString("6f1c2a9e-0d7b-4c55-8a4e-1f5b1b1f7a10");
    private static final UUID D = UUID.fromString("2f0e6a5b-9c1d-4e8f-b7a6-5d4c3b2a1908");

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
    void aMixedBatchIsAccepted() {
        gate.road.answer = mixed();

        Client.Reply reply = post("");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("preference-applied")).isNull();
        assertThat(new JsonObject(reply.text()))
                .isEqualTo(
                        new JsonObject(
                                """
                {"received":4,"accepted":2,"duplicate":1,"rejected":1,"stored":{"stream":1,"journal":1},
                 "errors":[{"index":2,"event_id":"6f1c2a9e-0d7b-4c55-8a4e-1f5b1b1f7a10","code":"schema",
                            "event_name":"page_view","schema_version":"3","pointer":"/context/device_type",
                            "keyword":"enum","message":"must be one of web, mobile, api"},
                           {"index":2,"event_id":"6f1c2a9e-0d7b-4c55-8a4e-1f5b1b1f7a10","code":"schema",
                            "event_name":"page_view","schema_version":"3","pointer":"",
                            "keyword":"required","message":"must have session_id"}]}
                """));
    }

    @Test
    void withPreferThereIsALineForEachEvent() {
        gate.road.answer = mixed();

        for (String prefer : List.of("return=representation", "respond-async, Return=Representation; wait=1")) {
            Client.Reply reply = post("Prefer: " + prefer + "\r\n");

            assertThat(reply.header("preference-applied")).isEqualTo("return=representation");
            assertThat(new JsonObject(reply.text()).getJsonArray("results"))
                    .isEqualTo(
                            new JsonArray(
                                    """
                    [{"index":0,"event_id":"0b8f7c1e-5c1a-4f0e-9a53-0d8f5c7d2f11","verdict":"accepted","stored":"stream"},
                     {"index":1,"event_id":"7d2a4d0c-63d5-4a0b-b0b8-5f3f3c8a9d02","verdict":"duplicate"},
                     {"index":2,"event_id":"6f1c2a9e-0d7b-4c55-8a4e-1f5b1b1f7a10","verdict":"rejected"},
                     {"index":3,"event_id":"2f0e6a5b-9c1d-4e8f-b7a6-5d4c3b2a1908","verdict":"accepted","stored":"journal"}]
                    """));
        }
        assertThat(post("Prefer: return=minimal\r\n").text()).doesNotContain("results");
    }

    @Test
    void aBatchOfDuplicatesIsAccepted() {
        gate.road.answer = new Answer.Verdicts(1, 0, 0, 1, List.of(new Answer.Result(A, Outcome.DUPLICATE)), List.of());

        assertThat(post("").status()).isEqualTo(202);
    }

    @Test
    void aBatchWhoseEveryEventWasRejectedIsToldSo() {
        Rejection unreadable = new Rejection(
                0, null, null, null, List.of(Fault.of(FaultCode.NOT_JSON, "the line is not JSON")), slice());
        gate.road.answer = new Answer.Verdicts(1, 0, 0, 0, List.of(new Answer.Result(null, null)), List.of(unreadable));

        Client.Reply reply = post("");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(new JsonObject(reply.text()).getJsonArray("errors"))
                .isEqualTo(new JsonArray("[{\"index\":0,\"code\":\"not_json\",\"message\":\"the line is not JSON\"}]"));
    }

    @Test
    void aNameThatIsAsLongAsAnEventIsNotSentBackWhole() {
        Rejection long_ = new Rejection(
                0,
                A,
                "n".repeat(30_000),
                null,
                List.of(Fault.of(FaultCode.UNKNOWN_EVENT_NAME, "is no type of the taxonomy")),
                slice());
        gate.road.answer = new Answer.Verdicts(1, 0, 0, 0, List.of(new Answer.Result(A, null)), List.of(long_));

        assertThat(post("").body()).hasSizeLessThan(1_000);
    }

    @Test
    void theRoadsRefusalsHaveTheirStatus() {
        assertProblem(new Answer.Malformed("The body is empty."), 400, "no-batch", "The body is empty.", null);
        assertProblem(new Answer.TooMany(1000), 413, "too-many-events", "1000 events", null);
        assertProblem(
                new Answer.OverRate(Duration.ofMillis(2_001), "The source may send 5 events a second."),
                429,
                "event-rate",
                "5 events a second",
                "3");
        assertProblem(new Answer.Refused(Duration.ofSeconds(5)), 503, "cannot-store", "Send the same batch again", "5");
        assertProblem(new Answer.Refused(Duration.ZERO), 503, "cannot-store", "Send the same batch again", "1");
        assertThat(gate.inFlight()).isZero();
    }

    @Test
    void aFaultOfTheGatewayIsAnsweredAndKeepsNothing() {
        gate.road.failure = new IllegalStateException("holds the payload");

        Client.Reply reply = post("");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.text()).contains("urn:headgate:problem:fault").doesNotContain("holds the payload");
        assertThat(gate.inFlight()).isZero();
        gate.road.failure = null;
        assertThat(post("").status()).as("the connection goes on").isEqualTo(202);
    }

    @Test
    void everyProblemSaysWhatItIs() {
        Client.Reply reply = client.get("/v1/schema/nothing");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(new JsonObject(reply.text()).fieldNames()).containsExactly("type", "title", "status", "detail");
        assertThat(new JsonObject(reply.text()).getInteger("status")).isEqualTo(404);
    }

    private void assertProblem(Answer answer, int status, String type, String detail, String retryAfter) {
        gate.road.answer = answer;
        Client.Reply reply = post("");
        JsonObject problem = new JsonObject(reply.text());

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.header("retry-after")).isEqualTo(retryAfter);
        assertThat(problem.getString("type")).isEqualTo("urn:headgate:problem:" + type);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).contains(detail);
    }

    private Client.Reply post(String headers) {
        return client.ask(Client.post("Content-Type: application/json\r\n" + headers, Client.ascii("[]")));
    }

    private static Answer.Verdicts mixed() {
        Rejection rejection = new Rejection(
                2,
                C,
                "page_view",
                "3",
                List.of(
                        new Fault(FaultCode.SCHEMA, "/context/device_type", "enum", "must be one of web, mobile, api"),
                        new Fault(FaultCode.SCHEMA, "", "required", "must have session_id")),
                slice());
        return new Answer.Verdicts(
                4,
                1,
                1,
                1,
                List.of(
                        new Answer.Result(A, Outcome.STORED),
                        new Answer.Result(B, Outcome.DUPLICATE),
                        new Answer.Result(C, null),
                        new Answer.Result(D, Outcome.JOURNALED)),
                List.of(rejection));
    }

    private static Slice slice() {
        return Slice.of(new byte[] {'{', '}'});
    }
}

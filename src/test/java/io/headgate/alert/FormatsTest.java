package io.headgate.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of receiver gets, held against what it documents. */
class FormatsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long NOW = Notices.AT + 1_500;

    private static final URI URL = URI.create("https://outside.example/in");
    private static final ReceiverSettings PAGERDUTY =
            new ReceiverSettings.PagerDuty("oncall", URL, "R0123456789", Notices.ALL);
    private static final ReceiverSettings ALERTMANAGER = new ReceiverSettings.Alertmanager("am", URL, Notices.ALL);
    private static final ReceiverSettings SLACK = new ReceiverSettings.Slack("chat", URL, Notices.ALL);
    private static final ReceiverSettings WEBHOOK =
            new ReceiverSettings.Webhook("hook", URL, List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), Notices.ALL);

    static Stream<Notice> notices() {
        return Stream.of(
                Notices.silent("n1", "shop"),
                Notices.silent("n2", "*"),
                Notices.flowing("n3", "shop"),
                Notices.journalFilling("n4", Priority.P1, null),
                Notices.journalFilling("n5", Priority.P0, Priority.P1),
                longest());
    }

    @ParameterizedTest
    @MethodSource("notices")
    void everyNoticeIsAsItsReceiverDocumentsIt(Notice notice) throws Exception {
        for (ReceiverSettings receiver : List.of(PAGERDUTY, ALERTMANAGER, SLACK, WEBHOOK)) {
            JsonNode body = MAPPER.readTree(body(receiver, notice));

            assertThat(schema(receiver.type()).validate(body, context -> context.getExecutionConfig()
                            .setFormatAssertionsEnabled(true)))
                    .as(receiver.type())
                    .isEmpty();
        }
    }

    @Test
    void theSchemasRefuseWhatIsNotDocumented() throws JsonProcessingException {
        for (ReceiverSettings receiver : List.of(PAGERDUTY, SLACK, WEBHOOK)) {
            JsonNode body = MAPPER.readTree(new JsonObject(body(receiver, Notices.silent("n", "shop")))
                    .put("own", 1)
                    .encode());

            assertThat(schema(receiver.type()).validate(body))
                    .as(receiver.type())
                    .isNotEmpty();
        }
    }

    @Test
    void pagerDutyTriggersAndResolvesOneIncidentByItsKey() {
        JsonObject trigger = new JsonObject(body(PAGERDUTY, Notices.silent("n1", "shop")));
        JsonObject resolve = new JsonObject(body(PAGERDUTY, Notices.flowing("n2", "shop")));

        assertThat(trigger.getString("event_action")).isEqualTo("trigger");
        assertThat(resolve.getString("event_action")).isEqualTo("resolve");
        assertThat(trigger.getString("dedup_key"))
                .isEqualTo("headgate/gw-1/LeadFlowStopped/shop")
                .isEqualTo(resolve.getString("dedup_key"));
        assertThat(trigger.getJsonArray("links").getJsonObject(0).getString("href"))
                .isEqualTo(Notices.RUNBOOK);
        JsonObject payload = trigger.getJsonObject("payload");
        assertThat(payload.getString("severity")).isEqualTo("critical");
        assertThat(payload.getString("group")).isEqualTo("shop");
        assertThat(payload.getString("class")).isEqualTo("LeadFlowStopped");
        assertThat(payload.getString("timestamp")).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(payload.getJsonObject("custom_details")
                        .getJsonObject("gateway")
                        .getLong("accepted_last_hour"))
                .isEqualTo(182);
    }

    @Test
    void aRunbookThatIsNoAddressIsNoLinkAtPagerDuty() {
        JsonObject event = new JsonObject(body(PAGERDUTY, Notices.journalFilling("n", Priority.P1, null)));

        assertThat(event.containsKey("links")).isFalse();
        assertThat(event.getJsonObject("payload").getString("severity")).isEqualTo("error");
        assertThat(event.getJsonObject("payload")
                        .getJsonObject("custom_details")
                        .getString("runbook"))
                .isEqualTo("README.md#journalfilling");
    }

    @Test
    void alertmanagerKeepsAFiringAlertForFiveMinutesAndEndsItAtOnceWhenItIsOver() {
        JsonObject firing = alerts(Notices.silent("n1", "shop")).getJsonObject(0);
        JsonObject over = alerts(Notices.flowing("n2", "shop")).getJsonObject(0);

        assertThat(firing.getString("startsAt")).isEqualTo("2026-11-20T08:00:00Z");
        assertThat(firing.getString("endsAt")).isEqualTo("2026-11-20T12:05:01.500Z");
        assertThat(over.getString("endsAt")).isEqualTo("2026-11-20T12:00:01.500Z");
        assertThat(over.getJsonObject("labels"))
                .isEqualTo(firing.getJsonObject("labels"))
                .isEqualTo(new JsonObject()
                        .put("alertname", "LeadFlowStopped")
                        .put("instance", "gw-1")
                        .put("priority", "P0")
                        .put("severity", "critical")
                        .put("source", "shop"));
    }

    @Test
    void alertmanagerLosesTheOldPriorityInThePostThatTellsTheNewOne() {
        JsonArray alerts = alerts(Notices.journalFilling("n", Priority.P0, Priority.P1));

        assertThat(alerts).hasSize(2);
        assertThat(alerts.getJsonObject(0).getJsonObject("labels").getString("priority"))
                .isEqualTo("P0");
        assertThat(alerts.getJsonObject(0).getString("endsAt")).isEqualTo("2026-11-20T12:05:01.500Z");
        assertThat(alerts.getJsonObject(1).getJsonObject("labels").getString("priority"))
                .isEqualTo("P1");
        assertThat(alerts.getJsonObject(1).getString("endsAt")).isEqualTo("2026-11-20T12:00:01.500Z");
    }

    @Test
    void alertmanagerNeverGetsAnAlertThatEndsBeforeItStarts() {
        long beforeItBegan = Notices.SINCE - 1_000;
        String body = Couriers.format(ALERTMANAGER)
                .message(Notices.flowing("n", "shop"), beforeItBegan)
                .body()
                .toString();

        assertThat(new JsonArray(body).getJsonObject(0).getString("startsAt")).isEqualTo("2026-11-20T07:59:59Z");
    }

    @Test
    void alertmanagerIsPostedToBelowItsAddress() {
        assertThat(target("http://am:9093")).isEqualTo("http://am:9093/api/v2/alerts");
        assertThat(target("http://am:9093/")).isEqualTo("http://am:9093/api/v2/alerts");
        assertThat(target("https://ops.example/alertmanager"))
                .isEqualTo("https://ops.example/alertmanager/api/v2/alerts");
    }

    @Test
    void slackGetsOneTextInWhichNothingIsAMentionOrALinkButTheRunbook() {
        String text = new JsonObject(body(SLACK, Notices.silent("n1", "shop"))).getString("text");

        assertThat(text)
                .isEqualTo(
                        """
                        :rotating_light: *No lead from shop for 4 h 0 m*
                        P0 LeadFlowStopped firing, since 2026-11-20T08:00:00Z, instance gw-1
                        Look &amp; see &lt;here&gt;.
                        Second line.
                        Last lead: 2026-11-20T08:00:00Z, lead_submitted, 6f1c0d7e-7c1c-4c60-a5b6-0f8f0f8ac0de
                        Gateway: mode stream, 0 events in the journal; last hour: 182 accepted, 3 rejected
                        Runbook: <https://docs.example/headgate#leadflowstopped>""");
    }

    @Test
    void slackIsToldTheEndInAMessageOfItsOwn() {
        assertThat(new JsonObject(body(SLACK, Notices.flowing("n1", "shop"))).getString("text"))
                .startsWith(":white_check_mark: *")
                .contains("P0 LeadFlowStopped resolved");
    }

    @Test
    void theGenericBodyIsTheContracts() {
        assertThat(new JsonObject(body(WEBHOOK, Notices.silent("n1", "shop"))))
                .isEqualTo(
                        new JsonObject(
                                """
                                {"alert":"LeadFlowStopped","priority":"P0","status":"firing",
                                 "key":"headgate/gw-1/LeadFlowStopped/shop","source":"shop",
                                 "since":"2026-11-20T08:00:00Z",
                                 "last_lead":{"at":"2026-11-20T08:00:00Z","event_name":"lead_submitted",
                                  "event_id":"6f1c0d7e-7c1c-4c60-a5b6-0f8f0f8ac0de"},
                                 "summary":"No lead from shop for 4 h 0 m","instance":"gw-1",
                                 "details":["Look & see <here>.","Second line."],
                                 "gateway":{"mode":"stream","journal_events":0,
                                  "accepted_last_hour":182,"rejected_last_hour":3},
                                 "runbook":"https://docs.example/headgate#leadflowstopped"}"""));
    }

    @Test
    void noRequestIsNearAnyLimitHoweverLongTheNoticeIs() {
        assertThat(longest().key().text()).hasSizeLessThan(255);
        assertThat(body(PAGERDUTY, longest())).hasSizeLessThan(512 * 1024);
        assertThat(new JsonObject(body(SLACK, longest())).getString("text")).hasSizeLessThan(4_100);
    }

    /** As long as settings and checks let a notice be. */
    private static Notice longest() {
        return new Notice(
                "n".repeat(100),
                new AlertKey("g".repeat(64), AlertName.LEAD_FLOW_STOPPED, "s".repeat(64)),
                Priority.P0,
                Notice.Status.FIRING,
                Notices.SINCE,
                Notices.AT,
                "<".repeat(Notice.SUMMARY_CHARS_MAX),
                new ArrayList<>(Collections.nCopies(50, "\u0001\"&".repeat(100))),
                Notices.LEAD,
                Notices.GATEWAY,
                "https://docs.example/" + "r".repeat(500));
    }

    private static String target(String url) {
        return Couriers.format(new ReceiverSettings.Alertmanager("am", URI.create(url), Notices.ALL))
                .target()
                .toString();
    }

    private static JsonArray alerts(Notice notice) {
        return new JsonArray(body(ALERTMANAGER, notice));
    }

    private static String body(ReceiverSettings receiver, Notice notice) {
        return Couriers.format(receiver).message(notice, NOW).body().toString();
    }

    private static JsonSchema schema(String type) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("classpath:alert/" + type + ".json"));
    }
}

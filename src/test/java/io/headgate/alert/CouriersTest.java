package io.headgate.alert;

import static io.headgate.alert.PlayingReceiver.answer;
import static io.headgate.alert.PlayingReceiver.answerWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.meter.Meters;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CouriersTest {
    private final Loop loop = new Loop();
    private final Meters meters = new Meters();
    private final PlayingReceiver chat = PlayingReceiver.playing(answer(200));
    private final PlayingReceiver oncall = PlayingReceiver.playing(answer(202));
    private final Couriers couriers = couriers();

    @AfterEach
    void close() {
        loop.on(couriers::stop);
        chat.close();
        oncall.close();
        meters.close();
        loop.close();
    }

    @Test
    void aTestIsAsUrgentAsWhatTheReceiverGetsAndLeavesNoIncidentOpen() {
        List<TestResult> results = test(Optional.empty());

        assertThat(results)
                .containsExactly(
                        new TestResult("chat", "slack", true, "200, its resolution 200", 0),
                        new TestResult("oncall", "pagerduty", true, "202, its resolution 202", 0));
        assertThat(chat.request(1).body()).contains("P1 Test firing");
        assertThat(chat.request(2).body()).contains("P1 Test resolved");
        JsonObject trigger = new JsonObject(oncall.request(1).body());
        JsonObject resolve = new JsonObject(oncall.request(2).body());
        assertThat(trigger.getJsonObject("payload").getString("severity")).isEqualTo("critical");
        assertThat(trigger.getString("event_action")).isEqualTo("trigger");
        assertThat(resolve.getString("event_action")).isEqualTo("resolve");
        assertThat(resolve.getString("dedup_key")).isEqualTo("headgate/gw-1/Test");
    }

    @Test
    void whatIsNotTakenIsNotResolvedAndOneThatFailsHidesNoOther() {
        chat.play(answerWith(404, "no_service"));

        List<TestResult> results = test(Optional.empty());

        assertThat(results.get(0)).isEqualTo(new TestResult("chat", "slack", false, "404 no_service", 0));
        assertThat(results.get(1).ok()).isTrue();
        assertThat(chat.requests()).hasSize(1);
    }

    @Test
    void aResolutionThatIsNotTakenFailsTheTest() {
        oncall.play(answer(202), answer(500));

        assertThat(test(Optional.of("oncall")))
                .containsExactly(new TestResult("oncall", "pagerduty", false, "202, its resolution 500", 0));
        assertThat(chat.requests()).isEmpty();
    }

    @Test
    void aReceiverThatIsNotThereHasNoResult() {
        assertThat(test(Optional.of("nobody"))).isEmpty();
    }

    @Test
    void everyReceiverHasACourierAndAStatus() {
        assertThat(couriers.all()).hasSize(2);
        assertThat(couriers.status()).extracting(ReceiverStatus::name).containsExactly("chat", "oncall");
    }

    private List<TestResult> test(Optional<String> receiver) {
        return Loop.await(loop.on(() -> couriers.test(receiver, "gw-1")));
    }

    private Couriers couriers() {
        List<ReceiverSettings> receivers = List.of(
                new ReceiverSettings.Slack("chat", chat.url("/hook"), Set.of(Priority.P1)),
                new ReceiverSettings.PagerDuty("oncall", oncall.url("/v2/enqueue"), "R0123456789", Notices.ALL));
        AlertSettings settings = new AlertSettings(
                Path.of("nowhere"),
                new LeadFlowSettings(Duration.ofHours(4), true, true, List.of()),
                Duration.ofMinutes(30),
                "README.md",
                receivers,
                Optional.empty(),
                List.of(),
                Duration.ofMinutes(15));
        return new Couriers(loop.vertx, settings, loop.clock, loop, meters);
    }
}

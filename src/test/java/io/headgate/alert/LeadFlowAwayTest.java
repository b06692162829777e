package io.headgate.alert;

import static io.headgate.alert.Watched.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.event.Lead;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time that a process was away is as long as it was, whoever sets the clock meanwhile, and ends without a jump. */
class LeadFlowAwayTest {
    private static final Duration A_MILLISECOND = Duration.ofMillis(1);
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration THREE_HOURS = Duration.ofHours(3);
    /** Of a limit of four hours. */
    private static final Duration GRACE = A_MINUTE;

    private static final List<Duration> STEPS =
            List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ofDays(1), Duration.ofDays(-1));

    @TempDir(factory = InMemory.class)
    private Path dir;

    private final List<Lead> shared = new ArrayList<>();
    private Watched watched;
    private UUID lead;

    @BeforeEach
    void aLeadCame() {
        watched = new Watched(
                dir, Watched.settings("shop", "blog"), (mine, written) -> Future.succeededFuture(List.copyOf(shared)));
        lead = watched.lead("shop");
        watched.live(A_SECOND);
    }

    @Test
    void aClockThatIsSetWhileTheProcessIsDownMakesNoDifference() {
        for (Duration step : STEPS) {
            watched.lead("shop");
            watched.live(THREE_HOURS);
            watched.flow.stop();
            watched.clock.pass(Duration.ofMinutes(10));
            watched.clock.step(step);
            watched.start();

            toldAfter(Duration.ofMinutes(50));
        }
    }

    @Test
    void whereTheMachineWasStartedAnewTheWallClockSaysHowLongItWasAway() {
        // a container's own boot clock begins anew under the same name
        for (String name : List.of("the second start", "the second start")) {
            watched.lead("shop");
            watched.live(THREE_HOURS);
            watched.flow.stop();
            watched.clock.boot(name);
            watched.clock.pass(Duration.ofMinutes(10));
            watched.start();

            toldAfter(Duration.ofMinutes(50));
        }
    }

    @Test
    void aStateWithoutABootClockIsRead() throws IOException {
        JsonObject flow =
                new JsonObject().put("age", 1000).put("id", lead.toString()).put("name", "lead_submitted");
        JsonObject state = new JsonObject()
                .put("wall", watched.clock.wallMillis() - THREE_HOURS.toMillis())
                .put(
                        "flows",
                        List.of(flow.copy().put("source", "*"), flow.copy().put("source", "shop")));
        Files.delete(dir.resolve("leads"));
        new SlotFile(dir.resolve("leads")).write(state.encode().getBytes(StandardCharsets.UTF_8));

        watched.start();

        assertThat(watched.status("shop").silentSeconds()).hasValue(3 * 3600 + 1);
        assertThat(dir.resolve("leads.bad")).doesNotExist();
    }

    @Test
    void anAgeByTheWallClockGivesWayToThatByRedissClockOnce() {
        for (Duration step : STEPS) {
            shared.clear();
            lead = watched.lead("shop");
            watched.live(THREE_HOURS);
            watched.flow.stop();
            watched.clock.boot("a start " + step);
            watched.clock.step(step);
            watched.clock.pass(A_MINUTE);
            shared(lead, "shop", THREE_HOURS.plus(A_MINUTE));
            watched.start();
            shared(lead, "shop", A_SECOND);

            toldAfter(Duration.ofMinutes(59));
        }
    }

    @Test
    void anAgeByTheBootClockStays() {
        watched.live(THREE_HOURS.minus(A_SECOND));
        watched.flow.stop();
        watched.clock.pass(A_MINUTE);
        shared(lead, "shop", THREE_HOURS.minusHours(1));
        watched.start();

        toldAfter(Duration.ofMinutes(59));
    }

    @Test
    void aLeadThatOnlySeemedEarlierThanOursIsTheLastOfAll() {
        watched.live(THREE_HOURS);
        watched.flow.stop();
        watched.clock.boot("the second start");
        watched.clock.step(Duration.ofDays(-1));
        watched.clock.pass(Duration.ofHours(2));
        UUID later = UUID.randomUUID();
        shared(later, "blog", Duration.ofHours(4));
        shared.add(new Lead("shop", lead, "lead_submitted", Duration.ofHours(5).toMillis()));

        watched.start();

        assertThat(watched.status("*").lastLead().orElseThrow().eventId()).isEqualTo(later.toString());
        assertThat(watched.status("*").silentSeconds()).hasValue(4 * 3600);
        assertThat(watched.status("shop").silentSeconds()).hasValue(5 * 3600);
    }

    @Test
    void aLimitRightBeforeTheStartAndOneRightAfterItAreToldAtTheSameMoment() {
        for (Duration after : List.of(A_SECOND.negated(), Duration.ZERO, A_SECOND, Duration.ofSeconds(59))) {
            watched.lead("shop");
            watched.live(A_MINUTE);
            watched.flow.stop();
            watched.clock.pass(LIMIT.minus(A_MINUTE).minus(after));
            watched.start();

            toldAfter(GRACE);
        }
    }

    @Test
    void aLimitRightAfterASleepIsToldOnceLeadsHadAMomentToCome() {
        watched.live(A_MINUTE);
        watched.clock.sleep(LIMIT.minus(A_MINUTE).minusSeconds(2));
        watched.flow.look(watched.bell);

        toldAfter(GRACE);
    }

    @Test
    void aRestartOfSecondsPutsAPageOffByNoMoreThanThese() {
        for (Duration before : List.of(A_MILLISECOND, A_SECOND, Duration.ofSeconds(2))) {
            watched.lead("shop");
            watched.live(LIMIT.minus(before));
            watched.flow.stop();
            watched.clock.pass(Duration.ofSeconds(3));
            watched.start();

            toldAfter(Duration.ofSeconds(3));
        }
    }

    @Test
    void aProcessThatIsKilledWhileLeadsGetAMomentGivesThemTheWholeOfItAgain() {
        watched.flow.stop();
        watched.clock.pass(LIMIT.multipliedBy(2));
        watched.start();
        watched.live(GRACE.minus(A_SECOND));

        watched.start();

        toldAfter(GRACE);
    }

    private void shared(UUID id, String source, Duration age) {
        shared.clear();
        shared.add(new Lead(source, id, "lead_submitted", age.toMillis()));
    }

    private void toldAfter(Duration time) {
        watched.live(time.minus(A_MILLISECOND));
        assertThat(watched.stopped("shop")).isFalse();
        assertThat(watched.stopped("*")).isFalse();
        watched.live(A_MILLISECOND);
        assertThat(watched.stopped("shop")).isTrue();
        assertThat(watched.stopped("*")).isTrue();
    }
}

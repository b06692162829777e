package io.headgate.alert;

import static io.headgate.alert.Watched.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restart neither resets a silence nor makes one. */
class LeadFlowRestartTest {
    private static final Duration A_MILLISECOND = Duration.ofMillis(1);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    /** Of a limit of four hours. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    @TempDir(factory = InMemory.class)
    private Path dir;

    private Watched watched;
    private UUID lead;

    @BeforeEach
    void aLeadCame() {
        watched = new Watched(dir, Watched.settings("shop"));
        lead = watched.lead("shop");
    }

    @Test
    void stoppedAtThreeHoursFiftyNineItIsToldAtFourHours() {
        watched.live(LIMIT.minus(A_MINUTE));
        stop();
        watched.clock.pass(Duration.ofSeconds(30));
        watched.start();

        watched.live(Duration.ofSeconds(30).minus(A_MILLISECOND));
        boolean before = watched.stopped("shop");
        watched.live(A_MILLISECOND);

        assertThat(before).isFalse();
        assertThat(watched.changes()).containsExactly("firing LeadFlowStopped/*", "firing LeadFlowStopped/shop");
        assertThat(watched.stoppedRing("shop").lastLead().orElseThrow().eventId())
                .isEqualTo(lead.toString());
    }

    @Test
    void killedAtThreeHoursFiftyNineItIsToldAtFourHours() {
        watched.live(LIMIT.minus(A_MINUTE));
        watched.clock.pass(Duration.ofSeconds(7));
        watched.start();

        watched.live(Duration.ofSeconds(53).minus(A_MILLISECOND));
        boolean before = watched.stopped("shop");
        watched.live(A_MILLISECOND);

        assertThat(before).isFalse();
        assertThat(watched.stopped("shop")).isTrue();
    }

    @Test
    void killedSecondsAfterALeadItCountsFromTheOneBefore() {
        watched.live(Duration.ofHours(3));
        watched.live(Duration.ofSeconds(2));
        watched.lead("shop");
        watched.live(Duration.ofSeconds(5));

        watched.start();

        assertThat(watched.status("shop").silentSeconds().orElseThrow()).isBetween(5L, 3 * 3600L + 10);
    }

    @Test
    void killedRightAfterTheFirstLeadOfAllItIsWatchedAllTheSame() {
        watched.live(Duration.ofMillis(200));
        watched.start();

        watched.live(LIMIT);

        assertThat(watched.stopped("shop")).isTrue();
        assertThat(watched.stopped("*")).isTrue();
    }

    @Test
    void aSilenceThatTheProcessSleptThroughIsToldOnceLeadsHadAMomentToCome() {
        watched.live(A_MINUTE);
        stop();
        watched.clock.pass(Duration.ofHours(5));
        watched.bell.rings.clear();
        watched.start();

        watched.live(GRACE.minus(A_MILLISECOND));
        boolean nothing = watched.bell.rings.isEmpty();
        watched.live(A_MILLISECOND);

        assertThat(nothing).isTrue();
        assertThat(watched.stoppedRing("shop").summary()).isEqualTo("No lead from shop for 5 h 2 m");
    }

    @Test
    void leadsThatComeAtOnceAfterALongDowntimeKeepItQuiet() {
        watched.live(A_MINUTE);
        stop();
        watched.clock.pass(Duration.ofHours(5));
        watched.start();

        watched.live(Duration.ofSeconds(59));
        watched.lead("shop");
        watched.live(Duration.ofHours(3));

        assertThat(watched.changes()).isEmpty();
        assertThat(watched.stoppedRing("shop")).isEqualTo(Rung.well("leads are accepted again"));
    }

    @Test
    void whatWasToldBeforeARestartIsToldAgainAfterIt() {
        watched.live(LIMIT.plusHours(1));
        watched.start();
        watched.bell.rings.clear();

        watched.live(GRACE.minus(A_MILLISECOND));
        boolean nothing = watched.bell.rings.isEmpty();
        watched.live(A_MILLISECOND);

        assertThat(nothing).isTrue();
        assertThat(watched.stopped("shop")).isTrue();
    }

    @Test
    void manyRestartsDoNotAddUpToAnything() {
        for (int i = 0; i < 239; i++) {
            watched.live(A_MINUTE);
            watched.start();
        }

        watched.live(A_MINUTE.minus(A_MILLISECOND));
        boolean before = watched.stopped("shop");
        watched.live(A_MILLISECOND);

        assertThat(before).isFalse();
        assertThat(watched.stopped("shop")).isTrue();
    }

    @Test
    void theWaitForAFirstLeadOutlivesARestart() {
        Watched expecting = new Watched(dir.resolve("other"), Watched.settings(true, "launch"));
        expecting.live(Duration.ofHours(3));
        expecting.start();

        expecting.live(Duration.ofHours(1));

        assertThat(expecting.stopped("launch")).isTrue();
        assertThat(expecting.stopped("*")).isTrue();
    }

    @Test
    void aSourceThatIsAddedBeginsAnewAndOneThatIsRemovedIsForgotten() {
        watched.live(A_MINUTE);
        watched.settings = Watched.settings("blog");
        watched.start();
        watched.live(Duration.ofHours(1));
        watched.settings = Watched.settings("blog", "shop");
        watched.start();

        watched.live(Duration.ofHours(3));

        assertThat(watched.changes()).containsExactly("firing LeadFlowStopped/*");
        assertThat(watched.status("shop").state()).isEqualTo("never_seen");
        assertThat(watched.status("blog").state()).isEqualTo("never_seen");
    }

    @Test
    void silenceIsToldWhereNoStateCanBeWritten() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "no directory");
        Watched unwritten = new Watched(file, Watched.settings("shop"));
        unwritten.lead("shop");

        unwritten.live(LIMIT);

        assertThat(unwritten.stopped("shop")).isTrue();
        assertThat(unwritten.flow.status().stateFault().orElseThrow()).startsWith("leads: ");
        assertThat(unwritten.meters.scrape()).contains("headgate_alert_state_unwritten_total{state=\"leads\"} 14");
    }

    @Test
    void itsFilesHaveTheirRoomFromTheFirstLook() {
        Watched fresh = new Watched(dir.resolve("fresh"), Watched.settings("shop"));

        assertThat(fresh.dir.resolve("leads")).hasSize(2L * SlotFile.SLOT_BYTES_MIN);
        assertThat(fresh.dir.resolve("rates")).hasSize(2L * SlotFile.SLOT_BYTES_MIN);
    }

    @Test
    void aStateThatCannotBeReadIsPutAsideAndAllTogetherAreWatchedFromThere() throws IOException {
        watched.live(A_MINUTE);
        for (byte[] damage : List.of(new byte[9], new byte[4000])) {
            Files.write(dir.resolve("leads"), damage, StandardOpenOption.TRUNCATE_EXISTING);
            watched.start();
            assertThat(dir.resolve("leads.bad")).hasBinaryContent(damage);
        }
        // and of a restart after it, too
        watched.live(Duration.ofHours(2));
        watched.start();

        watched.live(Duration.ofHours(2));

        assertThat(watched.changes()).containsExactly("firing LeadFlowStopped/*");
        assertThat(watched.status("shop").state()).isEqualTo("never_seen");
    }

    @Test
    void aStateThatIsNoneOfOursIsPutAside() throws IOException {
        for (String state : List.of(
                "[]",
                "{}",
                "{\"wall\":1,\"flows\":[7]}",
                "{\"wall\":1,\"flows\":[{\"source\":\"shop\",\"age\":-1,\"id\":\"" + lead + "\",\"name\":\"x\"}]}")) {
            Files.deleteIfExists(dir.resolve("leads"));
            new SlotFile(dir.resolve("leads")).write(state.getBytes(java.nio.charset.StandardCharsets.UTF_8));

            watched.start();

            assertThat(dir.resolve("leads.bad")).exists();
            assertThat(watched.meters.scrape()).contains("headgate_alert_state_unreadable_total{state=\"leads\"} 1.0");
            Files.delete(dir.resolve("leads.bad"));
        }
    }

    private void stop() {
        Future<Void> stopped = watched.flow.stop();
        assertThat(stopped.succeeded()).isTrue();
    }
}

package io.headgate.alert;

import static io.headgate.alert.Watched.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headgate.event.Event;
import io.headgate.event.Slice;
import io.headgate.meter.Meters;
import io.headgate.time.Clock;
import io.headgate.time.SystemClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four hours without a lead are told, and nothing less. */
class LeadFlowTest {
    private static final Duration A_MILLISECOND = Duration.ofMillis(1);

    @TempDir(factory = InMemory.class)
    private Path dir;

    @Test
    void silenceIsToldAtTheLimitAndNotAMillisecondBefore() {
        Watched watched = new Watched(dir, Watched.settings("shop"));
        UUID id = watched.lead("shop");
        long stored = watched.clock.wallMillis();

        watched.live(LIMIT.minus(A_MILLISECOND));
        boolean before = watched.stopped("shop") || watched.stopped("*");
        watched.live(A_MILLISECOND);

        assertThat(before).isFalse();
        assertThat(watched.changes()).containsExactly("firing LeadFlowStopped/*", "firing LeadFlowStopped/shop");
        Rung.Ring shop = watched.stoppedRing("shop");
        assertThat(shop.summary()).isEqualTo("No lead from shop for 4 h 0 m");
        assertThat(shop.sinceMillis()).isEqualTo(stored);
        assertThat(shop.lastLead()).contains(new LastLead(stored, id.toString(), "lead_submitted"));
        assertThat(watched.stoppedRing("*").summary()).isEqualTo("No lead from any source for 4 h 0 m");
    }

    @Test
    void aLeadASecondBeforeTheLimitKeepsItQuiet() {
        Watched watched = new Watched(dir, Watched.settings("shop"));
        watched.lead("shop");
        watched.live(Duration.ofHours(4).minusSeconds(1));

        watched.lead("shop");
        watched.live(LIMIT.minus(A_MILLISECOND));

        assertThat(watched.changes()).isEmpty();
    }

    @Test
    void aSourceIsToldWhileOthersFlow() {
        Watched watched = new Watched(dir, Watched.settings("shop", "blog"));
        watched.lead("shop");
        watched.lead("blog");

        for (int i = 0; i < 4; i++) {
            watched.live(Duration.ofHours(1));
            watched.lead("blog");
        }
        watched.live(Duration.ofSeconds(5));

        assertThat(watched.changes()).containsExactly("firing LeadFlowStopped/shop");
        assertThat(watched.stoppedRing("shop").details())
                .contains("The limit is 4 h 0 m.")
                .anyMatch(detail -> detail.startsWith("The last lead from any source came at 2025-11-21T")
                        && detail.endsWith("Z, 1 h 0 m ago."));
    }

    @Test
    void aSourceHasItsOwnLimit() {
        LeadFlowSettings.Source slow = new LeadFlowSettings.Source("slow", Duration.ofHours(12), false);
        LeadFlowSettings.Source fast = new LeadFlowSettings.Source("fast", Duration.ofMinutes(10), false);
        Watched watched = new Watched(dir, new LeadFlowSettings(LIMIT, true, true, List.of(slow, fast)));
        watched.lead("slow");
        watched.lead("fast");

        watched.live(Duration.ofMinutes(10));
        assertThat(watched.changes()).containsExactly("firing LeadFlowStopped/fast");
        assertThat(watched.stoppedRing("fast").summary()).isEqualTo("No lead from fast for 10 m");
        watched.live(Duration.ofHours(11));
        assertThat(watched.stopped("slow")).isFalse();
        watched.live(Duration.ofHours(1));

        assertThat(watched.stopped("slow")).isTrue();
    }

    @Test
    void aSourceThatNeverSentALeadIsWatchedOnlyWhenOneIsExpected() {
        LeadFlowSettings.Source quiet = new LeadFlowSettings.Source("quiet", LIMIT, false);
        LeadFlowSettings.Source launch = new LeadFlowSettings.Source("launch", LIMIT, true);
        Watched watched = new Watched(dir, new LeadFlowSettings(LIMIT, true, true, List.of(quiet, launch)));

        watched.live(LIMIT.minus(A_MILLISECOND));
        boolean before = watched.stopped("launch") || watched.stopped("*");
        watched.live(A_MILLISECOND);

        assertThat(before).isFalse();
        assertThat(watched.changes()).containsExactly("firing LeadFlowStopped/*", "firing LeadFlowStopped/launch");
        assertThat(watched.stoppedRing("launch").summary())
                .isEqualTo("No lead from launch for 4 h 0 m; none ever came");
        assertThat(watched.stoppedRing("launch").lastLead()).isEmpty();
        assertThat(watched.status("quiet").watched()).isFalse();
        assertThat(watched.status("quiet").silentSeconds()).isEmpty();
    }

    @Test
    void nothingIsToldWhereNoLeadEverCameAndNoneIsExpected() {
        Watched watched = new Watched(dir, Watched.settings("shop"));

        watched.live(LIMIT.multipliedBy(3));

        assertThat(watched.changes()).isEmpty();
    }

    @Test
    void onlyAllTogetherAreWatchedWhereSourcesAreNot() {
        Watched watched = new Watched(
                dir,
                new LeadFlowSettings(
                        LIMIT, false, true, List.of(new LeadFlowSettings.Source("shop", Duration.ofHours(1), true))));
        watched.lead("shop");

        watched.live(LIMIT);

        assertThat(watched.changes()).containsExactly("firing LeadFlowStopped/*");
        assertThat(watched.status("shop").state()).isEqualTo("flowing");
    }

    @Test
    void aSilenceThatEndsWhileItIsToldIsWellAgain() {
        Watched watched = new Watched(dir, Watched.settings("shop"));
        watched.lead("shop");
        watched.live(LIMIT.plusMinutes(31));
        String later = watched.stoppedRing("shop").summary();
        long since = watched.stoppedRing("shop").sinceMillis();

        UUID id = watched.lead("shop");
        watched.live(A_MILLISECOND);

        assertThat(later).isEqualTo("No lead from shop for 4 h 31 m");
        assertThat(since)
                .isEqualTo(watched.clock.wallMillis() - LIMIT.plusMinutes(31).toMillis() - 1);
        assertThat(watched.stoppedRing("shop")).isEqualTo(Rung.well("leads are accepted again"));
        assertThat(watched.changes()).hasSize(4).endsWith("well LeadFlowStopped/*", "well LeadFlowStopped/shop");
        assertThat(watched.status("shop").state()).isEqualTo("flowing");
        assertThat(watched.status("shop").lastLead().orElseThrow().eventId()).isEqualTo(id.toString());
        assertThat(watched.meters.scrape())
                .contains("headgate_lead_flow_changes_total{transition=\"first_lead\"} 2.0")
                .contains("headgate_lead_flow_changes_total{transition=\"fell_silent\"} 2.0")
                .contains("headgate_lead_flow_changes_total{transition=\"flows_again\"} 2.0")
                .contains("headgate_leads_stored_total{source=\"shop\"} 2.0");
    }

    @Test
    void theStatusSaysHowEachFlowStands() {
        Watched watched = new Watched(dir, Watched.settings("shop", "blog"));
        watched.lead("shop");
        long stored = watched.clock.wallMillis();
        watched.live(LIMIT);

        assertThat(watched.flow.status().flows())
                .extracting(LeadFlowStatus.Flow::source, LeadFlowStatus.Flow::state)
                .containsExactly(tuple("*", "silent"), tuple("shop", "silent"), tuple("blog", "never_seen"));
        assertThat(watched.status("shop").silentSeconds()).hasValue(4 * 3600);
        assertThat(watched.status("shop").limitSeconds()).isEqualTo(4 * 3600);
        assertThat(watched.status("shop").lastLead().orElseThrow().atMillis()).isEqualTo(stored);
        assertThat(watched.flow.status().stateFault()).isEmpty();
    }

    /** No assertion: a figure to look at. */
    @Test
    void tenThousandSourcesAreLookedAtCheaply() {
        String[] names = IntStream.range(0, 10_000).mapToObj(i -> "source-" + i).toArray(String[]::new);
        Watched watched = new Watched(dir, Watched.settings(names));
        for (String name : names) {
            watched.lead(name);
        }
        watched.live(Duration.ofMinutes(10));

        long from = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            // no save falls into it
            watched.flow.look(watched.bell);
        }
        long silent = System.nanoTime() - from;
        Event event = new Event(new UUID(1, 2), "lead_submitted", "source-1", "s", true, 0, Slice.of(new byte[0]));
        Clock clock = new SystemClock();
        LeadFlow real = LeadFlow.open(
                Watched.settings(names), dir.resolve("real"), LeadShare.NONE, clock, new Meters(), Runnable::run);
        from = System.nanoTime();
        for (int i = 0; i < 1_000_000; i++) {
            real.stored("source-1", 1, event);
        }
        long noted = System.nanoTime() - from;
        from = System.nanoTime();
        watched.live(Duration.ofSeconds(100));

        System.out.printf(
                "10,000 sources: a look %d us, a lead noted %d ns, ten saves and twenty looks %d ms%n",
                silent / 1_000_000, noted / 1_000_000, (System.nanoTime() - from) / 1_000_000);
    }
}

package io.headgate.alert;

import static io.headgate.alert.Watched.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
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
}

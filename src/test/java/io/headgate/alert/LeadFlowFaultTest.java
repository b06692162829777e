package io.headgate.alert;

import static io.headgate.alert.Watched.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.meter.Meters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with one flow keeps no other from being told, and is not hidden. */
class LeadFlowFaultTest {
    @TempDir(factory = InMemory.class)
    private Path dir;

    @Test
    void aFlowThatFailsKeepsNoOtherFromBeingToldAndIsSaid() {
        Watched watched = new Watched(dir, Watched.settings("shop", "blog"));
        watched.lead("shop");
        watched.lead("blog");
        watched.live(LIMIT.minusMillis(1));
        watched.clock.pass(Duration.ofMillis(1));

        assertThatThrownBy(() -> watched.flow.look(failing(AlertName.LEAD_FLOW_STOPPED, watched.bell)))
                .hasMessage("a fault in *");

        assertThat(watched.changes()).containsExactly("firing LeadFlowStopped/shop", "firing LeadFlowStopped/blog");
    }

    @Test
    void aFlowWhoseUsualRateFailsKeepsNoOtherFromBeingLookedAtAndKept() {
        for (boolean unusual : new boolean[] {true, false}) {
            LeadFlowSettings all = Watched.settings("shop", "blog");
            LeadFlowSettings settings = new LeadFlowSettings(all.silence(), all.perSource(), unusual, all.sources());
            Watched watched = new Watched(dir.resolve("unusual-" + unusual), Watched.settings());
            // opened, and not yet looked at
            watched.flow =
                    LeadFlow.open(settings, watched.dir, LeadShare.NONE, watched.clock, new Meters(), Runnable::run);
            watched.settings = settings;
            watched.lead("shop");
            watched.lead("blog");

            assertThatThrownBy(() -> watched.flow.look(failing(AlertName.LEAD_FLOW_UNUSUAL, watched.bell)))
                    .hasMessage("a fault in *");

            assertThat(watched.bell.rings).containsKeys("LeadFlowUnusual/shop", "LeadFlowUnusual/blog");
            watched.start();
            assertThat(watched.status("blog").state()).isEqualTo("flowing");
        }
    }

    @Test
    void aShareThatIsBrokenIsOneThatCannotBeReached() {
        Watched watched = new Watched(dir, Watched.settings("shop"), (mine, written) -> {
            throw new IllegalStateException("a fault of the program");
        });
        watched.lead("shop");

        watched.live(LIMIT);

        assertThat(watched.stopped("shop")).isTrue();
    }

    /** A bell that fails at what it is told of all sources together. */
    private static Bell failing(AlertName fails, Bell bell) {
        return new Bell() {
            @Override
            public void firing(
                    AlertName name,
                    String label,
                    Priority priority,
                    long sinceMillis,
                    String summary,
                    List<String> details,
                    @Nullable LastLead lastLead) {
                fail(name, label);
                bell.firing(name, label, priority, sinceMillis, summary, details, lastLead);
            }

            @Override
            public void well(AlertName name, String label, String reason) {
                fail(name, label);
                bell.well(name, label, reason);
            }

            @Override
            public void gone(AlertName name, Set<String> there, String reason) {
                bell.gone(name, there, reason);
            }

            private void fail(AlertName name, String label) {
                if (name == fails && label.equals(Flow.ALL)) {
                    throw new IllegalStateException("a fault in " + label);
                }
            }
        };
    }
}

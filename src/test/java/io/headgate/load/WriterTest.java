package io.headgate.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Eventually;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A run that has found a promise broken must end and say so: its writers stand still then. */
class WriterTest {
    private static final int NOBODY = 1;
    private static final Set<Thread.State> STANDING = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
    private static final long ENDS_WITHIN_MILLIS = 10_000;

    @Test
    void aWriterThatIsPausedEndsWhenItIsTold() throws InterruptedException {
        try (Client client = new Client(NOBODY, NOBODY, 1)) {
            Writer writer = new Writer(new Numbered(1), Ledger.inMemory(1), client, 0, 1, 1, 1);
            assertThat(writer.pause(1)).isTrue();
            writer.start();
            Eventually.isTrue(() -> STANDING.contains(writer.getState()));

            writer.end();

            writer.join(ENDS_WITHIN_MILLIS);
            assertThat(writer.isAlive()).isFalse();
        }
    }
}

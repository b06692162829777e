package io.headgate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deliver.Journaled;
import io.headgate.event.Event;
import io.headgate.event.Slice;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final long WINDOW = Duration.ofHours(24).toMillis();
    private static final long RECEIVED = 1_763_688_289_123L;

    private final Attempts attempts = new Attempts(Duration.ofHours(24), 0, 0);

    @Test
    void anAttemptedEventIsUnverifiedOnePastTheDedupeWindow() {
        assertThat(attempts.unverified(1, event(true), RECEIVED + WINDOW)).isFalse();
        assertThat(attempts.unverified(1, event(true), RECEIVED + WINDOW + 1)).isTrue();
        assertThat(attempts.unverified(1, event(false), RECEIVED + WINDOW + 1)).isFalse();
    }

    @Test
    void soIsOneThatTheDrainItselfTriedThatLongAgo() {
        attempts.failed(5, RECEIVED);

        assertThat(attempts.unverified(4, event(false), RECEIVED + WINDOW)).isFalse();
        assertThat(attempts.unverified(4, event(false), RECEIVED + WINDOW + 1)).isTrue();
        assertThat(attempts.unverified(5, event(false), RECEIVED + WINDOW + 1)).isTrue();
        assertThat(attempts.unverified(6, event(false), RECEIVED + WINDOW + 1)).isFalse();

        attempts.confirmed(4);
        assertThat(attempts.unverified(5, event(false), RECEIVED + WINDOW + 1)).isTrue();
        attempts.confirmed(5);
        assertThat(attempts.unverified(5, event(false), RECEIVED + WINDOW + 1)).isFalse();
    }

    @Test
    void soIsOneThatTheProcessBeforeMayHaveSentWithoutNotingIt() {
        Attempts atStart = new Attempts(Duration.ofHours(24), 1_000, 1_000_000);

        assertThat(atStart.unverified(1_001, event(false), RECEIVED + WINDOW)).isFalse();
        assertThat(atStart.unverified(1_001, event(false), RECEIVED + WINDOW + 1))
                .isTrue();
        assertThat(atStart.unverified(101_000, event(false), RECEIVED + WINDOW + 1))
                .isTrue();
        assertThat(atStart.unverified(101_001, event(false), RECEIVED + WINDOW + 1))
                .isFalse();
    }

    private static Journaled event(boolean attempted) {
        return new Journaled(
                new Event(new UUID(1, 2), "page_view", "shop", "s", false, RECEIVED, Slice.of(new byte[] {'{', '}'})),
                attempted);
    }
}

package io.headgate.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModeTest {
    @ParameterizedTest
    @CsvSource(
            useHeadersInDisplayName = true,
            textBlock =
                    """
            redis, journal, backlog, paused, mode
            true,  true,    false,   false,  STREAM
            true,  true,    false,   true,   STREAM
            true,  false,   false,   false,  STREAM
            true,  true,    true,    false,  DRAINING
            true,  false,   true,    false,  DRAINING
            true,  true,    true,    true,   JOURNAL
            true,  false,   true,    true,   JOURNAL
            false, true,    false,   false,  JOURNAL
            false, true,    true,    false,  JOURNAL
            false, true,    true,    true,   JOURNAL
            false, false,   false,   false,  REFUSING
            false, false,   true,    false,  REFUSING
            false, false,   true,    true,   REFUSING
            """)
    void theModeFollowsFromWhatTakesEventsAndWhatWaits(
            boolean redis, boolean journal, boolean backlog, boolean paused, Mode mode) {
        assertThat(new Mode.Facts(redis, journal, backlog, paused).mode()).isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource({
        "STREAM, JOURNAL, failed_over",
        "STREAM, DRAINING, detoured",
        "STREAM, REFUSING, refusing",
        "JOURNAL, DRAINING, redis_back",
        "JOURNAL, STREAM, recovered",
        "JOURNAL, REFUSING, refusing",
        "DRAINING, STREAM, drained",
        "DRAINING, JOURNAL, redis_lost",
        "DRAINING, REFUSING, refusing",
        "REFUSING, STREAM, relented",
        "REFUSING, JOURNAL, relented",
        "REFUSING, DRAINING, relented",
    })
    void eachChangeHasAName(Mode from, Mode to, String name) {
        assertThat(from.transitionTo(to)).isEqualTo(name);
    }
}

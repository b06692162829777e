package io.headgate.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.RealRedis;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The oracle sees each kind of broken promise, one alone on streams that are otherwise as they should be. */
class OracleTest {
    private static final int SESSIONS = 3;
    private static final int NUMBERS = 4;

    private final Numbered events = new Numbered(7);
    private final Ledger ledger = Ledger.inMemory(SESSIONS);
    private RealRedis redis;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        for (int number = 0; number < NUMBERS; number++) {
            for (int session = 0; session < SESSIONS; session++) {
                add(session, session, number);
                send(session, number);
                ledger.answered(new Client.Answer(202, 1, 0, 0), (long) session << 32 | number);
            }
        }
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void whatIsAsPromisedIsSound() {
        Oracle.Verdict verdict = judge();

        assertThat(verdict.onceEach()).isTrue();
        assertThat(verdict.disordered()).isZero();
        assertThat(verdict.entries()).isEqualTo((long) SESSIONS * NUMBERS);
    }

    @Test
    void anAnsweredEventThatIsNotThereIsLost() {
        ledger.answered(new Client.Answer(202, 1, 0, 0), NUMBERS);

        assertThat(judge().lost()).isEqualTo(1);
        assertThat(judge().onceEach()).isFalse();
    }

    @Test
    void anEventThatIsThereAgainIsTwiceAlsoOnAnotherStream() {
        add(0, 0, 0);
        add(1, 0, 0);

        assertThat(judge().twice()).isEqualTo(2);
        assertThat(judge().onceEach()).isFalse();
    }

    @Test
    void anEventThatWasNeverSentIsForeign() {
        add(0, 0, NUMBERS);

        assertThat(judge().foreign()).isEqualTo(1);
        assertThat(judge().onceEach()).isFalse();
    }

    @Test
    void anEventThatIsNotByteForByteWhatWasSentIsForeignAndTheSentOneLost() {
        redis.command("DEL", "{headgate:2}:events");
        String changed = text(2, 0).replace("autumn", "winter");
        redis.command("XADD", "{headgate:2}:events", "*", "event", changed);

        assertThat(judge().foreign()).isEqualTo(1);
        assertThat(judge().lost()).isEqualTo(NUMBERS);
    }

    @Test
    void anEventBehindALaterOneOfItsSessionIsOutOfOrder() {
        send(0, NUMBERS);
        send(0, NUMBERS + 1);
        add(0, 0, NUMBERS + 1);
        add(0, 0, NUMBERS);

        assertThat(judge().disordered()).isEqualTo(1);
        assertThat(judge().onceEach()).isTrue();
    }

    private Oracle.Verdict judge() {
        return Oracle.judge(events, ledger, new Streams(redis.port()));
    }

    private void send(int session, int number) {
        ledger.sent((long) session << 32 | number);
    }

    private void add(int stream, int session, int number) {
        redis.command(
                "XADD", "{headgate:" + stream + "}:events", "*", "name", "page_view", "event", text(session, number));
    }

    private String text(int session, int number) {
        return new String(events.event(session, number), StandardCharsets.ISO_8859_1);
    }
}

package io.headgate.stream;

import static io.headgate.stream.Stores.all;
import static io.headgate.stream.Stores.await;
import static io.headgate.stream.Stores.awaitFailure;
import static io.headgate.stream.Stores.events;
import static io.headgate.stream.Stores.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.event.Outcome;
import io.headgate.stream.WriteFault.Kind;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer of Redis means for the events of the call, held against a stand-in that gives it. */
class AnswersTest {
    private static final int EVENTS = 3;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            LOADING Redis is loading the dataset in memory                   | NOT_APPLIED | NOT_STORED
            READONLY You can't write against a read only replica.            | NOT_APPLIED | NOT_STORED
            MASTERDOWN Link with MASTER is down                              | NOT_APPLIED | NOT_STORED
            CLUSTERDOWN The cluster is down                                  | NOT_APPLIED | NOT_STORED
            TRYAGAIN Multiple keys request during rehashing of slot          | NOT_APPLIED | NOT_STORED
            BUSY Redis is busy running a script.                             | NOT_APPLIED | NOT_STORED
            MISCONF Redis is configured to save RDB snapshots                | NOT_APPLIED | NOT_STORED
            NOREPLICAS Not enough good replicas to write.                    | NOT_APPLIED | NOT_STORED
            OOM command not allowed when used memory > 'maxmemory'.          | NOT_APPLIED | NOT_STORED
            MOVED 3999 127.0.0.1:6381                                        | NOT_APPLIED | NOT_STORED
            NOSCRIPT No matching script. Please use EVAL.                    | NOT_APPLIED | NOT_STORED
            NOAUTH Authentication required.                                  | DENIED      | NOT_STORED
            WRONGPASS invalid username-password pair or user is disabled.    | DENIED      | NOT_STORED
            NOPERM this user has no permissions to run the 'evalsha' command | DENIED      | NOT_STORED
            WRONGTYPE Operation against a key holding the wrong kind         | BROKEN      | UNKNOWN
            ERR Error running script (call to f_1): @user_script:3: boom     | BROKEN      | UNKNOWN
            """)
    void anErrorThatIsTheWholeAnswer(String error, Kind kind, Outcome outcome) {
        try (FakeRedis redis = new FakeRedis("6.2.0", (connection, command) -> "-" + error + "\r\n")) {
            assertAppend(redis, kind, outcome);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            @user_script: 41: -OOM command not allowed when used memory > 'maxmemory'.                    | NOT_APPLIED
            OOM command not allowed when used memory > 'maxmemory'.                                       | NOT_APPLIED
            @user_script: 41: -READONLY You can't write against a read only replica.                      | NOT_APPLIED
            MISCONF Errors writing to the AOF file: No space left on device                               | NOT_APPLIED
            WRONGTYPE Operation against a key holding the wrong kind of value                             | BROKEN
            @user_script: 41: The user executing the script can't run this command or subcommand          | DENIED
            ERR ACL failure in script: User gate has no permissions to run the 'xadd' command             | DENIED
            """)
    void anErrorInsideTheScriptStopsItThere(String error, Kind kind) {
        String answer = "*2\r\n" + FakeRedis.bulk("sd") + FakeRedis.bulk(error);
        try (FakeRedis redis = new FakeRedis("6.2.0", (connection, command) -> answer);
                Stores stores = new Stores()) {
            StreamStore store = stores.started(Stores.settings(redis.uri()));

            Appended appended = await(Appends.append(store, 0, events("s", EVENTS)));

            assertThat(appended.outcomes()).containsExactly(Outcome.STORED, Outcome.DUPLICATE, Outcome.NOT_STORED);
            assertThat(kind(appended)).isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2\r\nss\r\n",
                "$4\r\nssss\r\n",
                "$3\r\nsxs\r\n",
                ":1\r\n",
                "$-1\r\n",
                "*0\r\n",
                "*1\r\n$0\r\n\r\n",
                "*2\r\n$3\r\nsss\r\n$3\r\nERR\r\n",
                "*2\r\n$1\r\nx\r\n$3\r\nERR\r\n"
            })
    void anAnswerThatTheScriptDoesNotGiveProvesNothing(String answer) {
        try (FakeRedis redis = new FakeRedis("6.2.0", (connection, command) -> answer)) {
            assertAppend(redis, Kind.BROKEN, Outcome.UNKNOWN);
        }
    }

    @Test
    void aConnectionClosedInsteadOfAnAnswerProvesNothing() {
        try (FakeRedis redis = new FakeRedis("6.2.0", (connection, command) -> null)) {
            assertAppend(redis, Kind.LOST, Outcome.UNKNOWN);
        }
    }

    @Test
    void aLostScriptIsBroughtAndCalledOnceMore() {
        AtomicInteger calls = new AtomicInteger();
        FakeRedis.Answers noScriptOnce = (connection, command) -> {
            calls.incrementAndGet();
            return command.get(0).equalsIgnoreCase("EVALSHA")
                    ? "-NOSCRIPT No matching script.\r\n"
                    : FakeRedis.bulk("");
        };
        try (FakeRedis redis = new FakeRedis("6.2.0", noScriptOnce);
                Stores stores = new Stores()) {
            StreamStore store = stores.started(Stores.settings(redis.uri()));

            Appended appended = await(Appends.append(store, 0, events("s", EVENTS)));

            assertThat(appended.fault()).isNull();
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void aLateAnswerIsNotTakenForThatOfTheNextCall() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        FakeRedis.Answers lateOnFirst = (connection, command) -> {
            if (connection == 0) {
                second.await();
                return FakeRedis.bulk("d".repeat(EVENTS));
            }
            second.countDown();
            return FakeRedis.bulk("");
        };
        try (FakeRedis redis = new FakeRedis("6.2.0", lateOnFirst);
                Stores stores = new Stores()) {
            StreamStore store =
                    stores.started(Stores.withDeadline(Stores.settings(redis.uri()), Duration.ofMillis(200)));

            Appended first = await(Appends.append(store, 0, events("s", EVENTS)));
            until("up again", store::up);
            Appended next = await(Appends.append(store, 0, events("s", EVENTS)));

            assertThat(kind(first)).isEqualTo(Kind.TIMEOUT);
            assertThat(first.outcomes()).isEqualTo(all(Outcome.UNKNOWN, EVENTS));
            assertThat(next.outcomes()).isEqualTo(all(Outcome.STORED, EVENTS));
        }
    }

    @Test
    void aServerThatIsTooOldIsRefused() {
        try (FakeRedis redis = new FakeRedis("6.0.16", (connection, command) -> FakeRedis.bulk(""));
                Stores stores = new Stores()) {
            Throwable refusal =
                    awaitFailure(stores.store(Stores.settings(redis.uri())).start());

            assertThat(refusal).isInstanceOf(StreamRefusedException.class);
            assertThat(refusal).hasMessageContainingAll("6.0.16", "6.2 or later");
        }
    }

    private static void assertAppend(FakeRedis redis, Kind kind, Outcome outcome) {
        try (Stores stores = new Stores()) {
            StreamStore store = stores.started(Stores.settings(redis.uri()));

            Appended appended = await(Appends.append(store, 0, events("s", EVENTS)));

            assertThat(appended.outcomes()).isEqualTo(all(outcome, EVENTS));
            assertThat(kind(appended)).isEqualTo(kind);
        }
    }

    private static Kind kind(Appended appended) {
        return Objects.requireNonNull(appended.fault()).kind();
    }
}

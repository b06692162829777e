package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code headgate routes} and {@code headgate dead-letters}, against a gateway that runs. */
class OperatingCommandsTest {
    private static final String TOKEN = "s3cret-of-operators";

    @TempDir
    private static Path dir;

    private static Sink sink;
    private static RunningGateway gateway;
    private static String poison;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        sink = new Sink();
        List<String> settings = new ArrayList<>(List.of(sink.settings()));
        settings.add("management.token=" + TOKEN);
        gateway = RunningGateway.start(dir, settings.toArray(String[]::new));
        sink.answers(document -> 400);
        poison = UUID.randomUUID().toString();
        gateway.posts().post(Posts.event(UUID.fromString(poison), "s1"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        sink.close();
    }

    @Test
    void theListIsATableOfRoutesAndDestinations() {
        assertThat(run("routes")).isZero();
        assertThat(run("routes", "list")).isZero();

        assertThat(out.toString())
                .containsPattern("(?m)^ROUTE +DESTINATION +PRIORITY +WAITING")
                .containsPattern("(?m)^crm +crm +normal +\\d+ ")
                .containsPattern("(?m)^crm +webhook +closed ");
    }

    @Test
    void programsGetWhatTheGatewayAnswered() {
        assertThat(run("routes", "list", "--json")).isZero();

        assertThat(new JsonObject(out.toString()).getJsonArray("routes")).hasSize(1);
    }

    @Test
    void aRouteIsPausedAndResumed() {
        assertThat(run("routes", "pause", "crm", "--for", "30m")).isZero();
        assertThat(run("routes", "resume", "crm")).isZero();

        assertThat(out.toString()).contains("route crm is paused until 20").contains("route crm is not paused");
    }

    @Test
    void aReplayWithoutYesOnlyCountsAndSaysHowToGoOn() {
        assertThat(run(
                        "routes",
                        "replay",
                        "crm",
                        "--from",
                        "2020-01-01T00:00:00+02:00",
                        "--to",
                        "2021-01-01T00:00:00Z"))
                .isZero();

        assertThat(out.toString()).contains("would be sent").contains(": 0;").contains("--yes");
    }

    @Test
    void aDeadLetterIsListedShownCountedAndRedriven() {
        Eventually.isTrue(() -> {
            out.getBuffer().setLength(0);
            return run("dead-letters", "list", "--route", "crm") == 0
                    && out.toString().contains(poison);
        });
        assertThat(run("dead-letters", "list", "--json")).isZero();
        String json = out.toString().substring(out.toString().indexOf('{'));
        String id = new JsonObject(json)
                .getJsonArray("dead_letters")
                .getJsonObject(0)
                .getString("id");
        assertThat(run("dead-letters", "show", id)).isZero();
        assertThat(out.toString()).contains("event: {\"event_id\":\"" + poison);

        assertThat(run("dead-letters", "redrive", "--answer", "400")).isZero();
        assertThat(out.toString()).contains("would be re-driven: 1").contains("--yes");
        sink.answers(document -> 200);
        assertThat(run("dead-letters", "redrive", "--id", id, "--yes")).isZero();

        assertThat(out.toString()).contains("dead letters re-driven: 1");
        Eventually.isTrue(() -> sink.taken().size() == 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dead-letters redrive",
                "dead-letters remove --yes",
                "dead-letters redrive --all --route crm",
                "dead-letters redrive --route= --yes",
                "routes pause crm",
                "routes pause crm --for soon",
                "routes replay crm --from 2026-01-01T00:00:00Z",
                "dead-letters",
                "dead-letters list --limit 5000"
            })
    void whatIsNotSaidWholeIsNotDone(String command) {
        assertThat(run(command.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
    }

    @Test
    void whatTheGatewayRefusesIsSaidInItsWordsWithExitCode1() {
        assertThat(run("routes", "resume", "other")).isEqualTo(1);
        assertThat(run("dead-letters", "show", "no/such id")).isEqualTo(1);

        assertThat(err.toString()).contains("no such route: ").contains("no such dead letter: ");
    }

    @Test
    void aWrongTokenIsSaid() {
        assertThat(execute("routes", "--set", "management.port=" + gateway.managePort()))
                .isEqualTo(1);

        assertThat(err.toString()).contains("the management token is needed");
    }

    @Test
    void whereNoGatewayAnswersItSaysWhereItAsked() throws IOException {
        int nobodys;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobodys = free.getLocalPort();
        }

        assertThat(execute("routes", "--set", "management.port=" + nobodys)).isEqualTo(1);
        assertThat(err.toString()).contains("no gateway answers at http://127.0.0.1:" + nobodys);
        assertThat(execute("routes", "--set", "management.port=0")).isEqualTo(2);
        assertThat(err.toString()).contains("management.port is 0");
    }

    @Test
    void optionsBeforeACommandAreRefusedAndNotLost() {
        assertThat(execute("--set", "management.port=1", "routes", "list")).isEqualTo(2);
        assertThat(execute("routes", "--set", "management.port=1", "list")).isEqualTo(2);
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--set", "management.port=" + gateway.managePort(), "--set", "management.token=" + TOKEN));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}

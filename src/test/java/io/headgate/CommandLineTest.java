package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Commands, their output and their exit codes, short of running a gateway. */
class CommandLineTest {
    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "serve ",
                "check ",
                "validate ",
                "journal ",
                "journal verify ",
                "alert ",
                "alert test ",
                "routes ",
                "routes list ",
                "routes pause ",
                "routes replay ",
                "dead-letters ",
                "dead-letters list ",
                "dead-letters redrive "
            })
    void helpAndVersionAreEverywhere(String command) {
        assertThat(run((command + "--help").split(" ", -1))).isZero();
        assertThat(out.toString()).startsWith("Usage: headgate " + command.strip());

        assertThat(run((command + "--version").split(" ", -1))).isZero();
        assertThat(out.toString()).contains("headgate ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-such", "no-such", "check --set", "validate", "serve extra", "check --config"})
    void whatCannotBeUnderstoodExitsWith2AndAdvice(String arguments) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);

        assertThat(err.toString()).containsAnyOf("Usage: headgate", "Did you mean: headgate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check"})
    void optionsBeforeACommandAreRefusedAndNotLost(String command) {
        assertThat(run("--set", "http.port=1", command)).isEqualTo(2);

        assertThat(err.toString()).contains("behind the command");
    }

    @ParameterizedTest
    @ValueSource(strings = {"intake", "process", "PROCESS"})
    void halfOfTheRoadNeedsARedisThatTheOtherHalfReaches(String half) {
        assertThat(run("serve", "--only", half)).isEqualTo(2);

        assertThat(err.toString()).contains("--only " + half.toLowerCase(Locale.ROOT), "set redis.uri to its address");
    }

    @Test
    void aProcessThatOnlyDeliversNeedsRoutes() {
        assertThat(run("serve", "--only", "process", "--set", "redis.uri=redis://127.0.0.1:1", "--set", "routes=[]"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("nothing to do without routes");
    }

    @Test
    void checkOfWhatShipsExitsWith0() {
        assertThat(run("check")).isZero();

        assertThat(out.toString()).contains("valid");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void checkPrintsEveryFaultAndExitsWith2() {
        assertThat(run("check", "--set", "http.port=x", "--set", "http.prot=1")).isEqualTo(2);

        assertThat(err.toString()).contains("http.port is x").contains("http.prot: there is no such setting");
    }

    @Test
    void checkCompilesTheTaxonomy() throws Exception {
        Files.writeString(temp.resolve("envelope.json"), "{\"type\": \"no such\"}");

        assertThat(run("check", "--set", "taxonomy.dir=" + temp)).isEqualTo(2);

        assertThat(err.toString())
                .contains("the taxonomy in " + temp + " is refused")
                .contains("envelope");
    }

    @Test
    void checkWarnsOfARouteForWhatThereIsNot() {
        String match = "[{events: [lead_submited, page_view], sources: [demo, shop]}]";

        assertThat(run("check", "--set", "routes=[{name: crm, destination: archive, match: " + match + "}]"))
                .isZero();

        assertThat(err.toString().lines())
                .containsExactly(
                        "warning: route crm: the taxonomy has no event type lead_submited",
                        "warning: route crm: no source is called shop");
        assertThat(out.toString()).contains("routes: 1");
    }

    @Test
    void checkWritesNothing() throws Exception {
        Path data = temp.resolve("data");

        assertThat(run("check", "--set", "data-dir=" + data)).isZero();

        assertThat(data).doesNotExist();
    }

    @Test
    void serveRefusesAConfigurationWithFaults() {
        assertThat(run("serve", "--set", "http.port=x")).isEqualTo(2);
        assertThat(run("--set", "http.port=x")).isEqualTo(2);

        assertThat(err.toString()).contains("http.port is x");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}

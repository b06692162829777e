package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code headgate validate} gives the gateway's own verdicts. */
class ValidateCommandTest {
    private static final String VALID =
            """
            {"event_id":"0190f6c2-6a5e-7b3c-8f7e-%012d","timestamp":"2026-11-20T08:00:00Z","event_name":"page_view",\
            "session_id":"s","user_id":null,"properties":{"path":"/"},\
            "context":{"source":"google","medium":"cpc","device_type":"web"}}""";

    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void validEventsExitWith0() throws Exception {
        int code = validate("batch.json", "[" + valid(1) + ",\n" + valid(2) + "]");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(lines())
                .containsExactly(
                        "{\"index\":0,\"event_id\":\"0190f6c2-6a5e-7b3c-8f7e-000000000001\",\"verdict\":\"accepted\"}",
                        "{\"index\":1,\"event_id\":\"0190f6c2-6a5e-7b3c-8f7e-000000000002\",\"verdict\":\"accepted\"}",
                        "{\"received\":2,\"accepted\":2,\"duplicate\":0,\"rejected\":0}");
    }

    @Test
    void aRejectedEventExitsWith1AndSaysWhy() throws Exception {
        int code = validate("batch.json", "[" + valid(1) + "," + valid(2).replace("\"web\"", "\"tv\"") + "]");

        assertThat(code).isEqualTo(1);
        assertThat(lines().get(1))
                .contains("\"verdict\":\"rejected\"")
                .contains("\"pointer\":\"/context/device_type\"")
                .contains("\"keyword\":\"enum\"");
        assertThat(lines().get(2)).isEqualTo("{\"received\":2,\"accepted\":1,\"duplicate\":0,\"rejected\":1}");
    }

    @Test
    void theSameEventTwiceIsADuplicateAsTheGatewayWouldSay() throws Exception {
        int code = validate("batch.json", "[" + valid(1) + "," + valid(1) + "]");

        assertThat(code).isZero();
        assertThat(lines().get(1)).contains("\"verdict\":\"duplicate\"");
        assertThat(lines().get(2)).isEqualTo("{\"received\":2,\"accepted\":1,\"duplicate\":1,\"rejected\":0}");
    }

    @Test
    void linesAreKnownByTheFilesNameOrByTheirLook() throws Exception {
        assertThat(validate("batch.ndjson", valid(1) + "\nno json\n")).isEqualTo(1);
        assertThat(lines().get(1)).contains("not_json");

        assertThat(validate("batch.txt", valid(3) + "\n" + valid(4) + "\n")).isZero();
        assertThat(lines()).last().asString().startsWith("{\"received\":2");
    }

    @Test
    void oneObjectOverManyLinesIsOneEvent() throws Exception {
        assertThat(validate("event.json", valid(1).replace(",\"", ",\n\""))).isZero();
        assertThat(validate("batch.json", "{\"batch\": [\n{" + valid(2).substring(1) + "\n]}"))
                .isZero();

        assertThat(lines())
                .filteredOn(line -> line.startsWith("{\"received\":1"))
                .hasSize(2);
    }

    @Test
    void aFileMayHoldMoreThanABatchMay() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 1_001; i++) {
            many.append(valid(i)).append('\n');
        }

        assertThat(validate("many.ndjson", many.toString())).isZero();

        assertThat(lines()).hasSize(1_002);
    }

    @Test
    void whatCannotBeReadExitsWith2() throws Exception {
        assertThat(validate("broken.json", "[{]")).isEqualTo(2);
        assertThat(err.toString()).contains("broken.json").contains("not JSON");

        assertThat(run("validate", temp.resolve("none.json").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no").contains("none.json");
    }

    @Test
    void anotherTaxonomyIsTakenWhereOneIsNamed() throws Exception {
        Path file = Files.writeString(temp.resolve("e.json"), valid(1));
        Path other = Files.createDirectory(temp.resolve("taxonomy"));
        for (String name : List.of("envelope.json", "lead_submitted.json")) {
            Files.copy(Path.of("conf/taxonomy", name), other.resolve(name));
        }

        assertThat(run("validate", "--taxonomy", other.toString(), file.toString()))
                .isEqualTo(1);
        assertThat(lines().get(0)).contains("unknown_event_name");

        assertThat(run("validate", "--taxonomy", temp.resolve("none").toString(), file.toString()))
                .isEqualTo(2);
    }

    private int validate(String name, String content) throws Exception {
        return run(
                "validate",
                Files.writeString(temp.resolve(name), content, StandardCharsets.UTF_8)
                        .toString());
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private static String valid(int number) {
        return VALID.formatted(number);
    }
}

package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code headgate alert test}: what each receiver gets and what is said about its answer. */
class AlertCommandTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    private Path temp;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    bodies.add(request.path() + " " + body);
                    int status = request.path().contains("broken") ? 403 : 202;
                    request.response().setStatusCode(status).end("said of " + request.path());
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void eachReceiverGetsATestAndItsResolution() {
        assertThat(run("instance=gw-1", receivers(slack("chat", "/chat"), webhook("hook", "/hook"))))
                .isZero();

        assertThat(lines(out)).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains(" ok: 202, its resolution 202, ")
                .endsWith(" ms"));
        assertThat(lines(out).get(0)).startsWith("chat slack ");
        assertThat(lines(out).get(1)).startsWith("hook webhook ");
        List<JsonObject> hook = bodies("/hook");
        assertThat(hook).extracting(body -> body.getString("status")).containsExactly("firing", "resolved");
        assertThat(hook).allSatisfy(body -> assertThat(body.getString("key")).isEqualTo("headgate/gw-1/Test"));
        assertThat(bodies("/chat")).hasSize(2);
    }

    @Test
    void oneThatRefusesIsShownWithoutItsAddressAndExitsWith1() {
        assertThat(run(receivers(slack("chat", "/chat"), slack("bad", "/broken/T0123456789"))))
                .isEqualTo(1);

        assertThat(lines(out).get(1)).startsWith("bad slack FAILED: 403 said of ");
        assertThat(bodies("/broken")).hasSize(1);
        assertThat(out.toString() + err).doesNotContain("T0123456789");
    }

    @Test
    void oneReceiverCanBeTestedAlone() {
        assertThat(run(receivers(slack("chat", "/chat"), slack("bad", "/broken")), "--receiver", "chat"))
                .isZero();

        assertThat(lines(out)).hasSize(1);
        assertThat(bodies("/broken")).isEmpty();
    }

    @Test
    void anUnknownReceiverExitsWith2AndSaysWhichThereAre() {
        assertThat(run(receivers(slack("chat", "/chat")), "--receiver", "chta")).isEqualTo(2);

        assertThat(err.toString()).contains("there is no receiver chta; there is chat");
        assertThat(bodies).isEmpty();
    }

    @Test
    void withoutReceiversItExitsWith2AndSaysHowToConfigureOne() {
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString()).contains("no receiver is configured", "receivers:", "type: slack");
    }

    @Test
    void aFaultyConfigurationExitsWith2() {
        assertThat(run("alerts.receivers=[{name: chat, type: slack}]")).isEqualTo(2);

        assertThat(err.toString()).contains("the configuration is refused");
    }

    @Test
    void theNameThatAGatewayKeptIsUsedAndNoneIsMade() throws Exception {
        run(receivers(webhook("hook", "/hook")));
        assertThat(temp.resolve("data")).doesNotExist();
        assertThat(bodies("/hook").get(0).getString("instance")).isEqualTo("unnamed");

        Files.createDirectories(temp.resolve("data"));
        Files.writeString(temp.resolve("data/instance"), "gw-kept\n");
        run(receivers(webhook("hook", "/hook")));

        assertThat(bodies("/hook").get(2).getString("instance")).isEqualTo("gw-kept");
    }

    @Test
    void alertAloneIsNoCommand() {
        assertThat(execute("alert")).isEqualTo(2);

        assertThat(err.toString()).contains("test is needed");
    }

    private List<JsonObject> bodies(String path) {
        return bodies.stream()
                .filter(body -> body.startsWith(path))
                .map(body -> new JsonObject(body.substring(body.indexOf(' '))))
                .toList();
    }

    private static String receivers(String... receivers) {
        return "alerts.receivers=[" + String.join(", ", receivers) + "]";
    }

    private String slack(String name, String path) {
        return "{name: " + name + ", type: slack, url: '" + url(path) + "'}";
    }

    private String webhook(String name, String path) {
        return "{name: " + name + ", type: webhook, url: '" + url(path) + "', secret: " + SECRET
                + ", priorities: [P1]}";
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.actualPort() + path;
    }

    /** Settings have an equals sign; what follows an option stands as it is. */
    private int run(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("alert", "test", "--set", "data-dir=" + temp.resolve("data")));
        for (String setting : settings) {
            if (setting.contains("=")) {
                arguments.add("--set");
            }
            arguments.add(setting);
        }
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private static List<String> lines(StringWriter text) {
        return Stream.of(text.toString().split("\n", -1))
                .filter(line -> !line.isEmpty())
                .toList();
    }
}

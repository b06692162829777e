package io.headgate;

import io.headgate.alert.AlertSettings;
import io.headgate.alert.Couriers;
import io.headgate.alert.ReceiverSettings;
import io.headgate.alert.TestResult;
import io.headgate.config.InstanceName;
import io.headgate.config.Settings;
import io.headgate.meter.Meters;
import io.headgate.time.SystemClock;
import io.headgate.time.VertxTimers;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code headgate alert}: whether alerts arrive, without a gateway. */
@Command(
        name = "alert",
        description = "Tries whether alerts arrive.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class AlertCommand implements Runnable {
    private static final String UNNAMED = "unnamed";

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "test is needed");
    }

    @Command(
            name = "test",
            description = "Sends a test alert to each receiver and then its resolution, whatever the receiver's"
                    + " priorities, and prints what it answered. Exit code 0 when every answer was 2xx, 1 when one was not,"
                    + " 2 when there is none to ask or the configuration has faults.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    int test(
            @Mixin ConfigOptions options,
            @Option(names = "--receiver", paramLabel = "NAME", description = "only this one") @Nullable
                    String receiver) {
        ServeCommand.refuseOptionsBefore(spec, main);
        Optional<Settings> read = options.read(err());
        if (read.isEmpty() || !canAsk(read.get().alerts(), receiver)) {
            return ExitCode.USAGE;
        }
        List<TestResult> results = Logging.quietly(() -> ask(read.get(), Optional.ofNullable(receiver)));
        results.forEach(this::print);
        return results.stream().allMatch(TestResult::ok) ? ExitCode.OK : ExitCode.FAILED;
    }

    private boolean canAsk(AlertSettings alerts, @Nullable String receiver) {
        List<String> names =
                alerts.receivers().stream().map(ReceiverSettings::name).toList();
        if (names.isEmpty()) {
            err().println("no receiver is configured, so nobody is told when leads stop. In the configuration:");
            err().println("  alerts:");
            err().println("    receivers:");
            err().println("      - {name: chat, type: slack, url: \"${SLACK_URL}\"}");
            err().println("The types are pagerduty, alertmanager, slack and webhook.");
            return false;
        }
        if (receiver != null && !names.contains(receiver)) {
            err().println("there is no receiver " + receiver + "; there is " + String.join(", ", names));
            return false;
        }
        return true;
    }

    private static List<TestResult> ask(Settings settings, Optional<String> receiver) {
        Vertx vertx = Gateway.vertx();
        try (Meters meters = new Meters()) {
            Couriers couriers =
                    new Couriers(vertx, settings.alerts(), new SystemClock(), new VertxTimers(vertx), meters);
            String instance = instance(settings);
            CompletableFuture<List<TestResult>> results = new CompletableFuture<>();
            vertx.runOnContext(loop -> couriers.test(receiver, instance)
                    .onSuccess(results::complete)
                    .onFailure(results::completeExceptionally));
            return results.join();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** As alerts of a gateway on the same data have it, where that can be read. */
    private static String instance(Settings settings) {
        try {
            return InstanceName.known(settings).orElse(UNNAMED);
        } catch (IOException e) {
            return UNNAMED;
        }
    }

    private void print(TestResult result) {
        spec.commandLine()
                .getOut()
                .printf(
                        "%s %s %s: %s, %d ms%n",
                        result.receiver(),
                        result.type(),
                        result.ok() ? "ok" : "FAILED",
                        result.answer(),
                        result.millis());
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}

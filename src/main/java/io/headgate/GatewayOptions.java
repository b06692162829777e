package io.headgate;

import io.headgate.config.Settings;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that asks a gateway that runs. picocli fills the fields in, so they are not final. */
final class GatewayOptions {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Option(names = "--json", description = "prints what the gateway answered, for programs")
    private boolean json;

    /** What a command asks. */
    interface Question {
        JsonObject ask(ManagementClient gateway) throws ManagementClient.RefusedException;
    }

    /** What a command prints of the answer for a person. */
    interface Telling {
        void tell(JsonObject answer, PrintWriter out);
    }

    /** Whether any was given. */
    boolean given() {
        return config.given() || json;
    }

    /** Asks, and prints the answer; the exit code. */
    int ask(CommandLine command, Question question, Telling telling) {
        Optional<Settings> settings = config.read(command.getErr());
        if (settings.isEmpty()) {
            return ExitCode.USAGE;
        }
        try {
            JsonObject answer = question.ask(new ManagementClient(settings.get().manage()));
            if (json) {
                command.getOut().println(answer.encodePrettily());
            } else {
                telling.tell(answer, command.getOut());
            }
            command.getOut().flush();
            return ExitCode.OK;
        } catch (ManagementClient.RefusedException e) {
            command.getErr().println(e.getMessage());
            return e.exitCode();
        }
    }
}

package io.headgate;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code headgate serve}: the same as no command at all. */
@Command(
        name = "serve",
        description = "Runs the gateway, or one half of it, until SIGTERM or SIGINT; SIGHUP reads the taxonomy anew.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--only",
            paramLabel = "intake|process",
            description =
                    "intake: takes events and leaves their delivery to other processes; process: delivers what others"
                            + " have taken. Each process needs a data-dir of its own, and all of them one Redis")
    private @Nullable Only only;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        refuseOptionsBefore(spec, main);
        return Main.serve(options, Optional.ofNullable(only), spec.commandLine());
    }

    /** Options that stand before a command belong to none: they would be lost without a word. */
    static void refuseOptionsBefore(CommandSpec spec, Main main) {
        if (main.options().given()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--config and --set stand behind the command: headgate " + spec.name() + " ...");
        }
    }
}

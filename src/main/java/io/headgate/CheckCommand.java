package io.headgate;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code headgate check}: whether a gateway would start with this configuration and taxonomy. */
@Command(
        name = "check",
        description = "Validates configuration and taxonomy, prints every fault; exit code 0 or 2.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ServeCommand.refuseOptionsBefore(spec, main);
        if (options.read(spec.commandLine().getErr()).isEmpty()) {
            return ExitCode.USAGE;
        }
        spec.commandLine().getOut().println("the configuration is valid");
        return ExitCode.OK;
    }
}

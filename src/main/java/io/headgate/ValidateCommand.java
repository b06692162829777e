package io.headgate;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headgate validate}: verdicts for the events in a file, as the gateway would give them. */
@Command(
        name = "validate",
        description = "Prints the verdict on each event of a file; exit code 0 if all are valid, 1 if some are"
                + " rejected, 2 if it cannot be read.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class ValidateCommand implements Callable<Integer> {
    @Option(names = "--taxonomy", paramLabel = "DIR", description = "the taxonomy; without it the one in conf")
    private @Nullable Path taxonomy;

    @Parameters(paramLabel = "FILE", description = "a batch as it would be posted; - for standard input")
    private String file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getErr().println("cannot read " + file + " with " + taxonomy);
        return ExitCode.USAGE;
    }
}

package io.headgate;

import io.headgate.config.TaxonomyFiles;
import io.headgate.taxonomy.Taxonomy;
import io.headgate.taxonomy.TaxonomyException;
import java.io.IOException;
import java.io.PrintWriter;
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
        return options.read(spec.commandLine().getErr())
                .map(settings -> compile(settings.taxonomy()))
                .orElse(ExitCode.USAGE);
    }

    private int compile(TaxonomyFiles files) {
        PrintWriter err = spec.commandLine().getErr();
        try {
            int types = Taxonomy.compile(files.read()).types().size();
            spec.commandLine().getOut().println("configuration and taxonomy are valid, event types: " + types);
            return ExitCode.OK;
        } catch (TaxonomyException e) {
            err.println("the taxonomy in " + files.dir() + " is refused:");
            e.faults().forEach(fault -> err.println("  " + fault));
        } catch (IOException e) {
            err.println("the taxonomy in " + files.dir() + " cannot be read: " + e.getMessage());
        }
        return ExitCode.USAGE;
    }
}

package io.headgate;

import io.headgate.config.Settings;
import io.headgate.config.TaxonomyFiles;
import io.headgate.http.SourceSettings;
import io.headgate.process.RouteSettings;
import io.headgate.taxonomy.EventType;
import io.headgate.taxonomy.Taxonomy;
import io.headgate.taxonomy.TaxonomyException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
        return options.read(spec.commandLine().getErr()).map(this::compile).orElse(ExitCode.USAGE);
    }

    private int compile(Settings settings) {
        TaxonomyFiles files = settings.taxonomy();
        PrintWriter err = spec.commandLine().getErr();
        try {
            List<EventType> types = Taxonomy.compile(files.read()).types();
            List<RouteSettings> routes = settings.process().routes();
            warnOfUnknown(routes, settings.http().sources(), types);
            spec.commandLine()
                    .getOut()
                    .println("configuration and taxonomy are valid, event types: " + types.size() + ", routes: "
                            + routes.size());
            return ExitCode.OK;
        } catch (TaxonomyException e) {
            err.println("the taxonomy in " + files.dir() + " is refused:");
            e.faults().forEach(fault -> err.println("  " + fault));
        } catch (IOException e) {
            err.println("the taxonomy in " + files.dir() + " cannot be read: " + e.getMessage());
        }
        return ExitCode.USAGE;
    }

    /** Only a warning: events of a type or a source that is gone may still lie on the streams. */
    private void warnOfUnknown(List<RouteSettings> routes, List<SourceSettings> sources, List<EventType> types) {
        Set<String> typeNames = types.stream().map(EventType::name).collect(Collectors.toSet());
        Set<String> sourceNames = sources.stream().map(SourceSettings::name).collect(Collectors.toSet());
        for (RouteSettings route : routes) {
            route.match().stream()
                    .flatMap(match -> match.events().stream())
                    .filter(name -> !typeNames.contains(name))
                    .forEach(name -> warn(route, "the taxonomy has no event type " + name));
            route.match().stream()
                    .flatMap(match -> match.sources().stream())
                    .filter(name -> !sourceNames.contains(name))
                    .forEach(name -> warn(route, "no source is called " + name));
        }
    }

    private void warn(RouteSettings route, String what) {
        spec.commandLine().getErr().println("warning: route " + route.name() + ": " + what);
    }
}

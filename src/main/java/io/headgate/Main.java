package io.headgate;

import io.headgate.config.Settings;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line; the only place that ends the process. */
@Command(
        name = "headgate",
        description = "Takes batches of events, validates them, and stores each once on Redis Streams.",
        footer = "Without a command: serve.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            ServeCommand.class,
            CheckCommand.class,
            ValidateCommand.class,
            JournalCommand.class,
            AlertCommand.class,
            RoutesCommand.class,
            DeadLettersCommand.class
        })
public final class Main implements Callable<Integer> {
    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Everything but the end of the process. */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() {
        return serve(options, Optional.empty(), spec.commandLine());
    }

    ConfigOptions options() {
        return options;
    }

    /** Runs the gateway until it is told to stop. */
    static int serve(ConfigOptions options, Optional<Only> only, CommandLine command) {
        // made while the configuration is read, for each takes some tenths of a second
        CompletableFuture<Vertx> vertx = CompletableFuture.supplyAsync(Gateway::vertx);
        Optional<Settings> settings = options.read(command.getErr()).filter(read -> can(only, read, command));
        if (settings.isEmpty()) {
            vertx.thenCompose(made -> made.close().toCompletionStage()).join();
            return ExitCode.USAGE;
        }
        Settings half =
                only.filter(Only.INTAKE::equals).isPresent() ? settings.get().withoutRoutes() : settings.get();
        Serving.Starter starter = only.filter(Only.PROCESS::equals).isPresent() ? Processor::start : Gateway::start;
        return new Serving(starter, half, vertx.join(), Runtime.getRuntime()::halt).run();
    }

    private static boolean can(Optional<Only> only, Settings settings, CommandLine command) {
        Optional<String> refusal = only.flatMap(half -> half.refusal(settings));
        refusal.ifPresent(command.getErr()::println);
        return refusal.isEmpty();
    }

    /** The version that the build wrote into the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"headgate " + Optional.ofNullable(version).orElse("(not packaged)")};
        }
    }
}

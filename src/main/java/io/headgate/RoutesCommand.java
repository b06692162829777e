package io.headgate;

import static io.headgate.ManagementClient.step;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code headgate routes}: what an operator sees and does of the road out, on a gateway that runs. */
@Command(
        name = "routes",
        description =
                "Shows the routes of the gateway that runs, and pauses, resumes and replays them. Exit code 0; 1 when"
                        + " the gateway does not answer, cannot do it or has no such route, 2 when it does not understand"
                        + " what is asked.",
        footer = "Without a command: list.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class RoutesCommand implements Callable<Integer> {
    private static final String NAME = "the route's name";

    @Mixin
    private GatewayOptions own = new GatewayOptions();

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return ask(own, gateway -> gateway.get("/routes", Map.of()), RouteLines::print);
    }

    @Command(
            name = "list",
            description = "Prints how each route and each destination stands.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    int list(@Mixin GatewayOptions options) {
        return ask(options, gateway -> gateway.get("/routes", Map.of()), RouteLines::print);
    }

    @Command(
            name = "pause",
            description =
                    "Stops delivering for a route, in all processes, for a while; what comes waits on the streams.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    int pause(
            @Mixin GatewayOptions options,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--for", required = true, paramLabel = "30m", description = "for how long, 24h at most")
                    String length) {
        return ask(
                options,
                gateway -> gateway.post("/routes/" + step(name) + "/pause", Map.of("for", length)),
                (answer, out) -> out.println("route " + name + " is paused until " + answer.getString("paused_until")));
    }

    @Command(
            name = "resume",
            description = "Ends a pause.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    int resume(@Mixin GatewayOptions options, @Parameters(paramLabel = "NAME", description = NAME) String name) {
        return ask(
                options,
                gateway -> gateway.post("/routes/" + step(name) + "/resume", Map.of()),
                (answer, out) -> out.println("route " + name + " is not paused"));
    }

    @Command(
            name = "replay",
            description =
                    "Sends what was stored in a time, and is on the streams yet, to a route once more, as far as the"
                            + " route wants it. Without --yes it only counts.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    int replay(
            @Mixin GatewayOptions options,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "TIME",
                            description = "such as 2026-11-20T08:00:00Z, by Redis's clock")
                    String from,
            @Option(names = "--to", required = true, paramLabel = "TIME", description = "the same") String to,
            @Option(names = "--yes", description = "does it") boolean yes) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("from", from);
        query.put("to", to);
        query.put("dry-run", Boolean.toString(!yes));
        return ask(
                options,
                gateway -> gateway.post("/routes/" + step(name) + "/replay", query),
                (answer, out) -> replayed(name, answer, out));
    }

    private static void replayed(String name, JsonObject answer, PrintWriter out) {
        long events = answer.getLong("events");
        out.println(
                answer.getBoolean("dry_run")
                        ? "events that would be sent to route " + name + " once more, as far as it wants them: "
                                + events + "; the same with --yes does it"
                        : "events sent to route " + name + " once more, as far as it wants them: " + events);
    }

    private int ask(GatewayOptions options, GatewayOptions.Question question, GatewayOptions.Telling telling) {
        ServeCommand.refuseOptionsBefore(spec, main);
        if (options != own && own.given()) {
            throw new ParameterException(spec.commandLine(), "options stand behind the last command");
        }
        return options.ask(spec.commandLine(), question, telling);
    }
}

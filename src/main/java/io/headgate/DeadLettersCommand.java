package io.headgate;

import static io.headgate.ManagementClient.step;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code headgate dead-letters}: what destinations have refused for good, and the way back, on a gateway that runs. */
@Command(
        name = "dead-letters",
        description =
                "Shows events that their destinations have refused for good, on the gateway that runs, and brings them"
                        + " on their way again. Exit code 0; 1 when the gateway does not answer, cannot do it or has no such letter"
                        + " or route, 2 when it does not understand what is asked.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class DeadLettersCommand implements Runnable {
    private static final int ANSWER_CHARS_MAX = 80;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    /** Which are meant: those of which all that is said holds. */
    static final class Filters {
        @Option(names = "--route", paramLabel = "NAME", description = "of this route")
        private @Nullable String route;

        @Option(names = "--event", paramLabel = "NAME", description = "of this type of event")
        private @Nullable String event;

        @Option(names = "--answer", paramLabel = "TEXT", description = "with this text in the destination's answer")
        private @Nullable String answer;

        @Option(
                names = "--from",
                paramLabel = "TIME",
                description = "given up then or later, such as 2026-11-20T08:00:00Z")
        private @Nullable String from;

        @Option(names = "--to", paramLabel = "TIME", description = "given up then or before")
        private @Nullable String to;

        private Map<String, String> query() {
            Map<String, String> query = new LinkedHashMap<>();
            add(query, "route", route);
            add(query, "event", event);
            add(query, "answer", answer);
            add(query, "from", from);
            add(query, "to", to);
            return query;
        }
    }

    /** Which are meant by a command that does something to them: it must be said, if only by {@code --all}. */
    static final class Chosen {
        @Mixin
        private Filters filters = new Filters();

        @Option(names = "--id", paramLabel = "ID", description = "this one")
        private @Nullable String id;

        @Option(names = "--all", description = "every one")
        private boolean all;

        @Option(names = "--yes", description = "does it; without it they are only counted")
        private boolean yes;

        private Map<String, String> query(CommandSpec spec) {
            Map<String, String> query = filters.query();
            add(query, "id", id);
            if (query.isEmpty() != all) {
                throw new ParameterException(
                        spec.commandLine(),
                        all ? "--all and a filter do not go together" : "say which: a filter, --id ID or --all");
            }
            query.put("dry-run", Boolean.toString(!yes));
            return query;
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "one of list, show, redrive, remove is needed");
    }

    @Command(
            name = "list",
            description = "Prints dead letters in short, partition by partition, each oldest first.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    int list(
            @Mixin GatewayOptions options,
            @Mixin Filters filters,
            @Option(names = "--limit", paramLabel = "N", description = "so many at most; 20, up to 1000") @Nullable
                    String limit) {
        Map<String, String> query = filters.query();
        add(query, "limit", limit);
        return ask(options, gateway -> gateway.get("/dead-letters", query), DeadLettersCommand::letters);
    }

    @Command(
            name = "show",
            description = "Prints one as a whole, with the event as it was posted.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    int show(@Mixin GatewayOptions options, @Parameters(paramLabel = "ID", description = "from the list") String id) {
        return ask(options, gateway -> gateway.get("/dead-letters/" + step(id), Map.of()), DeadLettersCommand::letter);
    }

    @Command(
            name = "redrive",
            description = "Brings dead letters on their way to their routes again. Without --yes it only counts.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    int redrive(@Mixin GatewayOptions options, @Mixin Chosen chosen) {
        return change(options, chosen, "redrive", "re-driven");
    }

    @Command(
            name = "remove",
            description = "Removes dead letters for good. Without --yes it only counts.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    int remove(@Mixin GatewayOptions options, @Mixin Chosen chosen) {
        return change(options, chosen, "remove", "removed");
    }

    private int change(GatewayOptions options, Chosen chosen, String action, String past) {
        Map<String, String> query = chosen.query(spec);
        return ask(
                options,
                gateway -> gateway.post("/dead-letters/" + action, query),
                (answer, out) -> done(past, answer, out));
    }

    private static void letters(JsonObject page, PrintWriter out) {
        Table table = new Table("ID", "ROUTE", "GIVEN UP", "TRIED", "EVENT", "EVENT ID", "SOURCE", "ANSWER");
        List<JsonObject> letters = RouteLines.objects(page, "dead_letters");
        for (JsonObject letter : letters) {
            table.row(
                    letter.getString("id"),
                    letter.getString("route"),
                    letter.getString("at"),
                    letter.getInteger("attempts"),
                    letter.getString("event_name"),
                    letter.getString("event_id"),
                    letter.getString("source"),
                    RouteLines.oneLine(letter.getString("answer"), ANSWER_CHARS_MAX));
        }
        table.print(out);
        out.println("shown: " + letters.size() + ", dead letters in all: " + page.getLong("total"));
    }

    private static void letter(JsonObject letter, PrintWriter out) {
        letter.forEach(member -> out.println(
                member.getKey() + ": " + RouteLines.oneLine(String.valueOf(member.getValue()), Integer.MAX_VALUE)));
    }

    private static void done(String what, JsonObject answer, PrintWriter out) {
        long letters = answer.getLong("dead_letters");
        out.println(
                answer.getBoolean("dry_run")
                        ? "dead letters that would be " + what + ": " + letters + "; the same with --yes does it"
                        : "dead letters " + what + ": " + letters);
    }

    private static void add(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }

    private int ask(GatewayOptions options, GatewayOptions.Question question, GatewayOptions.Telling telling) {
        ServeCommand.refuseOptionsBefore(spec, main);
        return options.ask(spec.commandLine(), question, telling);
    }
}

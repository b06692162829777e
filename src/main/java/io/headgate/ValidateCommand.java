package io.headgate;

import io.headgate.config.ConfigException;
import io.headgate.config.Settings;
import io.headgate.config.SettingsReader;
import io.headgate.config.TaxonomyFiles;
import io.headgate.ingest.Answer;
import io.headgate.ingest.IngestSettings;
import io.headgate.ingest.Trial;
import io.headgate.taxonomy.Taxonomy;
import io.headgate.taxonomy.TaxonomyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headgate validate}: verdicts for the events in a file, as the gateway would give them. */
@Command(
        name = "validate",
        description = "Prints the verdict on each event of a file, one line of JSON each, and a summary as the last"
                + " line; exit code 0 if all are valid, 1 if some are rejected, 2 if it cannot be read.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class ValidateCommand implements Callable<Integer> {
    private static final int FILE_BYTES_MAX = 256 << 20;
    private static final int LOOK_BYTES_MAX = 1 << 20;

    /** A whole object on the first line, and another line after it: no single object is written like this. */
    private static final Pattern LINES_OF_OBJECTS = Pattern.compile("\\s*\\{.*}[ \\t\\r]*\\n\\s*\\{");

    @Option(
            names = "--taxonomy",
            paramLabel = "DIR",
            description = "the taxonomy; without it the one of the configuration")
    private @Nullable Path taxonomy;

    @Parameters(
            paramLabel = "FILE",
            description = "events as they would be posted: a JSON array, one object, {\"batch\": [...]} or NDJSON; -"
                    + " for standard input")
    private String file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            return validate();
        } catch (ConfigException e) {
            err.println("the configuration is refused:");
            e.faults().forEach(fault -> err.println("  " + fault));
        } catch (TaxonomyException e) {
            err.println("the taxonomy is refused:");
            e.faults().forEach(fault -> err.println("  " + fault));
        } catch (NoSuchFileException e) {
            err.println("there is no " + e.getMessage());
        } catch (IOException e) {
            err.println(e.getMessage());
        }
        return ExitCode.USAGE;
    }

    private int validate() throws ConfigException, TaxonomyException, IOException {
        Settings settings =
                new SettingsReader(System.getenv(), Runtime.getRuntime().maxMemory()).read(Optional.empty(), List.of());
        TaxonomyFiles files = taxonomy == null ? settings.taxonomy() : TaxonomyFiles.in(taxonomy);
        // a file is no request: it may hold more events than a batch, but none larger than the gateway takes
        IngestSettings limits = new IngestSettings(settings.ingest().eventBytesMax(), Integer.MAX_VALUE);
        Trial trial = new Trial(Taxonomy.compile(files.read()), limits);
        byte[] body = read();
        return report(trial.judge(body, isNdjson(body)));
    }

    private byte[] read() throws IOException {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            byte[] body = in.readNBytes(FILE_BYTES_MAX + 1);
            if (body.length > FILE_BYTES_MAX) {
                throw new IOException(file + " is larger than " + FILE_BYTES_MAX + " bytes");
            }
            return body;
        }
    }

    /** A request says what it is in its content type; a file by its name, or else by how it looks. */
    private boolean isNdjson(byte[] body) {
        return file.endsWith(".ndjson")
                || file.endsWith(".jsonl")
                || LINES_OF_OBJECTS.matcher(start(body)).lookingAt();
    }

    private static String start(byte[] body) {
        return new String(body, 0, Math.min(body.length, LOOK_BYTES_MAX), StandardCharsets.UTF_8);
    }

    private int report(Answer answer) {
        PrintWriter out = spec.commandLine().getOut();
        if (answer instanceof Answer.Verdicts verdicts) {
            VerdictLines.print(verdicts, out);
            return verdicts.rejected() == 0 ? ExitCode.OK : ExitCode.FAILED;
        }
        String why = answer instanceof Answer.Malformed malformed ? malformed.detail() : "it holds too many events";
        spec.commandLine().getErr().println(file + ": " + why);
        return ExitCode.USAGE;
    }
}

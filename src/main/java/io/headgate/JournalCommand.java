package io.headgate;

import io.headgate.deliver.EventCodec;
import io.headgate.journal.Inspector;
import io.headgate.journal.JournalException;
import io.headgate.journal.SegmentReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headgate journal}: a look at a journal while no gateway runs on it. */
@Command(
        name = "journal",
        description = "Looks at a journal while no gateway runs on it.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class JournalCommand implements Runnable {
    private static final String DIR = "the journal's directory, data/journal by default of a gateway";

    /** Segments between two signs of life of a command that prints nothing else. */
    private static final int PROGRESS_SEGMENTS = 10;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "one of inspect, verify, export, repair is needed");
    }

    @Command(
            name = "inspect",
            description = "Prints a line for each segment, and a summary; exit code 0, or 2 if it cannot be read.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    int inspect(@Parameters(paramLabel = "DIR", description = DIR) Path dir) {
        return with(() -> Inspector.look(dir), inspector -> {
            JournalLines lines = new JournalLines(out());
            for (int i = 0; i < inspector.segments(); i++) {
                lines.segment(inspector.inspect(i));
            }
            lines.summary(inspector);
            return ExitCode.OK;
        });
    }

    @Command(
            name = "verify",
            description = "Reads every record, prints each segment with a fault, and a summary; exit code 0 if there is"
                    + " none, 2 if there is one or it cannot be read.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    int verify(@Parameters(paramLabel = "DIR", description = DIR) Path dir) {
        return with(() -> Inspector.look(dir), inspector -> {
            JournalLines lines = new JournalLines(out());
            for (int i = 0; i < inspector.segments(); i++) {
                progress(i, inspector);
                SegmentReport report = inspector.inspect(i);
                lines.count(report);
                if (!report.corrupt().isEmpty() || report.lost() > 0) {
                    lines.print(report);
                }
            }
            return lines.summary(inspector) ? ExitCode.OK : ExitCode.USAGE;
        });
    }

    @Command(
            name = "export",
            description =
                    "Prints the events that wait, one a line (NDJSON, ready to be posted again); exit code 0, or 2 if it cannot"
                            + " be read.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    int export(
            @Option(names = "--all", description = "also those that were drained already and are still on the disk")
                    boolean all,
            @Parameters(paramLabel = "DIR", description = DIR) Path dir) {
        return with(() -> Inspector.look(dir), inspector -> {
            long events = 0;
            // bytes, not text: as posted, whatever the terminal's character set
            OutputStream out = new BufferedOutputStream(System.out);
            for (int i = 0; i < inspector.segments(); i++) {
                progress(i, inspector);
                events += inspector.export(i, all, payload -> line(out, payload));
            }
            out.flush();
            err().println("events: " + events);
            return ExitCode.OK;
        });
    }

    @Command(
            name = "repair",
            description = "Writes each segment with corrupt regions anew, with every whole record in it; the file as it"
                    + " was is kept under DIR/dead. Deletes nothing. Exit code 0, or 2 if it cannot be done.",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class)
    int repair(@Parameters(paramLabel = "DIR", description = DIR) Path dir) {
        return with(() -> Inspector.take(dir), inspector -> {
            int repaired = inspector.unreadable().size();
            inspector.repairUnreadable();
            for (int i = 0; i < inspector.segments(); i++) {
                progress(i, inspector);
                repaired += inspector.repair(i) ? 1 : 0;
            }
            out().println("segments repaired: " + repaired);
            return ExitCode.OK;
        });
    }

    /** The event as it was posted; a line break in it, which JSON allows between values only, becomes a space. */
    private static void line(OutputStream out, byte[] payload) throws IOException {
        try {
            byte[] event = EventCodec.decode(payload).event().json().copy(payload.length);
            for (int i = 0; i < event.length; i++) {
                event[i] = event[i] == '\n' || event[i] == '\r' ? (byte) ' ' : event[i];
            }
            out.write(event);
            out.write('\n');
        } catch (IllegalArgumentException e) {
            throw new JournalException("a record holds no event: " + e.getMessage(), e);
        }
    }

    private void progress(int index, Inspector inspector) {
        if (index > 0 && index % PROGRESS_SEGMENTS == 0) {
            err().println("segment " + index + " of " + inspector.segments());
        }
    }

    private int with(Opening opening, Work work) {
        try (Inspector inspector = opening.open()) {
            return work.on(inspector);
        } catch (IOException e) {
            err().println(e instanceof JournalException ? e.getMessage() : e.toString());
            return ExitCode.USAGE;
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private interface Opening {
        Inspector open() throws IOException;
    }

    private interface Work {
        int on(Inspector inspector) throws IOException;
    }
}

package io.headgate.loadtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The load test's command line. Exit codes: 0 PASS, 1 FAIL, 2 what was asked for makes no sense, 3 could not be run. */
@Command(
        name = "loadtest",
        description = "Fires a scenario at a gateway and says whether every event is accounted for.",
        subcommands = {RunCommand.class, LoadTest.Compare.class},
        mixinStandardHelpOptions = true)
public final class LoadTest {
    private static final int COULD_NOT_RUN = 3;

    private LoadTest() {}

    public static void main(String... arguments) {
        // Gatling's threads may be left
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return new CommandLine(new LoadTest())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((fault, line, parsed) -> {
                    line.getErr().println("could not be run: " + fault);
                    return COULD_NOT_RUN;
                })
                .execute(arguments);
    }

    /** Prints two reports side by side, with ratios. */
    @Command(name = "compare", description = "Two reports side by side, with ratios.", mixinStandardHelpOptions = true)
    static final class Compare implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "A", description = "A run's folder, or its report.json.")
        private Path first;

        @Parameters(index = "1", paramLabel = "B", description = "Another one's.")
        private Path second;

        @Override
        public Integer call() throws IOException {
            System.out.println(Comparison.table(ReportFiles.read(first), ReportFiles.read(second)));
            return 0;
        }
    }
}

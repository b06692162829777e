package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.deliver.EventCodec;
import io.headgate.event.Event;
import io.headgate.event.Slice;
import io.headgate.journal.Journal;
import io.headgate.journal.JournalSettings;
import io.headgate.meter.Meters;
import io.headgate.time.SystemClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code headgate journal}: what it says of a journal, and that it changes nothing but where it is asked to. */
class JournalCommandTest {
    private static final int RECORD_BYTES = 3_000;
    /** What the record of {@link #event} has before the event itself. */
    private static final int AROUND_EVENT = 46;

    private static final String FIRST = "00000000000000000001.seg";
    private static final int FIRST_RECORD = 8_192;

    @TempDir
    private Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Vertx vertx = Vertx.vertx();

    @BeforeEach
    void write() throws Exception {
        Journal journal = open();
        for (int n = 1; n <= 40; n++) {
            await(journal.append(n % 2, List.of(event(n))));
        }
        journal.confirm(0, 5);
        await(journal.close());
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void inspectTellsOfEverySegmentAndChangesNothing() throws Exception {
        Map<String, byte[]> before = files();

        assertThat(run("journal", "inspect", dir.toString())).isZero();

        assertThat(lines()).hasSize(5);
        assertThat(lines().get(0))
                .startsWith(FIRST + " created=20")
                .contains("records=19 waiting=14 channel-0=1..9 channel-1=1..10");
        assertThat(lines()).contains("confirmed: 5 0");
        assertThat(lines().get(4)).contains("segments=3", "records=40", "waiting=35", "lost=0", "corrupt-regions=0");
        assertThat(files()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void verifyOfASoundJournalExitsWith0() {
        assertThat(run("journal", "verify", dir.toString())).isZero();

        assertThat(lines()).hasSize(2).last().asString().contains("records=40", "lost=0");
    }

    @Test
    void verifyFindsWhatIsCorruptAndExitsWith2() throws Exception {
        damage();

        assertThat(run("journal", "verify", dir.toString())).isEqualTo(2);

        assertThat(lines().get(0)).startsWith(FIRST).contains("lost=1").contains("corrupt=[26300-29318]");
    }

    @Test
    void exportPrintsWhatWaitsAsItWasPostedAndWithAllWhatIsStillThere() throws Exception {
        assertThat(exported()).hasSize(35).contains(text(13)).doesNotContain(text(2));
        assertThat(err.toString()).contains("events: 35");

        assertThat(exported("--all")).hasSize(40).contains(text(2));
    }

    @Test
    void aRecordThatHoldsNoEventIsSaidAndExitsWith2() throws Exception {
        Journal journal = open();
        await(journal.append(0, List.of(new byte[] {9, 9, 9})));
        await(journal.close());

        assertThat(run("journal", "export", dir.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("a record holds no event");
    }

    @Test
    void repairKeepsEveryWholeRecordAndTheFileAsItWas() throws Exception {
        damage();
        byte[] damaged = Files.readAllBytes(dir.resolve(FIRST));

        assertThat(run("journal", "repair", dir.toString())).isZero();

        assertThat(lines()).containsExactly("segments repaired: 1");
        assertThat(Files.readAllBytes(dir.resolve("dead").resolve(FIRST))).isEqualTo(damaged);
        assertThat(exported("--all")).hasSize(39);
        assertThat(run("journal", "verify", dir.toString())).isEqualTo(2);
        assertThat(lines()).last().asString().contains("lost=1", "corrupt-regions=0", "dead=1");
        Journal journal = open();
        assertThat(journal.appended(0)).isEqualTo(20);
        await(journal.close());
    }

    @Test
    void whileAGatewayRunsOnItItIsRefused() throws Exception {
        Journal journal = open();

        assertThat(run("journal", "inspect", dir.toString())).isEqualTo(2);
        assertThat(run("journal", "repair", dir.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("in use by another process");
        await(journal.close());
    }

    @Test
    void whatIsNotThereExitsWith2AndIsNotMade() {
        Path none = dir.resolve("none");

        assertThat(run("journal", "inspect", none.toString())).isEqualTo(2);
        assertThat(run("journal", "repair", none.toString())).isEqualTo(2);
        assertThat(run("journal")).isEqualTo(2);

        assertThat(err.toString()).contains("there is no directory").contains("one of inspect, verify, export, repair");
        assertThat(none).doesNotExist();
    }

    private Journal open() throws IOException {
        return Journal.open(
                vertx,
                new JournalSettings(dir, 2, 65_536, 1 << 20, JournalSettings.Sync.ALWAYS),
                new SystemClock(),
                new Meters());
    }

    /** Changes a byte of the seventh record of the first segment. */
    private void damage() throws IOException {
        byte[] bytes = Files.readAllBytes(dir.resolve(FIRST));
        bytes[FIRST_RECORD + 6 * (18 + RECORD_BYTES) + 100] ^= 1;
        Files.write(dir.resolve(FIRST), bytes);
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(dir)) {
            for (Path file : found.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private List<String> exported(String... options) {
        PrintStream real = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            List<String> arguments = Stream.of(
                            Stream.of("journal", "export"), Stream.of(options), Stream.of(dir.toString()))
                    .flatMap(part -> part)
                    .toList();
            assertThat(run(arguments.toArray(String[]::new))).isZero();
        } finally {
            System.setOut(real);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        out.getBuffer().setLength(0);
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    /** Posted over two lines. */
    private static byte[] event(int n) {
        byte[] posted = text(n).replaceFirst(", ", ",\n").getBytes(StandardCharsets.UTF_8);
        return EventCodec.encode(
                new Event(new UUID(1, n), "page_view", "shop", "s", false, 1_763_688_289_123L, Slice.of(posted)),
                false);
    }

    private static String text(int n) {
        String start = "{\"n\":" + n + ", \"ü\":\"";
        int fill = RECORD_BYTES - AROUND_EVENT - start.getBytes(StandardCharsets.UTF_8).length - 2;
        return start + "x".repeat(fill) + "\"}";
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}

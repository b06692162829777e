package io.headgate.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of an archive, on a real disk. */
class ArchiveTest {
    private static final Limits LIMITS = new Limits(1_000, 1 << 20, 4, 0, Duration.ZERO);
    private static final Instant NINE = Instant.parse("2026-11-21T09:59:59.999Z");
    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path temp;

    private final Loop loop = new Loop();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void eventsLieByTypeAndHourOneToALine() throws IOException {
        Destination archive = loop.open(settings(Duration.ZERO, 0));
        List<Outgoing> batch = List.of(
                Events.event(1, NINE),
                Events.event(2, TEN),
                Events.event(3, "lead_submitted", TEN),
                Events.event(4, TEN));

        assertThat(loop.deliver(archive, batch)).isEqualTo(new Answer.Delivered());
        loop.on(archive::close);

        assertThat(lines("event_name=page_view/date=2026-11-21/hour=09")).containsExactly(document(batch.get(0)));
        assertThat(lines("event_name=page_view/date=2026-11-21/hour=10"))
                .containsExactly(document(batch.get(1)), document(batch.get(3)));
        assertThat(lines("event_name=lead_submitted/date=2026-11-21/hour=10")).containsExactly(document(batch.get(2)));
    }

    @Test
    void whatWasAnsweredIsInAFileThatLoadersPassOverUntilItIsClosed() throws IOException {
        Destination archive = loop.open(settings(Duration.ZERO, 0));
        loop.deliver(archive, Events.events(2));

        Path open = onlyFile();
        assertThat(open.getFileName().toString()).startsWith(".").endsWith(".ndjson.gz.part");
        assertThat(content(open).lines()).hasSize(2);
        loop.deliver(archive, Events.events(3));
        assertThat(content(open).lines()).hasSize(5);
        loop.on(archive::close);

        assertThat(onlyFile().getFileName().toString()).doesNotStartWith(".").endsWith(".ndjson.gz");
        assertThat(content(onlyFile()).lines()).hasSize(5);
        assertThat(loop.deliver(archive, Events.events(1))).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void nobodyButTheOwnerMayReadIt() throws IOException {
        Destination archive = loop.open(settings(Duration.ZERO, 0));
        loop.deliver(archive, Events.events(1));
        loop.on(archive::close);

        Path file = onlyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        for (Path dir = file.getParent(); !dir.equals(temp); dir = dir.getParent()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aCrashAtEachByteOfTheLastBatchLosesNoneBeforeIt() throws IOException {
        ArchiveFiles files = begin(ArchiveFiles.BYTES_MAX);
        files.append(List.of(Events.event(1)));
        files.append(List.of(Events.event(2)));
        Path open = onlyFile();
        int before = (int) Files.size(open);
        files.append(List.of(Events.event(3)));
        byte[] whole = Files.readAllBytes(open);

        for (int length = before; length <= whole.length; length++) {
            List<String> found = recovered("cut-" + length, Arrays.copyOf(whole, length));

            assertThat(found).as("cut at %d", length).hasSize(length == whole.length ? 3 : 2);
        }
    }

    @Test
    void noiseBehindTheLastBatchIsCutOff() throws IOException {
        ArchiveFiles files = begin(ArchiveFiles.BYTES_MAX);
        files.append(Events.events(2));
        byte[] whole = Files.readAllBytes(onlyFile());

        byte[] zeros = Arrays.copyOf(whole, whole.length + 4096);
        byte[] noise = zeros.clone();
        Arrays.fill(noise, whole.length, noise.length, (byte) 0x1f);
        byte[] flipped = Arrays.copyOf(whole, whole.length * 2);
        System.arraycopy(whole, 0, flipped, whole.length, whole.length);
        flipped[flipped.length - 5] ^= 1;

        assertThat(recovered("zeros", zeros)).hasSize(2);
        assertThat(recovered("noise", noise)).hasSize(2);
        assertThat(recovered("flipped", flipped)).hasSize(2);
        assertThat(recovered("empty", new byte[0])).isEmpty();
    }

    @Test
    void aFileOfALivingProcessIsLeftAlone() throws IOException {
        ArchiveFiles files = begin(ArchiveFiles.BYTES_MAX);
        files.append(Events.events(1));
        Path open = onlyFile();

        begin(ArchiveFiles.BYTES_MAX);
        files.append(Events.events(1));

        assertThat(onlyFile()).isEqualTo(open);
        assertThat(content(open).lines()).hasSize(2);
    }

    @Test
    void aFileIsClosedWhenItsHourHasBeenOverForFiveMinutes() throws IOException {
        ArchiveFiles files = begin(ArchiveFiles.BYTES_MAX);
        Instant now = Instant.ofEpochMilli(loop.clock.wallMillis());
        files.append(List.of(Events.event(1, now)));
        Instant over = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofMinutes(65));

        loop.clock.pass(Duration.between(now, over).minusMillis(1));
        files.closeOver();
        assertThat(onlyFile()).matches(ArchiveFile::isOpen);
        loop.clock.pass(Duration.ofMillis(1));
        files.closeOver();

        assertThat(onlyFile()).matches(ArchiveFile::isClosed);
    }

    @Test
    void aFileThatIsFullIsClosedAndTheNextHasANameOfItsOwn() throws IOException {
        ArchiveFiles files = begin(500);

        for (int i = 0; i < 20; i++) {
            files.append(List.of(Events.event(i)));
        }
        files.close();

        assertThat(files(temp)).hasSizeGreaterThan(3).allMatch(ArchiveFile::isClosed);
        assertThat(lines("")).hasSize(20);
    }

    @Test
    void noMoreThan64AreOpenAndTheOneUsedLastIsClosedLast() throws IOException {
        ArchiveFiles files = begin(ArchiveFiles.BYTES_MAX);
        for (int i = 0; i < ArchiveFiles.OPEN_MAX; i++) {
            files.append(List.of(Events.event(i, "type_" + i, TEN)));
        }
        files.append(List.of(Events.event(0, "type_0", TEN)));
        assertThat(files(temp)).allMatch(ArchiveFile::isOpen);

        files.append(List.of(Events.event(1, "another", TEN)));

        assertThat(files(temp).stream().filter(ArchiveFile::isClosed).map(Path::toString))
                .singleElement()
                .asString()
                .contains("event_name=type_1/");
    }

    @Test
    void aBatchThatCannotBeWrittenWhollyIsInNoFile() throws IOException {
        Destination archive = loop.open(settings(Duration.ZERO, 0));
        loop.deliver(archive, List.of(Events.event(1, "a", TEN)));
        Files.createFile(temp.resolve("archive/event_name=b"));

        Answer answer = loop.deliver(archive, List.of(Events.event(2, "a", TEN), Events.event(3, "b", TEN)));

        assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed -> assertThat(failed.answer())
                .contains("cannot be written"));
        assertThat(lines("event_name=a")).hasSize(1);
        Files.delete(temp.resolve("archive/event_name=b"));
        assertThat(loop.deliver(archive, List.of(Events.event(2, "a", TEN), Events.event(3, "b", TEN))))
                .isEqualTo(new Answer.Delivered());
        assertThat(lines("")).hasSize(3);
    }

    @Test
    void theDisksLastBytesAreLeftToTheJournal() throws IOException {
        Destination archive = loop.open(settings(Duration.ZERO, Long.MAX_VALUE));

        assertThat(loop.deliver(archive, Events.events(1)))
                .isInstanceOfSatisfying(Answer.Failed.class, failed -> assertThat(failed.answer())
                        .contains("bytes are left on its disk")
                        .contains("make room there"));
        assertThat(files(temp)).isEmpty();
    }

    @Test
    void whereNoDirectoryCanBeMadeItDoesNotOpen() throws IOException {
        Files.createFile(temp.resolve("archive"));
        Destination archive = loop.make(settings(Duration.ZERO, 0));

        assertThatThrownBy(() -> loop.on(archive::open)).hasMessageContaining("cannot be written");

        Files.delete(temp.resolve("archive"));
        loop.on(archive::open);
        assertThat(loop.deliver(archive, Events.events(1))).isEqualTo(new Answer.Delivered());
    }

    @Test
    void anHourIsDeletedWhenAllOfItIsOlderThanTheRetention() throws IOException {
        Duration retention = Duration.ofDays(1);
        Instant now = Instant.ofEpochMilli(loop.clock.wallMillis());
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        ArchiveFiles files = new ArchiveFiles(settings(retention, 0), ArchiveFiles.BYTES_MAX, loop.clock);
        files.begin();
        files.append(List.of(Events.event(1, hour), Events.event(2, hour.plus(Duration.ofHours(1)))));
        files.close();
        Path foreign = Files.writeString(temp.resolve("archive/notes.txt"), "mine");
        loop.clock.pass(Duration.between(now, hour.plus(Duration.ofHours(25))).minusMillis(1));

        files.keep();
        assertThat(lines("")).hasSize(2);
        loop.clock.pass(Duration.ofMillis(1));
        files.keep();

        assertThat(lines("")).hasSize(1);
        assertThat(foreign).exists();
        try (Stream<Path> hours = Files.walk(temp)) {
            assertThat(hours.filter(path -> path.getFileName().toString().startsWith("hour=")))
                    .hasSize(1);
        }
    }

    @Test
    void anyNameOfATypeMakesASafeDirectory() {
        assertThat(directory("page_view-2")).isEqualTo("event_name=page_view-2");
        assertThat(directory("../../etc")).isEqualTo("event_name=%2E%2E%2F%2E%2E%2Fetc");
        assertThat(directory("a b%ü\u0000")).isEqualTo("event_name=a%20b%25%C3%BC%00");
        assertThat(directory("🚀".repeat(64))).hasSizeLessThan(255).isNotEqualTo(directory("🚀".repeat(63) + "a"));
    }

    private static String directory(String name) {
        return ArchiveHour.of(Events.sent("shop", "s", 1, name, TEN, "{}")).directory();
    }

    private DestinationSettings.Archive settings(Duration retention, long freeBytesMin) {
        return new DestinationSettings.Archive("files", temp.resolve("archive"), retention, freeBytesMin, LIMITS);
    }

    private ArchiveFiles begin(long bytesMax) throws IOException {
        ArchiveFiles files = new ArchiveFiles(settings(Duration.ZERO, 0), bytesMax, loop.clock);
        files.begin();
        return files;
    }

    /** Lines of an archive that begins with this in a file that was not closed. */
    private List<String> recovered(String name, byte[] part) throws IOException {
        Path dir = temp.resolveSibling(temp.getFileName() + "-" + name);
        Path hour = dir.resolve("event_name=page_view/date=2026-11-21/hour=10");
        Files.createDirectories(hour);
        Files.write(hour.resolve(".1-2-3.ndjson.gz.part"), part);

        new ArchiveFiles(
                        new DestinationSettings.Archive("files", dir, Duration.ZERO, 0, LIMITS),
                        ArchiveFiles.BYTES_MAX,
                        loop.clock)
                .begin();

        List<String> lines = new ArrayList<>();
        for (Path file : files(dir)) {
            assertThat(file.getFileName()).hasToString("1-2-3.ndjson.gz");
            lines.addAll(content(file).lines().toList());
            Files.delete(file);
        }
        return lines;
    }

    private List<String> lines(String below) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : files(temp.resolve("archive").resolve(below))) {
            lines.addAll(content(file).lines().toList());
        }
        return lines;
    }

    private Path onlyFile() throws IOException {
        assertThat(files(temp)).hasSize(1);
        return files(temp).get(0);
    }

    private static List<Path> files(Path dir) throws IOException {
        try (Stream<Path> walk = Files.walk(dir)) {
            return walk.filter(path -> ArchiveFile.isOpen(path) || ArchiveFile.isClosed(path))
                    .sorted()
                    .toList();
        }
    }

    private static String document(Outgoing event) {
        return new String(Document.of(event), StandardCharsets.UTF_8);
    }

    private static String content(Path file) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            in.transferTo(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toString(StandardCharsets.UTF_8);
    }
}

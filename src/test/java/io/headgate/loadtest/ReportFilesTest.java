package io.headgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    @TempDir
    private Path dir;

    private Path data;

    @BeforeEach
    void nameTheFile() {
        data = dir.resolve("report.json");
    }

    @Test
    void whatWasWrittenIsReadFromTheFileAndFromItsDirectory() throws IOException {
        Report report = SampleReports.outage();

        Path page = ReportFiles.write(dir.resolve("a").resolve("b"), report);

        assertThat(page).hasFileName("report.html").isNotEmptyFile();
        assertThat(ReportFiles.read(page.getParent())).isEqualTo(report);
        assertThat(ReportFiles.read(page.resolveSibling("report.json"))).isEqualTo(report);
    }

    @Test
    void aRunWithoutChecksAndSamplesIsWrittenToo() throws IOException {
        Report report = SampleReports.report("brief", -1, List.of(), List.of());

        ReportFiles.write(dir, report);

        assertThat(ReportFiles.read(dir)).isEqualTo(report);
        assertThat(ReportFiles.read(dir).passed()).isFalse();
    }

    @Test
    void anotherFormatIsRefusedWithWhatToDo() throws IOException {
        Files.writeString(data, "{\"format\": 2, \"scenario\": \"brief\"}");

        refused("format 2", "reads format 1", "run the scenario again");
    }

    @Test
    void aFileThatIsNoReportIsRefused() throws IOException {
        Files.writeString(data, "{\"scenario\": \"brief\"}");
        refused("no report");

        Files.writeString(data, "[]");
        refused("no report");

        Files.writeString(data, "");
        refused("no report");
    }

    @Test
    void aBrokenFileIsRefusedWithWhatToDo() throws IOException {
        ReportFiles.write(dir, SampleReports.outage());
        String whole = Files.readString(data);

        Files.writeString(data, whole.substring(0, whole.length() / 2));
        refused("broken", "run the scenario again");

        Files.writeString(data, whole.replaceFirst("\"seed\" : 7,", ""));
        refused("broken", "seed");

        Files.writeString(data, whole.replaceFirst("\"seed\" : 7,", "\"seed\" : null,"));
        refused("broken", "seed");

        Files.writeString(data, whole.replaceFirst("\"seed\"", "\"seeds\" : 1, \"seed\""));
        refused("broken", "seeds");

        Files.writeString(data, whole + "{}");
        refused("broken");
    }

    @Test
    void aFileThatIsNotThereIsRefusedWithWhatToName() {
        assertThatThrownBy(() -> ReportFiles.read(dir))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such file")
                .hasMessageContaining("report.json");
        assertThatThrownBy(() -> ReportFiles.read(dir.resolve("elsewhere"))).isInstanceOf(IOException.class);
    }

    private void refused(String... words) {
        assertThatThrownBy(() -> ReportFiles.read(data))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining(data.toString());
    }
}

package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.alert.AlertSettings;
import io.headgate.alert.LeadFlowSettings;
import io.headgate.deliver.DeliverSettings;
import io.headgate.destination.DestinationSettings;
import io.headgate.destination.Limits;
import io.headgate.embedded.EmbeddedSettings;
import io.headgate.http.HttpSettings;
import io.headgate.http.SourceSettings;
import io.headgate.ingest.IngestSettings;
import io.headgate.journal.JournalSettings;
import io.headgate.manage.ManageSettings;
import io.headgate.process.ProcessSettings;
import io.headgate.process.RouteSettings;
import io.headgate.stream.StreamSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every default, written down a second time: neither the code nor conf/headgate.yaml can change one alone. */
class DefaultsTest {
    private static final long HEAP = 400 << 20;

    private static final Settings PINNED = new Settings(
            "",
            Path.of("data"),
            new HttpSettings(
                    "127.0.0.1",
                    8080,
                    1_048_576,
                    8_388_608,
                    Duration.ofSeconds(10),
                    10_000,
                    100 << 20,
                    List.of(new SourceSettings("demo", "demo", List.of("*"), 0, 0))),
            new IngestSettings(32_768, 1_000),
            new ManageSettings("127.0.0.1", 8081, ""),
            new StreamSettings(
                    List.of(), "headgate", 4, Duration.ofMillis(500), false, Duration.ofHours(24), 20_000_000),
            new JournalSettings(Path.of("data/journal"), 4, 67_108_864, 10_737_418_240L, JournalSettings.Sync.ALWAYS),
            Optional.of(new EmbeddedSettings(Path.of("data/redis"), 6390, 0)),
            new DeliverSettings(
                    0.05,
                    Duration.ofSeconds(10),
                    20,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(500)),
            TaxonomyFiles.in(Path.of("conf/taxonomy")),
            new AlertSettings(
                    Path.of("data/alerts"),
                    new LeadFlowSettings(
                            Duration.ofHours(4),
                            true,
                            true,
                            List.of(new LeadFlowSettings.Source("demo", Duration.ofHours(4), false))),
                    Duration.ofMinutes(30),
                    "README.md",
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Duration.ofMinutes(15)),
            List.of(new DestinationSettings.Archive(
                    "archive",
                    Path.of("data/archive"),
                    Duration.ofDays(180),
                    1_073_741_824,
                    new Limits(5_000, 8_388_608, 1, 0, Duration.ofSeconds(1)))),
            new ProcessSettings(
                    "",
                    List.of(new RouteSettings(
                            "archive",
                            "archive",
                            List.of(new RouteSettings.Match(List.of(), false, List.of(), List.of())),
                            RouteSettings.Priority.NORMAL,
                            false,
                            true,
                            RouteSettings.Fields.ALL)),
                    Duration.ofSeconds(1),
                    Duration.ofHours(1),
                    16,
                    Duration.ofHours(24)));

    @TempDir
    Path temp;

    @Test
    void anEmptyFileMeansTheDefaults() throws Exception {
        Path empty = Files.writeString(temp.resolve("empty.yaml"), "# nothing\n");

        Settings settings = reader().read(Optional.of(empty), List.of());

        assertThat(settings).isEqualTo(PINNED);
    }

    @Test
    void theShippedFileHoldsTheDefaults() throws Exception {
        Settings settings = reader().read(Optional.of(Path.of("conf/headgate.yaml")), List.of());

        assertThat(settings).isEqualTo(PINNED);
    }

    @Test
    void theFileInTheJarIsTheShippedOne() throws Exception {
        try (var in = SettingsReader.class.getClassLoader().getResourceAsStream("conf/headgate.yaml")) {
            assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(Path.of("conf/headgate.yaml")));
        }
    }

    @Test
    void theShippedFileNamesEverySettingThereIs() throws Exception {
        Layers layers = new Layers(new java.util.ArrayList<>());

        layers.addFile("conf/headgate.yaml", Files.readString(Path.of("conf/headgate.yaml")));

        assertThat(new TreeSet<>(layers.effective().keySet())).isEqualTo(new TreeSet<>(Keys.ALL));
    }

    private static SettingsReader reader() {
        return new SettingsReader(Map.of(), HEAP);
    }
}

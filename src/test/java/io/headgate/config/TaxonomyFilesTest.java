package io.headgate.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaxonomyFilesTest {
    @TempDir
    Path temp;

    @Test
    void everyJsonFileOfTheDirectoryIsReadAndNoOther() throws Exception {
        Files.writeString(temp.resolve("b.json"), "2");
        Files.writeString(temp.resolve("a.json"), "1");
        Files.writeString(temp.resolve("README.md"), "no");
        Files.createDirectory(temp.resolve("c.json"));

        Map<String, byte[]> files = TaxonomyFiles.in(temp).read();

        assertThat(files.keySet()).containsExactly("a.json", "b.json");
        assertThat(files.get("a.json")).isEqualTo("1".getBytes(UTF_8));
    }

    @Test
    void whatChangedIsSeenAtTheNextReading() throws Exception {
        TaxonomyFiles taxonomy = TaxonomyFiles.in(temp);
        Files.writeString(temp.resolve("a.json"), "1");
        taxonomy.read();

        Files.writeString(temp.resolve("a.json"), "2");

        assertThat(taxonomy.read().get("a.json")).isEqualTo("2".getBytes(UTF_8));
    }

    @Test
    void theShippedFilesAreReadFromInsideAJar() throws Exception {
        Path jar = temp.resolve("with space.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : new String[] {"conf/taxonomy/a.json", "conf/headgate.yaml", "other/b.json"}) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.getBytes(UTF_8));
                out.closeEntry();
            }
        }
        URI resource = URI.create("jar:" + jar.toUri() + "!/conf/taxonomy");

        Map<String, byte[]> files = TaxonomyFiles.shipped(resource);

        assertThat(files.keySet()).containsExactly("a.json");
        assertThat(TaxonomyFiles.shipped(resource)).as("a second reading").hasSize(1);
    }

    @Test
    void aDirectoryThatIsGoneIsAnErrorAndNotAnEmptyTaxonomy() {
        TaxonomyFiles gone = TaxonomyFiles.in(temp.resolve("gone"));

        assertThatThrownBy(gone::read).isInstanceOf(IOException.class).hasMessageContaining("gone");
    }

    @Test
    void aFileOverTheLimitIsRefused() throws Exception {
        Files.write(temp.resolve("a.json"), new byte[1 << 20]);
        assertThat(TaxonomyFiles.in(temp).read()).hasSize(1);

        Files.write(temp.resolve("a.json"), new byte[(1 << 20) + 1]);

        assertThatThrownBy(() -> TaxonomyFiles.in(temp).read()).hasMessageContaining("larger than 1048576");
    }
}

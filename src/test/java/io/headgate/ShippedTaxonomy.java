package io.headgate;

import io.headgate.taxonomy.Taxonomy;
import io.headgate.taxonomy.TaxonomyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The taxonomy in {@code conf/taxonomy}, for tests. */
public final class ShippedTaxonomy {
    private ShippedTaxonomy() {}

    /** Its files by name. */
    public static Map<String, byte[]> files() {
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> list = Files.list(Path.of("conf/taxonomy"))) {
            for (Path file :
                    list.filter(path -> path.toString().endsWith(".json")).toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    public static Taxonomy compile() {
        try {
            return Taxonomy.compile(files());
        } catch (TaxonomyException e) {
            throw new IllegalStateException(e);
        }
    }
}

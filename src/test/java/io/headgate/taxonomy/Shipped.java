package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.event.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The taxonomy in {@code conf/}, and the examples in it. */
final class Shipped {
    private Shipped() {}

    static Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(Path.of("conf/taxonomy"))) {
            for (Path file : list.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static Taxonomy taxonomy() {
        try {
            return Taxonomy.compile(files());
        } catch (TaxonomyException e) {
            throw new AssertionError(String.join("\n", e.faults()), e);
        }
    }

    /** Every example of every type. */
    static List<byte[]> examples() {
        List<byte[]> examples = new ArrayList<>();
        files().values().forEach(file -> {
            for (JsonNode example : tree(file).path("examples")) {
                examples.add(example.toString().getBytes(StandardCharsets.UTF_8));
            }
        });
        return examples;
    }

    static JsonNode tree(byte[] json) {
        try {
            return TreeReader.read(new StrictJson(), Slice.of(json)).root();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

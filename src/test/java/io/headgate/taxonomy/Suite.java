package io.headgate.taxonomy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** The JSON Schema Test Suite, as it lies in the test resources. */
final class Suite {
    private static final Path ROOT = Path.of("src/test/resources/json-schema-test-suite");
    private static final String REMOTE = "http://localhost:1234/";

    private Suite() {}

    /** One test: a schema, a value, and whether the value is valid. */
    record Case(String name, JsonNode schema, Slice value, boolean valid) {}

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        Path tests = ROOT.resolve("tests");
        for (Path file : files(tests)) {
            String name = tests.relativize(file).toString().replace(".json", "");
            for (JsonNode group : tree(file)) {
                for (JsonNode test : group.path("tests")) {
                    cases.add(new Case(
                            name + " | " + group.path("description").asText() + " | "
                                    + test.path("description").asText(),
                            Shipped.tree(bytes(group.path("schema")).array()),
                            bytes(test.path("data")),
                            test.path("valid").asBoolean()));
                }
            }
        }
        return cases;
    }

    /** The schemas that the tests expect to find on a server, by address. */
    static Map<String, JsonNode> remotes() {
        Map<String, JsonNode> remotes = new TreeMap<>();
        Path root = ROOT.resolve("remotes");
        for (Path file : files(root)) {
            remotes.put(
                    REMOTE + root.relativize(file),
                    Shipped.tree(bytes(tree(file)).array()));
        }
        return remotes;
    }

    private static Slice bytes(JsonNode value) {
        // plain Jackson, so that what the suite wrote with a fraction or an exponent is written so again
        return Slice.of(value.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode tree(Path file) {
        try {
            return new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path root) {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.headgate.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.ShippedTaxonomy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The JSONTestSuite corpus: what is no JSON is refused whole, what is JSON is parsed. */
class JsonTestSuiteTest {
    private static final Path CORPUS = Path.of("src/test/resources/json-test-suite");

    /** JSON by the grammar, but with a member twice, of which RFC 8259 says that readers differ: refused. */
    private static final Set<String> TWICE =
            Set.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

    /** What the standard leaves open and Headgate refuses: too deep. Bytes that are no plain UTF-8 are found by the rule. */
    private static final Set<String> OPEN_AND_REFUSED =
            Set.of("i_structure_500_nested_arrays.json", "i_structure_UTF-8_BOM_empty_object.json");

    private final BatchReader reader = new BatchReader(ShippedTaxonomy.compile(), new IngestSettings(1 << 20, 1000));

    @TestFactory
    List<DynamicTest> theCorpus() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
                    .toList();
        }
    }

    private void check(Path file) throws IOException {
        byte[] body = Files.readAllBytes(file);

        Decoded decoded = reader.read("demo", body, false, 0, Integer.MAX_VALUE);

        assertThat(parsed(decoded)).as(decoded.toString()).isEqualTo(expected(file, body));
    }

    /** Whether the body was found to be JSON, be it a batch or not. */
    private static boolean parsed(Decoded decoded) {
        if (decoded instanceof Decoded.Not not && not.answer() instanceof Answer.Malformed malformed) {
            String detail = malformed.detail();
            return detail.startsWith("the body is JSON but") || detail.startsWith("the batch has no events");
        }
        return true;
    }

    private static boolean expected(Path file, byte[] body) {
        String name = file.getFileName().toString();
        return switch (name.charAt(0)) {
            case 'y' -> !TWICE.contains(name);
            case 'n' -> false;
            default -> utf8(body) && !OPEN_AND_REFUSED.contains(name);
        };
    }

    /** By the JDK's own decoder; UTF-16 of plain letters holds zero bytes, which JSON cannot. */
    private static boolean utf8(byte[] body) {
        try {
            return java.nio.charset.StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(body))
                    .chars()
                    .noneMatch(c -> c == 0);
        } catch (java.nio.charset.CharacterCodingException e) {
            return false;
        }
    }
}

package io.headgate.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.event.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The acceptor against the library, over schemas and values made at random. The seed is fixed. */
class DifferentialTest {
    private static final int SCHEMAS = 2500;
    private static final int VALUES = 25;
    private static final long SEED = 20261120;

    @Test
    void whatTheAcceptorIsCertainOfIsValidByTheLibrary() throws IOException {
        List<String> wrong = new ArrayList<>();
        int valid = 0;
        int certain = 0;

        for (int i = 0; i < SCHEMAS; i++) {
            Generator generator = new Generator(SEED + i);
            JsonNode schema = Shipped.tree(generator.schema().getBytes(StandardCharsets.UTF_8));
            Lone lone = new Lone(schema, Map.of());
            for (int j = 0; j < VALUES; j++) {
                String text = generator.value(schema, 3);
                Slice value = Slice.of(text.getBytes(StandardCharsets.UTF_8));
                boolean accepted = lone.certainlyValid(value);
                boolean right = lone.valid(value);
                if (accepted && !right) {
                    wrong.add("seed " + (SEED + i) + ": " + text + ": " + lone.reasons(value) + " by " + schema);
                }
                valid += right ? 1 : 0;
                certain += accepted && right ? 1 : 0;
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(valid).as("values that test anything").isGreaterThan(SCHEMAS * VALUES / 5);
        assertThat(certain).as("of %s valid", valid).isGreaterThan(valid * 3 / 4);
    }
}
